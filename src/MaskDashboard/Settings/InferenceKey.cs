using MaskDashboard.Vision;

namespace MaskDashboard.Settings;

/// <summary>
/// What the models were told when they looked at a photograph: the engine and those of its parameters that shape what it finds. Two settings with the same key
/// find the same candidates; everything else is judged from the stored ones. Parameters of the other engine are zero.
/// </summary>
/// <param name="Detector">The engine.</param>
/// <param name="HaarScaleFactor">Haar's scale factor.</param>
/// <param name="HaarMinNeighbors">Haar's neighbours.</param>
/// <param name="YuNetNmsIou">YuNet's overlap. Stored candidates do not do for another value: what a dropped one hid is not stored.</param>
public readonly record struct InferenceKey(DetectorKind Detector, double HaarScaleFactor, int HaarMinNeighbors, double YuNetNmsIou)
{
    /// <summary>The key of settings, run with an engine.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="detector">The engine; null for the settings' own.</param>
    public static InferenceKey Of(AnalysisSettings settings, DetectorKind? detector = null) => (detector ?? settings.Detector) == DetectorKind.Haar
        ? new InferenceKey(DetectorKind.Haar, settings.HaarScaleFactor, settings.HaarMinNeighbors, 0)
        : new InferenceKey(DetectorKind.YuNet, 0, 0, settings.YuNetNmsIou);

    /// <summary>
    /// The engine for a photograph under other settings. A result by another engine than its settings' was asked for by the uploader, who keeps it;
    /// any other follows the settings.
    /// </summary>
    /// <param name="made">The engine that made the result.</param>
    /// <param name="before">The settings it was made under.</param>
    /// <param name="after">The other settings.</param>
    public static DetectorKind EngineUnder(DetectorKind made, AnalysisSettings before, AnalysisSettings after) => made == before.Detector ? after.Detector : made;
}
