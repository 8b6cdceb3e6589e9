using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MaskDashboard.Compliance;
using MaskDashboard.Exports;
using MaskDashboard.Vision.Annotation;
using Microsoft.Net.Http.Headers;

namespace MaskDashboard.Api;

/// <summary>JSON with an entity tag of its bytes; answers 304 to whoever has them already.</summary>
/// <param name="value">What is answered.</param>
/// <typeparam name="T">Its type.</typeparam>
internal sealed class TaggedJson<T>(T value) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, ImageDocument.JsonOptions);
        if (EntityTag.Matches(httpContext, EntityTag.Of(bytes)))
        {
            return;
        }

        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.ContentLength = bytes.Length;
        await httpContext.Response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}

/// <summary>Entity tags.</summary>
internal static class EntityTag
{
    private const int TagBytes = 16;

    /// <summary>A tag of content.</summary>
    public static EntityTagHeaderValue Of(ReadOnlySpan<byte> content) => new($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, TagBytes))}\"");

    /// <summary>A tag of everything that is drawn of a result: which faces count, what they are, who is too close, whether they are blurred.</summary>
    public static EntityTagHeaderValue Of(ImageResult result, AnnotationOptions options) => Of(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Analysis.Id}/{result.Analysis.SettingsVersionId}/{options.BlurFaces}/{string.Join(',', result.Analysis.Faces.Select(face => $"{face.Id}{face.EffectiveCounted}{face.EffectiveLabel}{face.TooClose}"))}")));

    /// <summary>Sets the tag; when the sender of the request already has this content, also sets 304.</summary>
    public static bool Matches(HttpContext http, EntityTagHeaderValue tag)
    {
        var headers = http.Response.GetTypedHeaders();
        headers.ETag = tag;
        var known = http.Request.GetTypedHeaders().IfNoneMatch;
        if (!known.Any(candidate => candidate.Equals(EntityTagHeaderValue.Any) || candidate.Compare(tag, useStrongComparison: false)))
        {
            return false;
        }

        http.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }
}
