using System.Globalization;
using System.Text;
using MaskDashboard.Accounts;
using MaskDashboard.Vision;
using MaskDashboard.Vision.Decoding;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace MaskDashboard.Uploads;

/// <summary>Takes one file a request.</summary>
public static class UploadEndpoint
{
    private const int FormOverheadBytes = 64 * 1024;
    private const int MaxFieldBytes = 1024;

    /// <summary>Maps <c>POST /api/uploads</c>: fields <c>siteName</c>, <c>capturedAt</c>, <c>detector</c>, then <c>file</c>.</summary>
    /// <param name="app">The program.</param>
    public static WebApplication MapUploads(this WebApplication app)
    {
        app.MapPost("/api/uploads", UploadAsync).RequireAuthorization(Policies.Reviewer).DisableAntiforgery();
        return app;
    }

    private static async Task<Results<Accepted<IntakeResult>, Ok<IntakeResult>, ProblemHttpResult>> UploadAsync(
        HttpContext http, IAntiforgery antiforgery, ImageIntake intake, VisionRuntime runtime, CancellationToken cancellationToken)
    {
        // The header carries the token, so that the body can be streamed; the built-in check would read the whole form first.
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return TypedResults.Problem("The page is out of date: reload it and upload again.", statusCode: StatusCodes.Status400BadRequest);
        }

        return await ReceiveAsync(http, intake, runtime, cancellationToken);
    }

    /// <summary>Reads the form of a request and takes its file in.</summary>
    /// <param name="http">The request; who may send it was checked.</param>
    /// <param name="intake">Takes the file.</param>
    /// <param name="runtime">Knows the limits.</param>
    /// <param name="cancellationToken">The sender went away.</param>
    internal static async Task<Results<Accepted<IntakeResult>, Ok<IntakeResult>, ProblemHttpResult>> ReceiveAsync(
        HttpContext http, ImageIntake intake, VisionRuntime runtime, CancellationToken cancellationToken)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = runtime.Options.Decoding.MaxBytes + FormOverheadBytes;
        }

        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
        {
            return TypedResults.Problem("Send the image as multipart/form-data in a field named file.", statusCode: StatusCodes.Status415UnsupportedMediaType);
        }

        try
        {
            return await ReadAsync(new MultipartReader(boundary, http.Request.Body), Actor.Of(http), intake, cancellationToken) switch
            {
                null => TypedResults.Problem("The request holds no file: send the image in a field named file.", statusCode: StatusCodes.Status400BadRequest),
                { Duplicate: true } result => TypedResults.Ok(result),
                var result => TypedResults.Accepted($"/images/{result.ImageId}", result),
            };
        }
        catch (ImageRejectedException exception)
        {
            var status = exception.Rejection == ImageRejection.TooLarge ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status422UnprocessableEntity;
            return TypedResults.Problem(exception.Message, statusCode: status);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TypedResults.Problem(ImageDecoder.TooLarge(runtime.Options.Decoding.MaxBytes).Message, statusCode: StatusCodes.Status413PayloadTooLarge);
        }
        catch (FieldException exception)
        {
            return TypedResults.Problem(exception.Message, statusCode: StatusCodes.Status400BadRequest);
        }
        catch (InvalidDataException)
        {
            return TypedResults.Problem("The request is not well-formed multipart/form-data: send it again.", statusCode: StatusCodes.Status400BadRequest);
        }
        catch (IOException exception) when (!cancellationToken.IsCancellationRequested)
        {
            http.RequestServices.GetRequiredService<ILogger<ImageIntake>>().LogError(exception, "An upload could not be written to disk");
            return TypedResults.Problem("The image could not be written to disk: check the server's free space and upload it again.", statusCode: StatusCodes.Status507InsufficientStorage);
        }
    }

    private static async Task<IntakeResult?> ReadAsync(MultipartReader reader, Actor by, ImageIntake intake, CancellationToken cancellationToken)
    {
        var request = new IntakeRequest("", By: by);
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
            {
                continue;
            }

            if (disposition.IsFileDisposition())
            {
                var name = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName);
                return await intake.AcceptAsync(section.Body, request with { FileName = name.ToString() }, cancellationToken);
            }

            var buffer = new byte[MaxFieldBytes];
            var length = await section.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            request = WithField(request, HeaderUtilities.RemoveQuotes(disposition.Name).ToString(), Encoding.UTF8.GetString(buffer, 0, length));
        }

        return null;
    }

    private static IntakeRequest WithField(IntakeRequest request, string name, string value) => name switch
    {
        "siteName" => request with { SiteName = value },
        _ when value.Length == 0 => request,
        "capturedAt" => DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? request with { CapturedAtUtc = time.UtcDateTime }
            : throw new FieldException("The field capturedAt must be a time such as 2026-05-31T09:30:00+09:00."),
        "detector" => Enum.TryParse<DetectorKind>(value, ignoreCase: true, out var detector) && Enum.IsDefined(detector) && !char.IsAsciiDigit(value[0])
            ? request with { Detector = detector }
            : throw new FieldException("The field detector must be yunet or haar."),
        _ => request,
    };

    private sealed class FieldException(string sentence) : Exception(sentence);
}
