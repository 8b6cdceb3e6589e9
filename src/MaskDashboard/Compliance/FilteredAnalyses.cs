using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Compliance;

/// <summary>Turns an <see cref="ImageFilter"/> into a query.</summary>
public static class FilteredAnalyses
{
    /// <summary>The current analyses that pass a filter.</summary>
    /// <param name="context">The database.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="zone">The viewer's time zone, for calendar days.</param>
    public static IQueryable<ImageAnalysis> Filtered(this DashboardDbContext context, ImageFilter filter, TimeZoneInfo zone)
    {
        var query = context.Analyses.Where(analysis => analysis.IsCurrent);
        if (filter.From is { } from)
        {
            var start = StartOfDayUtc(from, zone);
            query = query.Where(analysis => analysis.CapturedAtUtc >= start);
        }

        if (filter.To is { } to)
        {
            var end = StartOfDayUtc(to.AddDays(1), zone);
            query = query.Where(analysis => analysis.CapturedAtUtc < end);
        }

        if (filter.SiteId is { } site)
        {
            query = query.Where(analysis => analysis.SiteId == site);
        }

        if (filter.Detector is { } detector)
        {
            query = query.Where(analysis => analysis.Detector == detector);
        }

        if (filter.State is { } state)
        {
            query = query.Where(analysis => analysis.State == state);
        }

        if (filter.Reviewed is { } reviewed)
        {
            query = query.Where(analysis => analysis.ReviewedAtUtc != null == reviewed);
        }

        if (!string.IsNullOrWhiteSpace(filter.Search))
        {
            var pattern = "%" + filter.Search.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";
            query = query.Where(analysis => EF.Functions.Like(analysis.Image!.FileName, pattern, "\\") || EF.Functions.Like(analysis.Image.Site!.Name, pattern, "\\"));
        }

        return query;
    }

    /// <summary>The first moment of a calendar day, UTC; where the clocks skip midnight, the first that exists.</summary>
    /// <param name="day">The day.</param>
    /// <param name="zone">The time zone.</param>
    public static DateTime StartOfDayUtc(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        return TimeZoneInfo.ConvertTimeToUtc(local, zone);
    }
}
