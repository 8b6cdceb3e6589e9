using System.Globalization;
using MaskDashboard.Accounts;
using MaskDashboard.Compliance;
using MaskDashboard.Components.Controls;
using MaskDashboard.Components.Reviewing;
using MaskDashboard.Components.Viewer;
using MaskDashboard.Localization;
using MaskDashboard.Queue;
using MaskDashboard.Review;
using MaskDashboard.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace MaskDashboard.Components.Pages;

/// <summary>
/// The review desk: one photograph after the other, the most doubtful first. A person says what each face is; everything is kept at once and can be undone.
/// What it shows is here, what it does in <c>ReviewDesk.Commands.cs</c>.
/// </summary>
public sealed partial class ReviewDesk : IAsyncDisposable
{
    private readonly CommandLine _commands = new();
    private readonly ReviewTrail _trail = new();
    private readonly DeskScript _script = new();
    private DotNetObjectReference<ReviewDesk>? _self;
    private ElementReference _root;
    private ImageFilter _filter = new();
    private bool _filterOpen;
    private IReadOnlyList<Site> _sites = [];
    private ReviewCounts? _counts;
    private ReviewedImage? _shown;
    private AnalysisState? _unfinished;
    private string? _next;
    private bool _loaded;
    private volatile bool _shownIsStale;
    private int? _active;
    private int _candidates;
    private bool _withCandidates;
    private bool _help;

    /// <summary>The image; null for the first of the queue.</summary>
    [Parameter]
    public long? ImageId { get; set; }

    /// <summary>The viewer's language.</summary>
    [Inject]
    public required IStringLocalizer<Text> L { get; init; }

    /// <summary>What there is to review.</summary>
    [Inject]
    public required ReviewQueue Queue { get; init; }

    /// <summary>Results.</summary>
    [Inject]
    public required ResultQueries Results { get; init; }

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

    private OverlayFace? Active => _shown?.Faces.FirstOrDefault(face => face.Index == _active);

    // The tabs say whether it is about reviewed photographs; the filter bar has the rest.
    private ImageFilter OpenFilter => _filter with { Reviewed = null };

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Navigation.LocationChanged -= TakeAddress;
        Dispose();
        await _script.DisposeAsync();
        _self?.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        TakeFilter();
        _filterOpen = !OpenFilter.IsEmpty;
        Navigation.LocationChanged += TakeAddress;
        _sites = await History.SitesAsync(Leaving);
    }

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() =>
        _loaded && ImageId is { } image && image == _shown?.ImageId ? Task.CompletedTask : _commands.RunAsync(FollowAsync);

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            await _script.AttachAsync(Browser, Assets["js/review.js"], _self, _root);
            if (_next is not null)
            {
                await _script.PreloadAsync(_next);
            }
        }
    }

    /// <inheritdoc />
    protected override bool Concerns(AnalysisEvent news)
    {
        _shownIsStale |= news.ImageId == (_shown?.ImageId ?? ImageId);
        return true;
    }

    /// <inheritdoc />
    protected override Task LoadAsync() => _commands.RunAsync(async () =>
    {
        if (_shown is null)
        {
            await FollowAsync();
        }
        else if (_shownIsStale)
        {
            await ReloadAsync();
        }

        await CountAsync();
    });

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private string AddressOf(long? imageId) => _filter.ToAddress(imageId is { } image ? $"/review/{image}" : "/review");

    private void Apply(ImageFilter filter) => Navigation.NavigateTo((filter with { Reviewed = _filter.Reviewed }).ToAddress("/review"));

    private void TakeFilter() => _filter = ImageFilter.Parse(new Uri(Navigation.Uri).Query) with { State = null };

    // Another filter on the same empty page changes no parameter.
    private void TakeAddress(object? sender, LocationChangedEventArgs change) => InvokeAsync(async () =>
    {
        if (ImageId is null && new Uri(change.Location).AbsolutePath == "/review")
        {
            await GuardAsync(() => _commands.RunAsync(FollowAsync));
        }
    });

    private async Task FollowAsync()
    {
        TakeFilter();
        if (ImageId is { } imageId)
        {
            if (imageId != _shown?.ImageId && !await ShowAsync(imageId))
            {
                Navigation.NotFound();
            }
        }
        else if (await Queue.FirstAsync(_filter, Time.Zone, Leaving) is { } first)
        {
            Navigation.NavigateTo(AddressOf(first), replace: true);
            return;
        }
        else
        {
            (_shown, _unfinished) = (null, null);
        }

        await CountAsync();
        _loaded = true;
        StateHasChanged();
    }

    private async Task CountAsync() => _counts = await Queue.CountsAsync(_filter, Time.Zone, Time.Today, Leaving);

    // False when there is no such image.
    private async Task<bool> ShowAsync(long imageId)
    {
        var result = await Results.FindAsync(imageId, Leaving);
        await LeaveAsync();
        if (result is null)
        {
            return false;
        }

        _unfinished = result.Analysis.State == AnalysisState.Done ? null : result.Analysis.State;
        if (_unfinished is not null)
        {
            Present(null);
            return true;
        }

        Present(ReviewedImage.Of(result, await Corrections.StandingAsync(result.Analysis.Id, Leaving)));
        _active = _shown!.First?.Index;
        _trail.GoTo(imageId);
        if ((_trail.Forward ?? await Queue.NeighbourAsync(_filter, Time.Zone, _shown.Position, forward: true, Leaving)) is { } next)
        {
            _next = $"/images/{next}/original";
            await _script.PreloadAsync(_next);
        }

        return true;
    }

    // The same image as it is now in the database.
    private async Task ReloadAsync()
    {
        _shownIsStale = false;
        if (_shown is not { } shown)
        {
            return;
        }

        if (await Results.FindAsync(shown.ImageId, Leaving) is not { Analysis.State: AnalysisState.Done } result)
        {
            _trail.Forget(shown.ImageId);
            Present(null);
            Navigation.NavigateTo(AddressOf(null), replace: true);
            return;
        }

        var statements = await Corrections.StandingAsync(result.Analysis.Id, Leaving);
        Present(ReviewedImage.Of(result, statements, result.Analysis.Id == shown.AnalysisId ? shown.Position : null));
        if (!_shown!.Walk(_withCandidates).Any(face => face.Index == _active))
        {
            _active = _shown.First?.Index;
        }
    }

    private void Present(ReviewedImage? image)
    {
        _shown = image;
        _candidates = image?.Faces.Count(ReviewedImage.IsCandidate) ?? 0;
    }
}
