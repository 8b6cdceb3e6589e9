using Bunit;
using MaskDashboard.Accounts;
using MaskDashboard.Components.Viewer;
using MaskDashboard.Localization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;

namespace MaskDashboard.Tests.Components;

/// <summary>What every component stands in: texts, the viewer, a clock that is moved by hand, a browser that does nothing.</summary>
public abstract class ComponentTest : BunitContext, IAsyncLifetime
{
    /// <summary>Sets the services up.</summary>
    protected ComponentTest()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddLogging();
        Services.AddSingleton<TextCatalogue>();
        Services.AddSingleton<IStringLocalizer<Text>, TextLocalizer>();
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddScoped<ViewerTime>();
        Services.AddScoped<ViewerTheme>();
        Services.AddScoped(_ => Administrator());
        Services.AddSingleton<AntiforgeryStateProvider, NoToken>();
    }

    /// <summary>A Wednesday noon in UTC.</summary>
    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 5, 13, 12, 0, 0, TimeSpan.Zero));

    /// <inheritdoc />
    public Task InitializeAsync() => Task.CompletedTask;

    private static ViewerIdentity Administrator()
    {
        var viewer = new ViewerIdentity();
        viewer.Use(Actor.Program);
        return viewer;
    }

    // MudBlazor's services can only be disposed asynchronously.
    async Task IAsyncLifetime.DisposeAsync() => await base.DisposeAsync();

    private sealed class NoToken : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken? GetAntiforgeryToken() => null;
    }
}
