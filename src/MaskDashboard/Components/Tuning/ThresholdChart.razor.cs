using System.Globalization;
using MaskDashboard.Components.Controls;
using MaskDashboard.Localization;
using MaskDashboard.Settings;
using MaskDashboard.Tuning;
using MaskDashboard.Vision;
using Microsoft.AspNetCore.Components;

namespace MaskDashboard.Components.Tuning;

/// <summary>Shares of faces along one setting. A click on the plot tries that value; the slider does the same by keyboard.</summary>
public sealed partial class ThresholdChart
{
    private const int PlotWidth = 1000;
    private const int PlotHeight = 180;
    private static readonly double[] _gridShares = [0, 0.25, 0.5, 0.75, 1];

    /// <summary>The setting along which the curve runs.</summary>
    [Parameter, EditorRequired]
    public required SettingDefinition Setting { get; set; }

    /// <summary>The curve; two points at least.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<WhatIfPoint> Points { get; set; }

    /// <summary>The value saved.</summary>
    [Parameter, EditorRequired]
    public double Saved { get; set; }

    /// <summary>The value tried.</summary>
    [Parameter, EditorRequired]
    public double Tried { get; set; }

    /// <summary>Somebody wants to try another value.</summary>
    [Parameter]
    public EventCallback<double> OnChoose { get; set; }

    private double First => Points[0].Value;

    private double Last => Points[^1].Value;

    private double Step => (double)PlotWidth / (Points.Count - 1);

    private string Summary => L["Mask compliance and faces too close along {0} from {1} to {2}; the table below has the same figures", L[Setting.Label].Value, Write(First), Write(Last)];

    private string Band
    {
        get
        {
            var known = Points.Where(point => point.Figures.Faces > 0).ToList();
            return string.Join(' ', known.Select(point => At(point.Value, point.Figures.ComplianceHigh!.Value))
                .Concat(known.AsEnumerable().Reverse().Select(point => At(point.Value, point.Figures.ComplianceLow!.Value))));
        }
    }

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static double Y(double share) => 1 + ((PlotHeight - 2) * (1 - share));

    private double X(double value) => PlotWidth * Math.Clamp((value - First) / (Last - First), 0, 1);

    private string At(double value, double share) => $"{N(X(value))},{N(Y(share))}";

    private string Line(Func<ComplianceFigures, double?> share) =>
        string.Join(' ', Points.Select(point => (point.Value, Share: share(point.Figures))).Where(point => point.Share is not null).Select(point => At(point.Value, point.Share!.Value)));

    private string Write(double value) => Setting.Write(Setting.Fit(value), CultureInfo.CurrentCulture);

    private string Describe(WhatIfPoint point) =>
        $"{Write(point.Value)}: {L["Mask compliance"].Value} {FigureText.Compliance(point.Figures)} · {L["Too close"].Value} {FigureText.Percent(point.Figures.TooCloseRate)} · {L.Count(point.Figures.Faces, "{0} face", "{0} faces")}";
}
