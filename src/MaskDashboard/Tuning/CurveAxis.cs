using MaskDashboard.Settings;
using MaskDashboard.Vision;

namespace MaskDashboard.Tuning;

/// <summary>What a face's place on a curve is.</summary>
internal enum CurveKind
{
    /// <summary>A face counts up to the value that it has itself.</summary>
    Gate,

    /// <summary>A counted face is decided up to the value that it has itself.</summary>
    Decision,

    /// <summary>A counted face is too close above its distance to the nearest.</summary>
    Distance,
}

/// <summary>The values of a curve, and where faces stand on it.</summary>
internal sealed class CurveAxis
{
    private readonly AnalysisSettings _lowest;
    private readonly AnalysisSettings _highest;

    public CurveAxis(SettingDefinition setting, AnalysisSettings tried)
    {
        Setting = setting;
        Kind = setting.Key switch
        {
            nameof(AnalysisSettings.MinDetectionScore) or nameof(AnalysisSettings.MinFaceSizePixels) => CurveKind.Gate,
            nameof(AnalysisSettings.MinClassProbability) or nameof(AnalysisSettings.UncertainMargin) => CurveKind.Decision,
            _ => CurveKind.Distance,
        };
        _lowest = setting.Set(tried, setting.Min);
        _highest = setting.Set(tried, setting.Max);
        var end = Math.Max(setting.SliderMax, setting.Get(tried));
        Values = [.. Enumerable.Range(0, WhatIf.Intervals + 1).Select(point => setting.Min + ((end - setting.Min) * point / WhatIf.Intervals))];
    }

    public SettingDefinition Setting { get; }

    public CurveKind Kind { get; }

    public double[] Values { get; }

    /// <summary>Up to which value a face counts, by the program's own thresholds; minus infinity for never.</summary>
    public double Gate(in HistoryFace face, DetectorKind detector)
    {
        if (!Judgement.Counts(face.Confidence, face.Box, detector, _lowest))
        {
            return double.NegativeInfinity;
        }

        return Judgement.Counts(face.Confidence, face.Box, detector, _highest) ? double.PositiveInfinity
            : Setting.Key == nameof(AnalysisSettings.MinDetectionScore) ? face.Confidence
            : Math.Min(face.Box.Width, face.Box.Height);
    }

    /// <summary>Up to which value the program decides a face; minus infinity for never.</summary>
    public double Decision(MaskProbabilities probabilities) => Judgement.Label(probabilities, _lowest) == MaskLabel.Uncertain ? double.NegativeInfinity
        : Setting.Key == nameof(AnalysisSettings.MinClassProbability) ? Math.Max(probabilities.Mask, probabilities.NoMask)
        : Math.Abs(probabilities.Mask - probabilities.NoMask);

    /// <summary>The last point whose value is not above <paramref name="value"/>; -1 for none.</summary>
    public int LastUpTo(double value)
    {
        var found = Array.BinarySearch(Values, value);
        return found >= 0 ? found : ~found - 1;
    }
}
