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
    /// <summary>First day, inclusive; null for no start.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, inclusive; null for no end.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The site; null for all.</summary>
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
        Add("site", SiteId?.ToString(CultureInfo.InvariantCulture));
        Add("detector", Detector?.ToString().ToLowerInvariant());
        Add("reviewed", Reviewed switch { true => "yes", false => "no", null => null });
        Add("state", State?.ToString().ToLowerInvariant());
        Add("q", string.IsNullOrWhiteSpace(Search) ? null : Search.Trim());
        return query;

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
            SiteId = long.TryParse(Value("site"), NumberStyles.None, CultureInfo.InvariantCulture, out var site) ? site : null,
            Detector = Name<DetectorKind>("detector"),
            Reviewed = Value("reviewed") switch { "yes" => true, "no" => false, _ => null },
            State = Name<AnalysisState>("state"),
            Search = Value("q"),
        };

        string? Value(string key) => query.TryGetValue(key, out var values) && !string.IsNullOrWhiteSpace(values[0]) ? values[0]!.Trim() : null;

        DateOnly? Date(string key) =>
            DateOnly.TryParseExact(Value(key), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

        T? Name<T>(string key)
            where T : struct, Enum => Value(key) is { } value && !char.IsAsciiDigit(value[0]) && Enum.TryParse<T>(value, ignoreCase: true, out var parsed) ? parsed : null;
    }
}
