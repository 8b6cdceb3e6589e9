using MaskDashboard.Accounts;
using System.Collections.Concurrent;
using System.Globalization;
using MaskDashboard.Components.Controls;
using MaskDashboard.Components.Uploading;
using MaskDashboard.Components.Viewer;
using MaskDashboard.Localization;
using MaskDashboard.Queue;
using MaskDashboard.Settings;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using MudBlazor;

namespace MaskDashboard.Components.Pages;

/// <summary>Where photographs come in. The browser's script holds and posts the files, this page shows how far each has come.</summary>
public sealed partial class Upload : IAsyncDisposable
{
    /// <summary>Query that puts the sample photographs on the list at once.</summary>
    public const string SamplesQuery = "?samples=try";

    private static readonly TimeSpan _newsInterval = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _leaving = new();
    private readonly UploadList _list = new();
    private readonly ConcurrentDictionary<long, bool> _toAsk = [];
    private IReadOnlyList<string> _sites = [];
    private UploadDetails _details = new(null, null, null);
    private UploadView _view;
    private ElementReference _zone;
    private ElementReference _filesInput;
    private ElementReference _folderInput;
    private UploadScript? _script;
    private IDisposable? _subscription;
    private LiveRefresh? _live;

    /// <summary>The viewer's language.</summary>
    [Inject]
    public required IStringLocalizer<Text> L { get; init; }

    /// <summary>The browser.</summary>
    [Inject]
    public required IJSRuntime Browser { get; init; }

    /// <summary>Photographs to try the program with.</summary>
    [Inject]
    public required SampleImages Samples { get; init; }

    /// <summary>How analyses stand.</summary>
    [Inject]
    public required UploadNews News { get; init; }

    /// <summary>What the queue does.</summary>
    [Inject]
    public required AnalysisEvents Events { get; init; }

    /// <summary>Who uploads.</summary>
    [Inject]
    public required ViewerIdentity Viewer { get; init; }

    /// <summary>The queue.</summary>
    [Inject]
    public required AnalysisQueue Queue { get; init; }

    /// <summary>The settings in force.</summary>
    [Inject]
    public required SettingsStore Settings { get; init; }

    /// <summary>What may be uploaded.</summary>
    [Inject]
    public required UploadLimits Limits { get; init; }

    /// <summary>The address.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>The viewer's time zone.</summary>
    [Inject]
    public required ViewerTime Time { get; init; }

    /// <summary>The present.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <summary>Short notes at the page's edge.</summary>
    [Inject]
    public required ISnackbar Notes { get; init; }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _subscription?.Dispose();
        _live?.Dispose();
        await _leaving.CancelAsync();
        if (_script is not null)
        {
            await _script.DisposeAsync();
        }

        _leaving.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _sites = await News.SiteNamesAsync(_leaving.Token);
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        _live = new LiveRefresh(Clock, _newsInterval, () => InvokeAsync(TakeNewsAsync));
        _subscription = Events.Subscribe(news =>
        {
            _toAsk[news.AnalysisId] = true;
            _live.Request();
        });
        _script = await UploadScript.AttachAsync(Browser, $"./{Assets["js/upload.js"]}", _zone, _filesInput, _folderInput, Limits.MaxBytes, TakeFilesAsync);
        await _script.SetDetailsAsync(_details);
        if (new Uri(Navigation.Uri).Query == SamplesQuery)
        {
            // Taken out of the address, so that loading the page again does not do it again.
            Navigation.NavigateTo("/upload", replace: true);
            await TrySamplesAsync();
        }
    }

    private static string Share(double share) => share.ToString("0.####", CultureInfo.InvariantCulture);

    private string Pressed(UploadView view) => view == _view ? "true" : "false";

    private Task TakeFilesAsync(IReadOnlyList<BrowserFile> files) => InvokeAsync(() =>
    {
        Ask(_list.Take(files));
        StateHasChanged();
    });

    private void Ask(IEnumerable<long> analysisIds)
    {
        foreach (var id in analysisIds)
        {
            _toAsk[id] = true;
        }

        if (!_toAsk.IsEmpty)
        {
            _live?.Request();
        }
    }

    private async Task TakeNewsAsync()
    {
        try
        {
            var ids = _toAsk.Keys.ToList();
            ids.ForEach(id => _toAsk.TryRemove(id, out _));
            var ours = ids.Where(_list.Has).ToList();
            if (ours.Count > 0)
            {
                _list.Take(await News.OfAsync(ours, _leaving.Token));
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The page is closed.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private async Task SetDetailsAsync(UploadDetails details)
    {
        _details = details;
        if (_script is not null)
        {
            await _script.SetDetailsAsync(details);
        }
    }

    private async Task TrySamplesAsync()
    {
        try
        {
            await _script!.AddAsync(Samples.All);
        }
        catch (JSException)
        {
            Notes.Add(L["The sample photographs could not be read. Load the page again."], Severity.Error);
        }
    }

    private async Task CancelAsync(UploadRow row)
    {
        if (row.File.AnalysisId is { } analysisId)
        {
            Viewer.Actor.Require(AccountRole.Reviewer);
            await Queue.CancelAsync(analysisId, _leaving.Token);
            Ask([analysisId]);
        }
        else
        {
            await _script!.CancelAsync(row.Id);
        }
    }

    private async Task RetryAsync(UploadRow row)
    {
        if (row.File.AnalysisId is { } analysisId)
        {
            Viewer.Actor.Require(AccountRole.Reviewer);
            await Queue.RetryAsync(analysisId, _leaving.Token);
            Ask([analysisId]);
        }
        else
        {
            await _script!.RetryAsync([row.Id]);
        }
    }

    private async Task RetryAllFailedAsync()
    {
        var failed = _list.Of(UploadView.Failed);
        await _script!.RetryAsync(failed.Where(row => !row.IsStored).Select(row => row.Id));
        foreach (var row in failed.Where(row => row.IsStored))
        {
            await RetryAsync(row);
        }
    }

    private Task CancelAllAsync() => _script!.CancelAllAsync().AsTask();

    private Task ClearAsync() => _script!.RemoveAsync(_list.RemoveSettled()).AsTask();
}
