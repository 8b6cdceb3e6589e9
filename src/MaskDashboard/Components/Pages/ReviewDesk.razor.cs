using System.Globalization;
using MaskDashboard.Accounts;
using MaskDashboard.Compliance;
using MaskDashboard.Components.Reviewing;
using MaskDashboard.Components.Viewer;
using MaskDashboard.Endpoints;
using MaskDashboard.Localization;
using MaskDashboard.Queue;
using MaskDashboard.Review;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace MaskDashboard.Components.Pages;

/// <summary>
/// The review desk: one photograph after the other, the most doubtful first. A person says what each face is; everything is kept at once and can be undone.
/// The page hears keys and buttons and shows what became of them in its <see cref="ReviewSession"/>; its address follows.
/// </summary>
public sealed partial class ReviewDesk : IAsyncDisposable
{
    private readonly CommandLine _commands = new();
    private readonly DeskScript _script = new();
    private DotNetObjectReference<ReviewDesk>? _self;
    private ElementReference _root;
    private ReviewSteps _steps = null!;
    private FaceDraft _draft = null!;
    private bool _filterOpen;
    private IReadOnlyList<Site> _sites = [];
    private bool _loaded;
    private volatile bool _shownIsStale;
    private bool _help;

    /// <summary>The image; null for the first of the queue.</summary>
    [Parameter]
    public long? ImageId { get; set; }

    /// <summary>The viewer's language.</summary>
    [Inject]
    public required IStringLocalizer<Text> L { get; init; }

    /// <summary>The way through the queue.</summary>
    [Inject]
    public required ReviewSession Session { get; init; }

    /// <summary>Sites.</summary>
    [Inject]
    public required HistoryQueries History { get; init; }

    /// <summary>What reviewers say.</summary>
    [Inject]
    public required FaceCorrections Corrections { get; init; }

    /// <summary>Faces that reviewers draw.</summary>
    [Inject]
    public required DrawnFaces Drawn { get; init; }

    /// <summary>What is reviewed.</summary>
    [Inject]
    public required ReviewMarks Marks { get; init; }

    /// <summary>Who reviews.</summary>
    [Inject]
    public required ViewerIdentity Viewer { get; init; }

    /// <summary>The viewer's days.</summary>
    [Inject]
    public required ViewerTime Time { get; init; }

    /// <summary>The address.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>The browser.</summary>
    [Inject]
    public required IJSRuntime Browser { get; init; }

    /// <inheritdoc />
    protected override TimeSpan RefreshInterval => TimeSpan.FromSeconds(1);

    // The tabs say whether it is about reviewed photographs; the filter bar has the rest.
    private ImageFilter OpenFilter => Session.Filter with { Reviewed = null };

    private string Words => (_draft.Measured, _draft.IsDrawing) switch
    {
        (not null, _) => L["Measuring the face…"],
        (_, true) => L["Draw a box around the face that was missed."],
        _ => Session.Notice?.Text ?? "",
    };

    private ReviewCommand? Offer => _draft.Measured is not null || _draft.IsDrawing ? ReviewCommand.Cancel : Session.Notice?.Offer;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Navigation.LocationChanged -= TakeAddress;
        Dispose();
        await _script.DisposeAsync();
        _self?.Dispose();
    }

    /// <summary>Called by the browser for a key.</summary>
    /// <param name="name">Name of a <see cref="ReviewCommand"/>.</param>
    [JSInvokable]
    public Task CommandAsync(string name) => Enum.TryParse<ReviewCommand>(name, out var command) ? RunAsync(command) : Task.CompletedTask;

    /// <summary>Called by the browser when a face was drawn.</summary>
    /// <param name="x">Left edge, pixels of the photograph.</param>
    /// <param name="y">Top edge, pixels.</param>
    /// <param name="width">Width, pixels.</param>
    /// <param name="height">Height, pixels.</param>
    [JSInvokable]
    public Task DrawnAsync(double x, double y, double width, double height) => GuardAsync(async () =>
    {
        var take = await _draft.MeasureAsync(new BoundingBox((float)x, (float)y, (float)width, (float)height), StateHasChanged, Leaving);
        await RunAsync(take ?? (() => Task.CompletedTask));
    });

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _steps = new ReviewSteps(Session, Corrections, Marks, Viewer, Time, L);
        _draft = new FaceDraft(Session, Drawn, Viewer, L);
        TakeFilter();
        _filterOpen = !OpenFilter.IsEmpty;
        Navigation.LocationChanged += TakeAddress;
        _sites = await History.SitesAsync(Leaving);
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            await _script.AttachAsync(Browser, Assets["js/review.js"], _self, _root);
        }

        await _script.ShowFaceAsync(Session.ImageId, Session.ActiveIndex);
        await _script.PreloadAsync(Session.Next is { HasOriginal: true } next ? PhotographAddress.Original(next) : null);
    }

    /// <inheritdoc />
    protected override bool Concerns(AnalysisEvent news)
    {
        _shownIsStale |= news.ImageId == (Session.Shown?.ImageId ?? ImageId);
        return true;
    }

    /// <inheritdoc />
    protected override Task LoadAsync() => _commands.RunAsync(async () =>
    {
        if (Session.Shown is null)
        {
            await FollowAddressAsync();
        }
        else if (_shownIsStale)
        {
            _shownIsStale = false;
            await Session.ReloadAsync(Leaving);
            LetAddressFollow(replace: true);
        }

        await Session.CountAsync(Leaving);
    });

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private Task RunAsync(ReviewCommand command) => RunAsync(() => DoAsync(command));

    // One command after the other; then the browser's script, the address and the page follow.
    private Task RunAsync(Func<Task> command) => GuardAsync(() => _commands.RunAsync(async () =>
    {
        await command();
        await _script.SetDrawingAsync(_draft.IsDrawing);
        LetAddressFollow(replace: false);
        StateHasChanged();
    }));

    private Task DoAsync(ReviewCommand command)
    {
        switch (command)
        {
            case ReviewCommand.Draw:
                _draft.Toggle();
                break;
            case ReviewCommand.Help:
                _help = !_help;
                break;
            case ReviewCommand.Cancel:
                _help = _draft.Cancel() && _help;
                break;
            default:
                return _steps.DoAsync(command, Leaving);
        }

        return Task.CompletedTask;
    }

    private Task MarkConfidentAsync() => RunAsync(() => _steps.MarkConfidentAsync(Leaving));

    private void Choose(int? index) => Session.ActiveIndex = index;

    // Keys come from the browser, which cannot do anything about an error: the page's boundary shows it.
    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
            // The page is gone; nobody waits for this.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }
}
