using System.Globalization;
using MaskDashboard.Localization;
using MaskDashboard.Vision;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace MaskDashboard.Components.Controls;

/// <summary>
/// A photograph with its faces drawn over it as SVG in pixels of the photograph: boxes, labels, and lines between faces
/// that are too close. The wheel, two fingers and the keys + - 0 zoom, arrow keys go from face to face.
/// </summary>
public sealed partial class PhotoOverlay : IAsyncDisposable
{
    private const double FirstWidthPixels = 800;
    private const double CompactBelowPixels = 52;
    private const double DistanceRoomPixels = 96;

    private ElementReference _root;
    private IReadOnlyList<OverlayFace> _reachable = [];
    private (IReadOnlyList<OverlayFace>? Faces, bool WithCandidates) _shown;
    private int? _tabStop;
    private IJSObjectReference? _script;
    private IJSObjectReference? _view;
    private bool _left;
    private bool _refreshView;

    /// <summary>The viewer's language.</summary>
    [Inject]
    public required IStringLocalizer<Text> L { get; init; }

    /// <summary>The browser.</summary>
    [Inject]
    public required IJSRuntime Browser { get; init; }

    /// <summary>The photograph.</summary>
    [Parameter, EditorRequired]
    public required string ImageAddress { get; set; }

    /// <summary>What the photograph is, for those who do not see it.</summary>
    [Parameter, EditorRequired]
    public required string Alt { get; set; }

    /// <summary>Width of the oriented photograph, pixels.</summary>
    [Parameter, EditorRequired]
    public int Width { get; set; }

    /// <summary>Height of the oriented photograph, pixels.</summary>
    [Parameter, EditorRequired]
    public int Height { get; set; }

    /// <summary>Every candidate.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<OverlayFace> Faces { get; set; }

    /// <summary>Lines between faces that are too close.</summary>
    [Parameter]
    public IReadOnlyList<OverlayLine> Lines { get; set; } = [];

    /// <summary>Whether candidates that do not count are drawn, too.</summary>
    [Parameter]
    public bool ShowCandidates { get; set; }

    /// <summary>
    /// Whether faces are chosen rather than pointed at, and those that a reviewer rejected, and with <see cref="ShowCandidates"/> those below the threshold, can be chosen, too.
    /// </summary>
    [Parameter]
    public bool ForReview { get; set; }

    /// <summary>Further SVG over the photograph, in its pixels.</summary>
    [Parameter]
    public RenderFragment? Extra { get; set; }

    /// <summary>How much of the window's height is for other things, a CSS length.</summary>
    [Parameter]
    public string ReservedHeight { get; set; } = "200px";

    /// <summary>The distance rule in force, for the words about a face.</summary>
    [Parameter]
    public DistanceRule Rule { get; set; }

    /// <summary>Index of the face the viewer points at; null for none.</summary>
    [Parameter]
    public int? Active { get; set; }

    /// <summary>The viewer points at another face.</summary>
    [Parameter]
    public EventCallback<int?> ActiveChanged { get; set; }

    private string ViewBox => string.Create(CultureInfo.InvariantCulture, $"0 0 {Width} {Height}");

    // The picture never stands higher than the window, so that its lower faces need no scrolling.
    private string CanvasStyle => string.Create(CultureInfo.InvariantCulture, $"aspect-ratio:{Width}/{Height};max-width:calc((100vh - {ReservedHeight}) * {(double)Width / Height:0.####})");

    // A guess for the first frame; the script knows how large the picture really is.
    private string FirstUnit => string.Create(CultureInfo.InvariantCulture, $"--unit:{Width / FirstWidthPixels:0.####}");

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _left = true;
        var (view, script) = (_view, _script);
        (_view, _script) = (null, null);
        try
        {
            if (view is not null)
            {
                await view.InvokeVoidAsync("dispose");
                await view.DisposeAsync();
            }

            if (script is not null)
            {
                await script.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone; so has its script.
        }
    }

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_shown.Faces, Faces) || _shown.WithCandidates != ShowCandidates)
        {
            _shown = (Faces, ShowCandidates);
            _reachable = [.. Faces.Where(face => face.Counted || (ForReview && (face.Rejected || ShowCandidates)))];
            _refreshView = true;
        }

        _tabStop = _reachable.Any(face => face.Index == Active) ? Active : FaceNavigation.Next(_reachable, null, "Home");
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _script = await Browser.InvokeAsync<IJSObjectReference>("import", $"./{Assets["js/photo.js"]}");
            if (!_left)
            {
                _view = await _script.InvokeAsync<IJSObjectReference>("attach", _root);
                _refreshView = false;
            }

            // Gone while its script was on the way.
            if (_left)
            {
                await DisposeAsync();
            }
        }
        else if (_refreshView && _view is not null)
        {
            _refreshView = false;
            await _view.InvokeVoidAsync("refresh");
        }
    }

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    // SVG does not fit a shape to its text; Hangul is as wide as it is high, Latin letters about half of that.
    private static double TagWidth(string text) => 13 + text.Sum(letter => letter > 0x1100 ? 11.0 : 6.6);

    private static string LineClass(bool active) => active ? "pair pair-active" : "pair";

    private string LineClass(OverlayLine line) => LineClass(Active is { } active && (line.First.Index == active || line.Second.Index == active));

    private string FaceClass(OverlayFace face) =>
        $"face {(face.Rejected ? "rejected" : !face.Counted ? "below" : face.TooClose ? "too-close" : "apart")}{(face.Index == Active ? " face-active" : "")}";

    private string Describe(OverlayFace face)
    {
        var label = L[(face.Rejected ? LabelLook.NotAFace : LabelLook.Of(face.Label)).Word].Value;
        if (face.Number == 0)
        {
            return L["Below the threshold: {0}, score {1}", label, FigureText.Probability(face.Confidence)];
        }

        return face.Nearest(Rule) is { } nearest
            ? L[face.TooClose ? "Face {0}: {1}, too close, nearest {2}" : "Face {0}: {1}, nearest {2}", face.Number, label, FigureText.Distance(nearest, Rule)]
            : L["Face {0}: {1}", face.Number, label];
    }

    // Letters on every one of many small faces would hide them all until the script comes.
    private bool IsCompactAtFirst(OverlayFace face) => face.Box.Width * FirstWidthPixels / Width < CompactBelowPixels;

    // Where many are too close, a distance stands on its line only where that has room for it; the active face's always do.
    private bool IsCompactAtFirst(OverlayLine line) => Lines.Count > OverlayLine.MaxLines && line.LengthPixels * FirstWidthPixels / Width < DistanceRoomPixels;

    // Under review the pointer passes over faces on its way to a button: only a choice counts.
    private Task HoverAsync(int index) => ForReview ? Task.CompletedTask : ActivateAsync(index);

    private Task ActivateAsync(int index) => index == Active ? Task.CompletedTask : ActiveChanged.InvokeAsync(index);

    private async Task OnKeyAsync(KeyboardEventArgs key)
    {
        if (FaceNavigation.Next(_reachable, Active, key.Key) is { } next)
        {
            await ActivateAsync(next);
            if (_view is not null)
            {
                await _view.InvokeVoidAsync("focusFace", next);
            }
        }
    }

    private Task ZoomAsync(double factor) => _view?.InvokeVoidAsync("zoomBy", factor).AsTask() ?? Task.CompletedTask;

    private Task FitAsync() => _view?.InvokeVoidAsync("fit").AsTask() ?? Task.CompletedTask;
}
