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
    private ElementReference _root;
    private IReadOnlyList<OverlayFace> _counted = [];
    private IReadOnlyList<OverlayFace>? _shownFaces;
    private int? _tabStop;
    private IJSObjectReference? _script;
    private IJSObjectReference? _view;
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
    private string CanvasStyle => string.Create(CultureInfo.InvariantCulture, $"aspect-ratio:{Width}/{Height};max-width:calc((100vh - 200px) * {(double)Width / Height:0.####})");

    // A guess for the first frame; the script knows how large the picture really is.
    private string FirstUnit => string.Create(CultureInfo.InvariantCulture, $"--unit:{Width / 800.0:0.####}");

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_view is not null)
            {
                await _view.InvokeVoidAsync("dispose");
                await _view.DisposeAsync();
            }

            if (_script is not null)
            {
                await _script.DisposeAsync();
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
        if (!ReferenceEquals(_shownFaces, Faces))
        {
            _shownFaces = Faces;
            _counted = [.. Faces.Where(face => face.Counted)];
            _refreshView = true;
        }

        _tabStop = _counted.Any(face => face.Index == Active) ? Active : FaceNavigation.Next(_counted, null, "Home");
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _script = await Browser.InvokeAsync<IJSObjectReference>("import", $"./{Assets["js/photo.js"]}");
            _view = await _script.InvokeAsync<IJSObjectReference>("attach", _root);
            _refreshView = false;
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
        $"face {(face.TooClose ? "too-close" : "apart")}{(face.Index == Active ? " face-active" : "")}";

    private string Describe(OverlayFace face)
    {
        var label = L[LabelLook.Of(face.Label).Word].Value;
        return face.Nearest(Rule) is { } nearest
            ? L[face.TooClose ? "Face {0}: {1}, too close, nearest {2}" : "Face {0}: {1}, nearest {2}", face.Number, label, FigureText.Distance(nearest, Rule)]
            : L["Face {0}: {1}", face.Number, label];
    }

    private Task ActivateAsync(int index) => index == Active ? Task.CompletedTask : ActiveChanged.InvokeAsync(index);

    private async Task OnKeyAsync(KeyboardEventArgs key)
    {
        if (FaceNavigation.Next(_counted, Active, key.Key) is { } next)
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
