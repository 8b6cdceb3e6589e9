using System.ComponentModel.DataAnnotations;
using MaskDashboard.Accounts;
using MaskDashboard.Components.Controls;
using MaskDashboard.Components.Tuning;
using MaskDashboard.Components.Viewer;
using MaskDashboard.Compliance;
using MaskDashboard.Localization;
using MaskDashboard.Settings;
using MaskDashboard.Storage;
using MaskDashboard.Tuning;
using MaskDashboard.Vision;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace MaskDashboard.Components.Pages;

/// <summary>All settings that shape a result, what changing them would do, and every version there was. Nothing applies until it is saved.</summary>
public sealed partial class AdminSettings : IDisposable
{
    private const string Path = "/admin/settings";

    private static readonly (string Name, string Words, AnalysisSettings Settings)[] _presets =
    [
        ("Notebook", "Haar with 1.1 and 4, pixels between top-left corners, 130", AnalysisSettings.Notebook),
        ("Recommended", "YuNet and metres", AnalysisSettings.Recommended),
    ];

    private readonly CancellationTokenSource _leaving = new();
    private SettingsDraft? _draft;
    private IReadOnlyList<SettingsVersionRow> _versions = [];
    private IReadOnlyList<Site> _sites = [];
    private ImageFilter _filter = new();
    private HistoryJobPanel? _jobPanel;
    private string? _problem;
    private bool _toHistory;

    /// <summary>The viewer's language.</summary>
    [Inject]
    public required IStringLocalizer<Text> L { get; init; }

    /// <summary>Keeps the settings.</summary>
    [Inject]
    public required SettingsStore Store { get; init; }

    /// <summary>Lists the versions.</summary>
    [Inject]
    public required SettingsVersionQueries VersionQueries { get; init; }

    /// <summary>Applies settings to the history.</summary>
    [Inject]
    public required HistoryJobs Jobs { get; init; }

    /// <summary>The address.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>Lists the sites.</summary>
    [Inject]
    public required HistoryQueries History { get; init; }

    /// <summary>The viewer's time zone.</summary>
    [Inject]
    public required ViewerTime Time { get; init; }

    /// <summary>Who saves.</summary>
    [Inject]
    public required ViewerIdentity Viewer { get; init; }

    /// <summary>Asks before changes are lost.</summary>
    [Inject]
    public required IDialogService Dialogs { get; init; }

    /// <summary>Says what was done.</summary>
    [Inject]
    public required ISnackbar Snackbar { get; init; }

    private IReadOnlyList<(DetectorKind Value, string Name, string Words)> Engines =>
    [
        (DetectorKind.YuNet, "YuNet", L["Finds small and masked faces"]),
        (DetectorKind.Haar, "Haar", L["As the notebook; misses most faces that are small, turned or masked"]),
    ];

    private IReadOnlyList<(DistanceRule Value, string Name, string Words)> Rules =>
    [
        (DistanceRule.PixelsTopLeft, L[FigureText.Name(DistanceRule.PixelsTopLeft)], L["As the notebook; depends on the size of the photograph and of the faces"]),
        (DistanceRule.PixelsCentre, L[FigureText.Name(DistanceRule.PixelsCentre)], L["Depends on the size of the photograph only"]),
        (DistanceRule.Metres, L[FigureText.Name(DistanceRule.Metres)], L["From the size of the faces and the lens; right to about a tenth of the distance from the camera"]),
    ];

    /// <inheritdoc />
    public void Dispose()
    {
        Navigation.LocationChanged -= TakeAddress;
        _leaving.Cancel();
        _leaving.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        TakeFilter();
        Navigation.LocationChanged += TakeAddress;
        // Counts every result, beside what the other parts of the page read meanwhile.
        var versions = Task.Run(() => VersionQueries.ListAsync(_leaving.Token), _leaving.Token);
        _sites = await History.SitesAsync(_leaving.Token);
        _draft = new SettingsDraft(Store.Current, _sites);
        _versions = await versions;
    }

    private static IEnumerable<SettingDefinition> In(SettingGroup group) => SettingDefinition.All.Where(setting => setting.Group == group);

    private async Task<bool> SaveAsync(string reason)
    {
        var draft = _draft!;
        VersionedSettings saved;
        try
        {
            _problem = null;
            saved = await Store.SaveAsync(draft.Settings, draft.SiteFieldsOfViewDegrees, draft.Saved.VersionId, reason, Viewer.Actor, _leaving.Token);
        }
        catch (SettingsChangedException)
        {
            draft.GoOnFrom(Store.Current, keep: true);
            _versions = await VersionQueries.ListAsync(_leaving.Token);
            _problem = L["Somebody saved version {0} meanwhile. Your changes are still here, compared with it now: look at them and save again.", Store.Current.VersionId];
            StateHasChanged();
            return false;
        }
        catch (ValidationException exception)
        {
            _problem = exception.Message;
            StateHasChanged();
            return false;
        }

        draft.GoOnFrom(saved, keep: false);
        Snackbar.Add(L["Version {0} is in force.", saved.VersionId], Severity.Success);
        if (_toHistory && await Jobs.StartAsync(Viewer.Actor, _leaving.Token) is null)
        {
            _problem = L["The version is saved, but another one is still being applied to the history: apply this one when that has ended."];
        }

        _toHistory = false;
        await ReloadVersionsAsync();
        return true;
    }

    private async Task ReloadVersionsAsync()
    {
        _versions = await VersionQueries.ListAsync(_leaving.Token);
        StateHasChanged();
        if (_jobPanel is not null)
        {
            await _jobPanel.LoadAsync();
        }
    }

    private void Apply(ImageFilter filter) => Navigation.NavigateTo(filter.ToAddress(Path));

    private void TakeFilter() => _filter = ImageFilter.Parse(new Uri(Navigation.Uri).Query);

    private void TakeAddress(object? sender, LocationChangedEventArgs change) => InvokeAsync(() =>
    {
        if (new Uri(change.Location).AbsolutePath == Path)
        {
            TakeFilter();
            StateHasChanged();
        }
    });

    private async Task AskBeforeLeavingAsync(LocationChangingContext leaving)
    {
        // What is shown of the page is in its address: that is no leaving.
        if (_draft?.IsChanged != true || new Uri(new Uri("http://page/"), leaving.TargetLocation).AbsolutePath == Path)
        {
            return;
        }

        var answer = await Dialogs.ShowMessageBoxAsync(
            L["Leave without saving?"], L["The changes on this page are not saved and will be lost."], yesText: L["Leave"], cancelText: L["Stay"]);
        if (answer != true)
        {
            leaving.PreventNavigation();
        }
    }
}
