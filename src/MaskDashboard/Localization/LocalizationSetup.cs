using System.Globalization;
using MaskDashboard.Accounts;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Localization;

namespace MaskDashboard.Localization;

/// <summary>Language: the browser's wish, or the viewer's choice kept in a cookie.</summary>
public static class LocalizationSetup
{
    /// <summary>Adds the texts and the rules that choose a language.</summary>
    /// <param name="builder">The program.</param>
    public static WebApplicationBuilder AddTexts(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TextCatalogue>();
        builder.Services.AddSingleton<IStringLocalizer<Text>, TextLocalizer>();
        builder.Services.Configure<RequestLocalizationOptions>(options =>
        {
            var languages = TextCatalogue.Languages.Select(language => language.Code).ToHashSet();
            // Every regional form of a spoken language formats dates and numbers as its reader expects (en-GB, en-US, ko-KR).
            options.SupportedCultures = [.. CultureInfo.GetCultures(CultureTypes.AllCultures).Where(culture => languages.Contains(culture.TwoLetterISOLanguageName))];
            options.SupportedUICultures = [.. languages.Select(CultureInfo.GetCultureInfo)];
            options.DefaultRequestCulture = new RequestCulture("en-US", TextCatalogue.SourceLanguage);
            options.RequestCultureProviders = [new CookieRequestCultureProvider(), new AcceptLanguageHeaderRequestCultureProvider()];
            options.ApplyCurrentCultureToResponseHeaders = true;
        });
        return builder;
    }

    /// <summary>Maps <c>/language/{code}</c>: keeps the viewer's choice in a cookie and goes back to the page it was made on.</summary>
    /// <param name="app">The program.</param>
    public static WebApplication MapLanguageChoice(this WebApplication app)
    {
        app.MapGet("/language/{code}", (string code, string? returnUrl, HttpContext context) =>
        {
            if (TextCatalogue.Languages.All(language => language.Code != code))
            {
                return Results.NotFound();
            }

            context.Response.Cookies.Append(
                CookieRequestCultureProvider.DefaultCookieName,
                CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(code)),
                new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, Secure = context.Request.IsHttps, IsEssential = true });
            return Results.LocalRedirect(AccountAddresses.IsLocal(returnUrl) ? returnUrl! : "/");
        }).AllowAnonymous().ExcludeFromDescription();
        return app;
    }
}
