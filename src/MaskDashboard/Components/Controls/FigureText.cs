using System.Globalization;
using MaskDashboard.Localization;
using MaskDashboard.Vision;
using Microsoft.Extensions.Localization;

namespace MaskDashboard.Components.Controls;

/// <summary>How figures are written: with their unit and with what they are a part of.</summary>
public static class FigureText
{
    /// <summary>What stands where there is no figure.</summary>
    public const string None = "–";

    /// <summary>A share as whole per cent; a share that is not quite all is not rounded up to all, nor one above nothing down to nothing.</summary>
    /// <param name="share">0 to 1; null for no figure.</param>
    public static string Percent(double? share)
    {
        if (share is not { } value)
        {
            return None;
        }

        var rounded = Math.Round(value, 2, MidpointRounding.AwayFromZero);
        return value is > 0 and < 1 && rounded is 0 or 1
            ? value.ToString("P1", CultureInfo.CurrentCulture)
            : rounded.ToString("P0", CultureInfo.CurrentCulture);
    }

    /// <summary>Compliance; a range when faces are uncertain, for instance <c>67–75%</c>.</summary>
    /// <param name="figures">The counts.</param>
    public static string Compliance(ComplianceFigures figures)
    {
        var (low, high) = (Percent(figures.ComplianceLow), Percent(figures.ComplianceHigh));
        return low == high ? low : $"{low.TrimEnd('%')}{None}{high}";
    }

    /// <summary>What compliance is made of, for instance <c>412 of 473 faces, 31 uncertain</c>.</summary>
    /// <param name="localizer">The viewer's language.</param>
    /// <param name="figures">The counts.</param>
    public static string ComplianceParts(IStringLocalizer<Text> localizer, ComplianceFigures figures) => figures switch
    {
        { Faces: 0 } => localizer["no faces"],
        { Uncertain: 0 } => localizer["{0} of {1} faces with a mask", Number(figures.Mask), Number(figures.Faces)],
        _ => localizer["{0} of {1} faces with a mask, {2} uncertain", Number(figures.Mask), Number(figures.Faces), Number(figures.Uncertain)],
    };

    /// <summary>What the share of faces too close is made of.</summary>
    /// <param name="localizer">The viewer's language.</param>
    /// <param name="figures">The counts.</param>
    public static string TooCloseParts(IStringLocalizer<Text> localizer, ComplianceFigures figures) => figures.Faces == 0
        ? localizer["no faces"]
        : localizer["{0} of {1} faces nearer than the minimum distance", Number(figures.TooClose), Number(figures.Faces)];

    /// <summary>A whole number with separators.</summary>
    /// <param name="count">The number.</param>
    public static string Number(long count) => count.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>A probability with two decimals.</summary>
    /// <param name="probability">0 to 1.</param>
    public static string Probability(double probability) => probability.ToString("F2", CultureInfo.CurrentCulture);

    /// <summary>A distance with its unit; metres are an estimate and say so. Rounded down, so that nothing too close seems to reach the minimum.</summary>
    /// <param name="distance">In the rule's unit; null for none.</param>
    /// <param name="rule">Says which unit it is.</param>
    public static string Distance(double? distance, DistanceRule rule) => (distance, rule) switch
    {
        (null, _) => None,
        ({ } metres, DistanceRule.Metres) => string.Create(CultureInfo.CurrentCulture, $"≈{Math.Floor(metres * 100) / 100:N2} m"),
        ({ } pixels, _) => string.Create(CultureInfo.CurrentCulture, $"{Math.Floor(pixels):N0} px"),
    };

    /// <summary>Name of a distance rule, in English; the key of its translations.</summary>
    /// <param name="rule">The rule.</param>
    public static string Name(DistanceRule rule) => rule switch
    {
        DistanceRule.PixelsTopLeft => "Pixels, top-left corners",
        DistanceRule.PixelsCentre => "Pixels, centres",
        _ => "Metres, estimated",
    };

    /// <summary>Size of a file, in units of a thousand.</summary>
    /// <param name="bytes">Bytes.</param>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1000 => string.Create(CultureInfo.CurrentCulture, $"{bytes:N0} B"),
        < 1_000_000 => string.Create(CultureInfo.CurrentCulture, $"{bytes / 1e3:N0} KB"),
        _ => string.Create(CultureInfo.CurrentCulture, $"{bytes / 1e6:#,0.#} MB"),
    };

    /// <summary>A time span of inference.</summary>
    /// <param name="milliseconds">Milliseconds.</param>
    public static string Milliseconds(double milliseconds) => milliseconds < 10
        ? string.Create(CultureInfo.CurrentCulture, $"{milliseconds:N1} ms")
        : string.Create(CultureInfo.CurrentCulture, $"{milliseconds:N0} ms");
}
