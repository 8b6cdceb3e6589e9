using System.Globalization;
using MaskDashboard.Compliance;
using MaskDashboard.Components.Viewer;
using MaskDashboard.Localization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace MaskDashboard.Components.Charts;

/// <summary>One measure over time. It reads nothing itself and needs no circuit but for its table.</summary>
public sealed partial class TimeChart
{
    private const int TimesShown = 6;
    private static readonly double[] _niceSteps = [1, 2, 3, 4, 5, 6, 8, 10];

    private readonly string _id = $"chart-{Guid.NewGuid():N}";
    private bool _asTable;
    private double _top = 1;
    private TimeSlot? _entry;
    private IReadOnlyList<Mark> _marks = [];

    /// <summary>The viewer's language.</summary>
    [Inject]
    public required IStringLocalizer<Text> L { get; init; }

    /// <summary>The viewer's clock.</summary>
    [Inject]
    public required ViewerTime Time { get; init; }

    /// <summary>What is shown.</summary>
    [Parameter, EditorRequired]
    public ChartMeasure Measure { get; set; }

    /// <summary>The figures.</summary>
    [Parameter, EditorRequired]
    public required PeriodOverview Overview { get; set; }

    /// <summary>The filter they passed; links keep it.</summary>
    [Parameter, EditorRequired]
    public required ImageFilter Filter { get; set; }

    /// <summary>Whether it stands on paper: nothing to press.</summary>
    [Parameter]
    public bool Printed { get; set; }

    private bool IsEmpty => _entry is null;

    private string TotalWords => MeasureText.Parts(L, Measure, Overview.Total);

    private string Summary => L[
        "{0} from {1} to {2}: {3}. Arrow keys go from bar to bar, Enter opens its photographs; the table has the same figures.",
        MeasureText.Title(L, Measure),
        SlotText.Name(L, Time, Overview.Slots[0], Overview.Step),
        SlotText.Name(L, Time, Overview.Slots[^1], Overview.Step),
        TotalWords];

    private IEnumerable<(string Look, string Words)> Legend => Measure switch
    {
        ChartMeasure.Compliance => [("seg-mask", L["at least"]), ("seg-maybe", L["if uncertain faces wear a mask"])],
        ChartMeasure.Labels => [("seg-mask", L["Mask"]), ("seg-uncertain", L["Uncertain"]), ("seg-no-mask", L["No mask"])],
        _ => [],
    };

    private IEnumerable<(double Left, string Words)> TimeLabels
    {
        get
        {
            var count = Overview.Slots.Count;
            var every = Math.Max(1, (count + TimesShown - 1) / TimesShown);
            return Enumerable.Range(0, count).Where(index => index % every == 0)
                .Select(index => ((index + 0.5) / count, SlotText.Short(Overview.Slots[index], Overview.Step)));
        }
    }

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        _entry = Overview.Slots.FirstOrDefault(HasFigures);
        var highest = Overview.Slots.Max(slot => MeasureText.Height(Measure, slot.Figures)) ?? 0;
        _top = Measure == ChartMeasure.Compliance ? 1 : NiceTop(highest, Measure == ChartMeasure.TooClose ? 0.1 : 1);
        _marks = [.. Overview.Marks.Select(mark => new Mark(PositionOf(mark.AtUtc), SlotText.Short(L, mark), SlotText.Name(L, Time, mark)))];
    }

    /// <summary>The least round number that is not below the highest bar.</summary>
    /// <param name="highest">The highest bar.</param>
    /// <param name="least">The top of a chart of low bars.</param>
    internal static double NiceTop(double highest, double least)
    {
        if (highest <= least)
        {
            return least;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(highest)));
        return _niceSteps.First(step => step * power >= highest - 1e-9) * power;
    }

    private static string Css(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture);

    private bool HasFigures(TimeSlot slot) => MeasureText.Height(Measure, slot.Figures) is not null;

    // A calendar step is a filter people can read; an hour is two moments.
    private string Address(TimeSlot slot)
    {
        var lastDay = DateOnly.FromDateTime(Time.ToLocal(slot.EndUtc.AddTicks(-1)));
        return (Overview.Step == ChartStep.Hour
            ? Filter with { From = null, To = null, SinceUtc = slot.StartUtc, UntilUtc = slot.EndUtc }
            : Filter with { From = DateOnly.FromDateTime(slot.LocalStart), To = lastDay }).ToAddress("/history");
    }

    private string Describe(TimeSlot slot) =>
        $"{SlotText.Name(L, Time, slot, Overview.Step)}: {MeasureText.Value(Measure, slot.Figures)} · {MeasureText.Parts(L, Measure, slot.Figures)}";

    private IEnumerable<(string Look, double Share)> Segments(PeriodFigures figures) => Measure switch
    {
        ChartMeasure.Compliance => [("seg-mask", figures.Faces.ComplianceLow ?? 0), ("seg-maybe", (figures.Faces.ComplianceHigh - figures.Faces.ComplianceLow) ?? 0)],
        ChartMeasure.Labels => [("seg-mask", figures.Faces.Mask / _top), ("seg-uncertain", figures.Faces.Uncertain / _top), ("seg-no-mask", figures.Faces.NoMask / _top)],
        ChartMeasure.TooClose => [("seg-close", (figures.TooCloseShare ?? 0) / _top)],
        _ => [("seg-plain", (figures.FacesEach ?? 0) / _top)],
    };

    private double PositionOf(DateTime utc)
    {
        var index = Math.Max(0, Overview.Slots.Count(slot => slot.StartUtc <= utc) - 1);
        var slot = Overview.Slots[index];
        return 100 * (index + (utc - slot.StartUtc) / (slot.EndUtc - slot.StartUtc)) / Overview.Slots.Count;
    }

    // Left is in per cent of the width.
    private sealed record Mark(double Left, string Short, string Words);
}
