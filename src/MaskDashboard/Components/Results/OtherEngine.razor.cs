using MaskDashboard.Accounts;
using MaskDashboard.Analysis;
using MaskDashboard.Compliance;
using MaskDashboard.Components.Controls;
using MaskDashboard.Localization;
using MaskDashboard.Queue;
using MaskDashboard.Settings;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace MaskDashboard.Components.Results;

/// <summary>Asks the queue for another result of a photograph, shows it when it is there, and makes it the current one on demand.</summary>
public sealed partial class OtherEngine
{
    private ImageResult? _result;
    private IReadOnlyList<OverlayFace> _faces = [];
    private IReadOnlyList<OverlayLine> _lines = [];
    private int? _active;
    private DetectorKind _asked;
    private long _analysisId;

    /// <summary>The photograph.</summary>
    [Parameter, EditorRequired]
    public long ImageId { get; set; }

    /// <summary>The result that is already shown.</summary>
    [Parameter, EditorRequired]
    public required ImageAnalysis Shows { get; set; }

    /// <summary>Whether the photograph is still there to be looked at.</summary>
    [Parameter]
    public bool CanBeMeasured { get; set; } = true;

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

    /// <summary>Chooses the current result.</summary>
    [Inject]
    public required CurrentResult Current { get; init; }

    /// <summary>The settings in force.</summary>
    [Inject]
    public required SettingsStore Settings { get; init; }

    /// <summary>The models in force.</summary>
    [Inject]
    public required VisionRuntime Runtime { get; init; }

    /// <summary>Who looks.</summary>
    [Inject]
    public required ViewerIdentity Viewer { get; init; }

    private bool IsOutdated => Shows.SettingsVersionId != Settings.Current.VersionId || Shows.ModelVersion != Runtime.ModelVersion(Shows.Detector);

    // Which it is: another engine, or the same with the settings of today.
    private string Name => _asked == Shows.Detector ? L["{0}, present settings", _asked] : _asked.ToString();

    private DetectorKind Other => Shows.Detector == DetectorKind.YuNet ? DetectorKind.Haar : DetectorKind.YuNet;

    /// <inheritdoc />
    protected override TimeSpan RefreshInterval => TimeSpan.FromMilliseconds(200);

    /// <inheritdoc />
    protected override bool Concerns(AnalysisEvent news) => Shown && news.ImageId == ImageId;

    private static ComplianceFigures FiguresOf(ImageAnalysis analysis) =>
        new(analysis.MaskCount, analysis.NoMaskCount, analysis.UncertainCount, analysis.TooCloseCount);

    private async Task ShowAsync(DetectorKind detector)
    {
        Viewer.Actor.Require(AccountRole.Reviewer);
        (_asked, _result) = (detector, null);
        await ShownChanged.InvokeAsync(true);
        _analysisId = await Queue.EnqueueAsync(ImageId, detector, cancellationToken: Leaving);
        await LoadAsync();
    }

    private async Task ChooseAsync()
    {
        if (await Current.ChooseAsync(_analysisId, Viewer.Actor, Leaving))
        {
            await HideAsync();
        }
    }

    private Task HideAsync() => ShownChanged.InvokeAsync(false);

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        _result = await Results.FindAnalysisAsync(_analysisId, Leaving);
        if (_result?.Analysis is { State: AnalysisState.Done } analysis)
        {
            _faces = OverlayFace.Of(analysis.Faces);
            _lines = OverlayLine.Of(_faces, analysis.Pairs, _result.Settings.DistanceRule);
        }
    }
}
