using MaskDashboard.Vision;

namespace MaskDashboard.Api;

/// <summary>A query parameter as the OpenAPI document describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does.</param>
/// <param name="Type">JSON type: string, integer or boolean.</param>
/// <param name="Format">OpenAPI format; null for none.</param>
/// <param name="Values">The words it takes; null for any.</param>
internal sealed record ApiParameter(string Name, string Description, string Type = "string", string? Format = null, IReadOnlyList<string>? Values = null)
{
    /// <summary>The filter's, the same words as in the addresses of pages.</summary>
    public static IReadOnlyList<ApiParameter> Filter { get; } =
    [
        new("from", "First day, inclusive: a calendar day in the time zone.", Format: "date"),
        new("to", "Last day, inclusive.", Format: "date"),
        new("since", "First moment, on a quarter hour, inclusive: narrower than from.", Format: "date-time"),
        new("until", "Moment after the last, on a quarter hour, exclusive.", Format: "date-time"),
        new("weekday", "Weekday in the time zone.", Values: [.. Enum.GetNames<DayOfWeek>().Select(name => name.ToLowerInvariant())]),
        new("hour", "Hour of the day in the time zone, 0 to 23.", "integer", "int32"),
        new("site", "Number of a site, see /api/v1/sites; 0 for images without one.", "integer", "int64"),
        new("detector", "The engine of the current result.", Values: [.. Enum.GetNames<DetectorKind>().Select(name => name.ToLowerInvariant())]),
        new("reviewed", "Whether a person marked the image as reviewed.", Values: ["yes", "no"]),
        new("state", "Where the analysis stands.", Values: [.. Enum.GetNames<Storage.AnalysisState>().Select(name => name.ToLowerInvariant())]),
        new("q", "Part of the file name or of the site's name, compared without case."),
        TimeZone,
    ];

    /// <summary>The time zone of calendar days.</summary>
    public static ApiParameter TimeZone => new("timeZone", "IANA name of the time zone that days are counted in, for instance Asia/Seoul. Default UTC.");
}

/// <summary>The query parameters of a route.</summary>
/// <param name="Parameters">The parameters.</param>
internal sealed record ApiParameters(IReadOnlyList<ApiParameter> Parameters);
