using MaskDashboard.Components.Controls;
using MaskDashboard.Localization;
using MaskDashboard.Settings;
using MaskDashboard.Tuning;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace MaskDashboard.Components.Tuning;

/// <summary>A photograph under the saved settings and under those tried.</summary>
public sealed partial class PreviewPanel
{
    // A dragged slider makes up to sixty changes a second: only the latest is worth drawing.
    private static readonly TimeSpan _drawPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _measurePause = TimeSpan.FromMilliseconds(400);

    private readonly CancellationTokenSource _leaving = new();
    private readonly Dictionary<InferenceKey, PreviewMeasurement> _measurements = [];
    private CancellationTokenSource? _stopMeasuring;
    private LiveRefresh? _draw;
    private LiveRefresh? _measure;
    private PreviewImage? _image;
    private PreviewSide? _before;
    private PreviewSide? _after;
    private bool _loaded;
    private bool _choosing;
    private bool _measuring;
    private bool _lost;
    private bool _showCandidates;
    private int? _active;

    /// <summary>The viewer's language.</summary>
    [Inject]
    public required IStringLocalizer<Text> L { get; init; }

    /// <summary>The present.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <summary>Photographs to try settings on.</summary>
    [Inject]
    public required PreviewImages Images { get; init; }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _draw?.Dispose();
        _measure?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _draw = new LiveRefresh(Clock, _drawPause, () => InvokeAsync(Show));
        _measure = new LiveRefresh(Clock, _measurePause, () => InvokeAsync(MeasureAsync));
        if (await Images.SuggestAsync(_leaving.Token) is { } suggested)
        {
            await ChooseAsync(suggested);
        }

        _loaded = true;
    }

    /// <inheritdoc />
    protected override bool Concerns()
    {
        _draw?.Request();
        return false;
    }

    private async Task ChooseAsync(long imageId)
    {
        if (await Images.FindAsync(imageId, _leaving.Token) is not { } image)
        {
            return;
        }

        (_image, _choosing, _active, _before, _after) = (image, false, null, null, null);
        _measurements.Clear();
        _measurements[image.Stored.Key] = image.Stored;
        Show();
    }

    private void Show()
    {
        if (_image is not { } image)
        {
            return;
        }

        _lost = false;
        var tried = Draft.Tried;
        _before = Judged(image, Draft.Saved) ?? _before ?? PreviewSide.Of(image.Stored.Judge(Draft.Saved, image.Image.SiteId));
        _after = Judged(image, tried) ?? _after ?? _before;
        if (Missing(image) is not null)
        {
            _stopMeasuring?.Cancel();
            (_measuring, _lost) = (image.Image.CanBeMeasured, !image.Image.CanBeMeasured);
            if (_measuring)
            {
                _measure?.Request();
            }
        }
        else
        {
            _measuring = false;
        }

        StateHasChanged();
    }

    private PreviewSide? Judged(PreviewImage image, VersionedSettings settings) =>
        _measurements.TryGetValue(image.KeyUnder(settings.Settings), out var measurement) ? PreviewSide.Of(measurement.Judge(settings, image.Image.SiteId)) : null;

    // The side that nobody has measured yet; those tried first, since somebody waits for them.
    private VersionedSettings? Missing(PreviewImage image) =>
        new[] { Draft.Tried, Draft.Saved }.FirstOrDefault(settings => !_measurements.ContainsKey(image.KeyUnder(settings.Settings)));

    private async Task MeasureAsync()
    {
        if (_image is not { } image || Missing(image) is not { } wanted)
        {
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_leaving.Token);
        _stopMeasuring = stop;
        try
        {
            var measured = await Images.MeasureAsync(image, wanted.Settings, stop.Token);
            if (!ReferenceEquals(image, _image))
            {
                return;
            }

            if (measured is null)
            {
                (_measuring, _lost) = (false, true);
                StateHasChanged();
                return;
            }

            _measurements[measured.Key] = measured;
            Show();
        }
        catch (OperationCanceledException)
        {
            // Something else is tried by now, or nobody looks any longer.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
        finally
        {
            _stopMeasuring = _stopMeasuring == stop ? null : _stopMeasuring;
        }
    }

    private string RuleText(PreviewSide side)
    {
        var settings = side.Result.Settings;
        return L["too close below {0}", FigureText.Distance(settings.MinDistance, settings.DistanceRule).TrimStart('≈')];
    }

    private string DifferenceText(PreviewSide before, PreviewSide after) => after.DifferentFrom(before) switch
    {
        _ when _measuring => L["The right side still shows what was found before."],
        null => L["The engine found other faces, so they cannot be compared one by one."],
        0 => L["No face of this photograph is judged otherwise."],
        { } count => L.Count(count, "{0} face of this photograph is judged otherwise.", "{0} faces of this photograph are judged otherwise."),
    };
}
