using MaskDashboard.Compliance;
using MaskDashboard.Components.Charts;
using MaskDashboard.Components.Controls;
using Microsoft.AspNetCore.WebUtilities;

namespace MaskDashboard.Components.Pages;

/// <summary>What the address of the overview says.</summary>
/// <param name="Filter">The filter; the last thirty days where the address names no time.</param>
/// <param name="Step">Length of a bar; null for the one that suits the period.</param>
/// <param name="Heat">What the table of weekdays and hours shows.</param>
public sealed record OverviewView(ImageFilter Filter, ChartStep? Step, ChartMeasure Heat)
{
    private const string DefaultPeriod = "days30";

    /// <summary>What an address without a query shows.</summary>
    /// <param name="today">The viewer's today.</param>
    public static ImageFilter DefaultFilter(DateOnly today) => FilterPeriod.Apply(new ImageFilter(), DefaultPeriod, today, today);

    /// <summary>Reads an address. What cannot be read is left out.</summary>
    /// <param name="queryString">With or without the leading question mark.</param>
    /// <param name="today">The viewer's today.</param>
    public static OverviewView Parse(string queryString, DateOnly today)
    {
        var query = QueryHelpers.ParseQuery(queryString);
        // Figures are of finished analyses, and a name is nothing to count by.
        var filter = ImageFilter.Parse(queryString) with { State = null, Search = null };
        if (HasNoTime(filter) && Word("period") != FilterPeriod.Any)
        {
            filter = FilterPeriod.Apply(filter, DefaultPeriod, today, today);
        }

        return new OverviewView(filter, Name<ChartStep>("step"), Name<ChartMeasure>("heat") is { } heat and not ChartMeasure.Labels ? heat : ChartMeasure.Compliance);

        string? Word(string key) => query.TryGetValue(key, out var values) ? values[0]?.Trim() : null;

        T? Name<T>(string key)
            where T : struct, Enum => Word(key) is { Length: > 0 } word && char.IsAsciiLetter(word[0]) && Enum.TryParse<T>(word, ignoreCase: true, out var value) ? value : null;
    }

    /// <summary>The address of this view; it shows the same on another day, to another person.</summary>
    public string ToAddress()
    {
        var query = new Dictionary<string, string?>(Filter.ToQuery());
        if (HasNoTime(Filter))
        {
            query["period"] = FilterPeriod.Any;
        }

        if (Step is { } step)
        {
            query["step"] = step.ToString().ToLowerInvariant();
        }

        if (Heat != ChartMeasure.Compliance)
        {
            query["heat"] = Heat.ToString().ToLowerInvariant();
        }

        return QueryHelpers.AddQueryString("/", query);
    }

    private static bool HasNoTime(ImageFilter filter) => filter is { From: null, To: null, SinceUtc: null, UntilUtc: null };
}
