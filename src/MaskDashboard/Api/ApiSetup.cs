using MaskDashboard.Accounts;
using MaskDashboard.Exports;
using Microsoft.AspNetCore.Diagnostics;

namespace MaskDashboard.Api;

/// <summary>The interface for programs, under <c>/api/v1</c>.</summary>
public static class ApiSetup
{
    /// <summary>Where the OpenAPI document is.</summary>
    public const string DocumentAddress = "/api/v1/openapi.json";

    /// <summary>Adds the interface.</summary>
    /// <param name="builder">The program.</param>
    public static WebApplicationBuilder AddApi(this WebApplicationBuilder builder)
    {
        builder.AddExports();
        builder.Services.AddProblemDetails();
        builder.Services.ConfigureHttpJsonOptions(options => ImageDocument.Configure(options.SerializerOptions));
        builder.Services.AddSingleton<StatisticsQueries>();
        builder.Services.AddSingleton<ExportDownload>();
        builder.Services.AddOpenApi(ApiDescription.DocumentName, ApiDescription.Configure);
        return builder;
    }

    /// <summary>Maps the interface. Whatever goes wrong under <c>/api</c> is answered with a problem document (RFC 9457), and never with a stack trace.</summary>
    /// <param name="app">The program.</param>
    public static WebApplication MapApi(this WebApplication app)
    {
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/api"), api =>
        {
            api.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = AnswerFailureAsync, SuppressDiagnosticsCallback = _ => false });
            api.UseStatusCodePages();
            api.Use((context, next) => ForeignPages.Acts(context.Request)
                ? TypedResults.Problem(ForeignPages.Refusal, statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context)
                : next(context));
            api.Use(async (context, next) =>
            {
                if (await ForeignPages.LacksTokenAsync(context))
                {
                    await TypedResults.Problem(ForeignPages.NoToken, statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context);
                    return;
                }

                await next(context);
            });
        });

        app.MapOpenApi(DocumentAddress.Replace("v1/", "{documentName}/", StringComparison.Ordinal)).RequireAuthorization(Policies.Viewer).AddEndpointFilter(Revalidate);
        var v1 = app.MapGroup("/api/v1").RequireAuthorization(Policies.Viewer).AddEndpointFilter(AnswerProblemsAsync).AddEndpointFilter(Revalidate)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized);
        v1.MapImageApi();
        v1.MapPictureApi();
        v1.MapExportApi();
        v1.MapStatisticsApi();
        return app;
    }

    // Other people's photographs and counts: whoever asks again is asked whether it is still so, and after a deletion it is not.
    private static ValueTask<object?> Revalidate(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "private, no-cache";
        return next(context);
    }

    private static async ValueTask<object?> AnswerProblemsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (ApiProblem problem)
        {
            return TypedResults.Problem(problem.Message, statusCode: problem.StatusCode);
        }
        catch (AccessDeniedException denied)
        {
            return TypedResults.Problem(denied.Message, statusCode: StatusCodes.Status403Forbidden);
        }
    }

    private static Task AnswerFailureAsync(HttpContext context) => context.Features.Get<IExceptionHandlerFeature>()?.Error is BadHttpRequestException bad
        ? TypedResults.Problem("The request is not well formed: check it against the description at /api/v1/openapi.json.", statusCode: bad.StatusCode).ExecuteAsync(context)
        : TypedResults.Problem("The request failed unexpectedly. The reason is in the program's log; nothing that was stored is lost.", statusCode: StatusCodes.Status500InternalServerError).ExecuteAsync(context);
}
