using System.Globalization;
using MaskDashboard.Compliance;
using MaskDashboard.Components.Controls;
using MaskDashboard.Localization;
using Microsoft.Extensions.Localization;

namespace MaskDashboard.Components.Charts;

/// <summary>How measures are named and written, always with what they are a part of.</summary>
public static class MeasureText
{
    /// <summary>Name of a measure.</summary>
    /// <param name="localizer">The viewer's language.</param>
    /// <param name="measure">The measure.</param>
    public static string Title(IStringLocalizer<Text> localizer, ChartMeasure measure) => measure switch
    {
        ChartMeasure.Compliance => localizer["Mask compliance"],
        ChartMeasure.Labels => localizer["Faces by label"],
        ChartMeasure.TooClose => localizer["Distance violations"],
        _ => localizer["Faces per photograph"],
    };

    /// <summary>What the numbers of a measure's axis are.</summary>
    /// <param name="localizer">The viewer's language.</param>
    /// <param name="measure">The measure.</param>
    public static string Unit(IStringLocalizer<Text> localizer, ChartMeasure measure) => measure switch
    {
        ChartMeasure.Compliance => localizer["% of faces"],
        ChartMeasure.Labels => localizer["faces"],
        ChartMeasure.TooClose => localizer["% of people in pairs"],
        _ => localizer["faces"],
    };

    /// <summary>The figure; a dash where there is nothing to count.</summary>
    /// <param name="measure">The measure.</param>
    /// <param name="figures">The counts.</param>
    public static string Value(ChartMeasure measure, PeriodFigures figures) => measure switch
    {
        ChartMeasure.Compliance => FigureText.Compliance(figures.Faces),
        ChartMeasure.Labels => FigureText.Number(figures.Faces.Faces),
        ChartMeasure.TooClose => FigureText.Percent(figures.TooCloseShare),
        _ => Each(figures.FacesEach),
    };

    /// <summary>What a figure is made of, with its denominator.</summary>
    /// <param name="localizer">The viewer's language.</param>
    /// <param name="measure">The measure.</param>
    /// <param name="figures">The counts.</param>
    public static string Parts(IStringLocalizer<Text> localizer, ChartMeasure measure, PeriodFigures figures) => measure switch
    {
        ChartMeasure.Compliance => FigureText.ComplianceParts(localizer, figures.Faces),
        ChartMeasure.Labels => localizer["{0} with a mask, {1} uncertain, {2} without", FigureText.Number(figures.Faces.Mask), FigureText.Number(figures.Faces.Uncertain), FigureText.Number(figures.Faces.NoMask)],
        ChartMeasure.TooClose when figures.FacesInPairs == 0 => localizer["nobody in pairs"],
        ChartMeasure.TooClose => localizer["{0} of {1} people in pairs", FigureText.Number(figures.Faces.TooClose), FigureText.Number(figures.FacesInPairs)],
        _ => localizer["{0} faces on {1} photographs", FigureText.Number(figures.Faces.Faces), FigureText.Number(figures.Images)],
    };

    /// <summary>The figure as a share or a number for a chart; null where there is nothing to count.</summary>
    /// <param name="measure">The measure.</param>
    /// <param name="figures">The counts.</param>
    public static double? Height(ChartMeasure measure, PeriodFigures figures) => measure switch
    {
        ChartMeasure.Compliance => figures.Faces.ComplianceHigh,
        ChartMeasure.Labels => figures.Faces.Faces == 0 ? null : figures.Faces.Faces,
        ChartMeasure.TooClose => figures.TooCloseShare,
        _ => figures.FacesEach,
    };

    /// <summary>A figure of an axis.</summary>
    /// <param name="measure">The measure.</param>
    /// <param name="value">A share or a number.</param>
    public static string Axis(ChartMeasure measure, double value) => measure switch
    {
        ChartMeasure.Compliance or ChartMeasure.TooClose => value.ToString("P0", CultureInfo.CurrentCulture),
        _ => value.ToString("#,0.##", CultureInfo.CurrentCulture),
    };

    /// <summary>How a figure differs from the one of the time before; plain words, no praise and no blame. Null when there is no time before.</summary>
    /// <param name="localizer">The viewer's language.</param>
    /// <param name="measure">The measure.</param>
    /// <param name="now">The period.</param>
    /// <param name="before">The period before.</param>
    public static string? Change(IStringLocalizer<Text> localizer, ChartMeasure measure, PeriodFigures now, PeriodFigures? before)
    {
        if (before is not { } past)
        {
            return null;
        }

        var (later, earlier) = measure switch
        {
            ChartMeasure.Compliance => (now.Faces.Compliance, past.Faces.Compliance),
            ChartMeasure.TooClose => (now.TooCloseShare, past.TooCloseShare),
            _ => (now.FacesEach, past.FacesEach),
        };
        if (earlier is null)
        {
            return localizer["nothing in the period before"];
        }

        var value = Value(measure, past);
        if (later is null)
        {
            return localizer["{0} in the period before", value];
        }

        var difference = later.Value - earlier.Value;
        return measure == ChartMeasure.FacesEach
            ? localizer["{0}; {1} in the period before", Signed(difference, "0.0"), value]
            : localizer["{0} points; {1} in the period before", Signed(difference * 100, "0.#"), value];
    }

    /// <summary>A mean with one decimal.</summary>
    /// <param name="mean">The mean; null for none.</param>
    public static string Each(double? mean) => mean?.ToString("#,0.0", CultureInfo.CurrentCulture) ?? FigureText.None;

    private static string Signed(double value, string format) =>
        value.ToString($"+{format};\u2212{format};±0", CultureInfo.CurrentCulture);
}
