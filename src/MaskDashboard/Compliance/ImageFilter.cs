using System.Globalization;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.AspNetCore.WebUtilities;

namespace MaskDashboard.Compliance;

/// <summary>
/// The one filter behind figures, charts, history and exports. It lives in the address of the page, so a view can be
/// bookmarked and shared; dates are calendar days in the viewer's time zone.
/// </summary>
public sealed record ImageFilter
{
    private const string MomentFormat = "yyyy-MM-dd'T'HH:mm'Z'";

    /// <summary>First day, inclusive; null for no start.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, inclusive; null for no end.</summary>
    public DateOnly? To { get; init; }

    /// <summary>First moment, UTC, inclusive, on a quarter hour: narrower than <see cref="From"/>, for one bar of a chart; null for no such limit.</summary>
    public DateTime? SinceUtc { get; init; }

    /// <summary>First moment after the period, UTC, exclusive, on a quarter hour; null for no such limit.</summary>
    public DateTime? UntilUtc { get; init; }

    /// <summary>Weekday in the viewer's time zone; null for all.</summary>
    public DayOfWeek? Weekday { get; init; }

    /// <summary>Hour of the day in the viewer's time zone, 0 to 23; null for all.</summary>
    public int? Hour { get; init; }

    /// <summary>The site; 0 for photographs without one, null for all.</summary>
    public long? SiteId { get; init; }

    /// <summary>The detector; null for both.</summary>
    public DetectorKind? Detector { get; init; }

    /// <summary>True for reviewed images only, false for unreviewed only, null for both.</summary>
    public bool? Reviewed { get; init; }

    /// <summary>The state of the analysis; null for all.</summary>
    public AnalysisState? State { get; init; }

    /// <summary>Part of the file name or site name, compared without case; null for all.</summary>
    public string? Search { get; init; }

    /// <summary>Whether nothing is filtered.</summary>
    public bool IsEmpty => this == new ImageFilter();

    /// <summary>The filter as query parameters, empty ones left out; the inverse of <see cref="Parse"/>.</summary>
    public IReadOnlyDictionary<string, string?> ToQuery()
    {
        var query = new Dictionary<string, string?>();
        Add("from", From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Add("to", To?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Add("since", Moment(SinceUtc));
        Add("until", Moment(UntilUtc));
        Add("weekday", Weekday?.ToString().ToLowerInvariant());
        Add("hour", Hour?.ToString(CultureInfo.InvariantCulture));
        Add("site", SiteId?.ToString(CultureInfo.InvariantCulture));
        Add("detector", Detector?.ToString().ToLowerInvariant());
        Add("reviewed", Reviewed switch { true => "yes", false => "no", null => null });
        Add("state", State?.ToString().ToLowerInvariant());
        Add("q", string.IsNullOrWhiteSpace(Search) ? null : Search.Trim());
        return query;

        static string? Moment(DateTime? utc) => utc?.ToString(MomentFormat, CultureInfo.InvariantCulture);

        void Add(string key, string? value)
        {
            if (value is not null)
            {
                query[key] = value;
            }
        }
    }

    /// <summary>Puts the filter behind a path, for instance <c>/history?site=3</c>.</summary>
    /// <param name="path">The page.</param>
    public string ToAddress(string path) => QueryHelpers.AddQueryString(path, ToQuery());

    /// <summary>Reads a filter from a query string. What cannot be read is left out, so that an old bookmark still opens.</summary>
    /// <param name="queryString">With or without the leading question mark.</param>
    public static ImageFilter Parse(string queryString)
    {
        var query = QueryHelpers.ParseQuery(queryString);
        return new ImageFilter
        {
            From = Date("from"),
            To = Date("to"),
            SinceUtc = Moment("since", up: false),
            UntilUtc = Moment("until", up: true),
            Weekday = Name<DayOfWeek>("weekday"),
            Hour = int.TryParse(Value("hour"), NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && hour < 24 ? hour : null,
            SiteId = long.TryParse(Value("site"), NumberStyles.None, CultureInfo.InvariantCulture, out var site) ? site : null,
            Detector = Name<DetectorKind>("detector"),
            Reviewed = Value("reviewed") switch { "yes" => true, "no" => false, _ => null },
            State = Name<AnalysisState>("state"),
            Search = Value("q"),
        };

        string? Value(string key) => query.TryGetValue(key, out var values) && !string.IsNullOrWhiteSpace(values[0]) ? values[0]!.Trim() : null;

        // Whole quarter hours, because figures are kept by them: charts and lists agree on what is inside.
        DateTime? Moment(string key, bool up) =>
            DateTime.TryParseExact(Value(key), MomentFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var utc)
            && utc.Year is > 1 and < 9999
                ? QuarterHour.StartUtc(up ? QuarterHour.From(utc) : QuarterHour.Of(utc))
                : null;

        DateOnly? Date(string key) =>
            DateOnly.TryParseExact(Value(key), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

        T? Name<T>(string key)
            where T : struct, Enum => Value(key) is { } value && !char.IsAsciiDigit(value[0]) && Enum.TryParse<T>(value, ignoreCase: true, out var parsed) ? parsed : null;
    }
}
