using MaskDashboard.Accounts;
using MaskDashboard.Components.Reviewing;
using MaskDashboard.Components.Uploading;
using MaskDashboard.Components.Viewer;
using MaskDashboard.Localization;
using MaskDashboard.Vision;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;
using MudBlazor;
using MudBlazor.Services;

namespace MaskDashboard.Components;

/// <summary>The pages: interactive over a circuit, prerendered, in the viewer's language, colours and time zone.</summary>
public static class UiSetup
{
    /// <summary>Adds everything the pages need.</summary>
    /// <param name="builder">The program.</param>
    public static WebApplicationBuilder AddDashboardUi(this WebApplicationBuilder builder)
    {
        builder.AddTexts();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddMudServices(services =>
        {
            services.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight;
            services.SnackbarConfiguration.PreventDuplicates = true;
            services.SnackbarConfiguration.ShowTransitionDuration = 100;
            services.SnackbarConfiguration.HideTransitionDuration = 100;
            services.SnackbarConfiguration.SnackbarVariant = Variant.Outlined;
        });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddScoped<ViewerTime>();
        // Run from its sources, the program serves its files from where they lie, in every environment; published it has them beside it.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddScoped<ViewerTheme>();
        builder.Services.AddTransient<ReviewSession>();
        builder.Services.AddSingleton<SampleImages>();
        builder.Services.AddSingleton<UploadNews>();
        builder.Services.AddSingleton(services => UploadLimits.Of(services.GetRequiredService<VisionRuntime>().Options.Decoding));
        return builder;
    }

    /// <summary>Language, security headers, error pages, static files and the pages themselves.</summary>
    /// <param name="app">The program.</param>
    public static WebApplication MapDashboardUi(this WebApplication app)
    {
        app.UseRequestLocalization();
        app.UseSecurityHeaders();
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        // Interfaces answer for themselves; only a person who opens a page gets one instead of a bare status.
        app.UseWhen(context => !Refusals.IsPage(context.Request), other => other.Use((context, next) =>
        {
            if (context.Features.Get<IStatusCodePagesFeature>() is { } pages)
            {
                pages.Enabled = false;
            }

            return next(context);
        }));
        app.UseAuthentication();
        app.UseAuthorization();
        app.Use(TakeFormsOnly);
        app.UseAntiforgery();
        // Styles, scripts, icons and the sample photographs that everybody may have.
        app.MapStaticAssets().AllowAnonymous();
        app.MapLanguageChoice();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options =>
            // SecurityHeaders says it already, and more strictly.
            options.ContentSecurityFrameAncestorsPolicy = null).Add(CloseWhatIsNoPage);
        return app;
    }

    // Whoever posts to a page sends its form; what is no form, the page could not even read to refuse it.
    private static Task TakeFormsOnly(HttpContext context, RequestDelegate next) =>
        HttpMethods.IsPost(context.Request.Method) && !context.Request.HasFormContentType && context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
            ? TypedResults.Problem("A page takes nothing but its own form: open it in a browser, or use the interface under /api/v1.", statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context)
            : next(context);

    // Pages say for themselves who may see them; the circuit that they live on, and whatever else comes along with it, is for those who may see any.
    private static void CloseWhatIsNoPage(EndpointBuilder endpoint)
    {
        if (!endpoint.Metadata.OfType<ComponentTypeMetadata>().Any())
        {
            endpoint.Metadata.Add(new AuthorizeAttribute(Policies.Viewer));
        }
    }
}
