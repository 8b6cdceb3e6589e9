using MaskDashboard.Compliance;
using MaskDashboard.Components.Controls;
using MaskDashboard.Localization;
using MaskDashboard.Queue;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace MaskDashboard.Components.Results;

/// <summary>Asks the queue for the other detector's result of a photograph and shows it when it is there.</summary>
public sealed partial class OtherEngine
{
    private ImageResult? _result;
    private IReadOnlyList<OverlayFace> _faces = [];
    private IReadOnlyList<OverlayLine> _lines = [];
    private int? _active;

    /// <summary>The photograph.</summary>
    [Parameter, EditorRequired]
    public long ImageId { get; set; }

    /// <summary>The engine whose result is already shown.</summary>
    [Parameter, EditorRequired]
    public DetectorKind Than { get; set; }

    /// <summary>Whether the photograph is still there to be looked at.</summary>
    [Parameter]
    public bool HasOriginal { get; set; } = true;

    /// <summary>Whether the comparison is shown.</summary>
    [Parameter]
    public bool Shown { get; set; }

    /// <summary>The viewer shows or hides the comparison.</summary>
    [Parameter]
    public EventCallback<bool> ShownChanged { get; set; }

    /// <summary>The viewer's language.</summary>
    [Inject]
    public required IStringLocalizer<Text> L { get; init; }

    /// <summary>Results.</summary>
    [Inject]
    public required ResultQueries Results { get; init; }

    /// <summary>The queue.</summary>
    [Inject]
    public required AnalysisQueue Queue { get; init; }

    private DetectorKind Other => Than == DetectorKind.YuNet ? DetectorKind.Haar : DetectorKind.YuNet;

    /// <inheritdoc />
    protected override TimeSpan RefreshInterval => TimeSpan.FromMilliseconds(200);

    /// <inheritdoc />
    protected override bool Concerns(AnalysisEvent news) => Shown && news.ImageId == ImageId;

    private static ComplianceFigures FiguresOf(ImageAnalysis analysis) =>
        new(analysis.MaskCount, analysis.NoMaskCount, analysis.UncertainCount, analysis.TooCloseCount);

    private async Task ShowAsync()
    {
        await ShownChanged.InvokeAsync(true);
        await Queue.EnqueueAsync(ImageId, Other, cancellationToken: Leaving);
        await LoadAsync();
    }

    private Task HideAsync() => ShownChanged.InvokeAsync(false);

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        _result = await Results.FindByDetectorAsync(ImageId, Other, Leaving);
        if (_result?.Analysis is { State: AnalysisState.Done } analysis)
        {
            _faces = OverlayFace.Of(analysis.Faces);
            _lines = OverlayLine.Of(_faces, analysis.Pairs, _result.Settings.DistanceRule);
        }
    }
}
