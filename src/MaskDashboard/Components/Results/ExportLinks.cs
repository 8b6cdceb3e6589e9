using MaskDashboard.Compliance;
using Microsoft.AspNetCore.WebUtilities;

namespace MaskDashboard.Components.Results;

/// <summary>Addresses of exports.</summary>
public static class ExportLinks
{
    /// <summary>The formats, as in their addresses.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["csv", "json", "coco"];

    /// <summary>The export of what a filter shows.</summary>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="zone">The viewer's time zone.</param>
    public static string Address(string format, ImageFilter filter, TimeZoneInfo zone) =>
        QueryHelpers.AddQueryString(filter.ToAddress($"/api/v1/exports/{format}"), "timeZone", zone.Id);
}
