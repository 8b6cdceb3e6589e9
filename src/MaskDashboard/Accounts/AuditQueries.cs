using System.Globalization;
using MaskDashboard.Compliance;
using MaskDashboard.Exports;
using MaskDashboard.Storage;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Accounts;

/// <summary>Which entries of the audit log are wanted; also the query of their address.</summary>
/// <param name="Action">What they are about; null for anything.</param>
/// <param name="Who">Name of the account, or its beginning; null for anybody.</param>
/// <param name="From">First day, inclusive; null for the beginning.</param>
/// <param name="To">Last day, inclusive; null for today.</param>
public sealed record AuditFilter(AuditAction? Action = null, string? Who = null, DateOnly? From = null, DateOnly? To = null)
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>Reads a query; what cannot be read counts as absent.</summary>
    /// <param name="query">With or without its question mark.</param>
    public static AuditFilter Parse(string query)
    {
        var values = QueryHelpers.ParseQuery(query);
        return new AuditFilter(
            Enum.TryParse<AuditAction>(values.GetValueOrDefault("action"), ignoreCase: true, out var action) && Enum.IsDefined(action) ? action : null,
            values.GetValueOrDefault("who").ToString().Trim() is { Length: > 0 and <= 130 } who ? who : null,
            Day(values.GetValueOrDefault("from")),
            Day(values.GetValueOrDefault("to")));
    }

    /// <summary>A page's address with this filter.</summary>
    /// <param name="path">Path of the page.</param>
    /// <param name="more">Further parameters; those without a value are left away.</param>
    public string ToAddress(string path, params (string Name, string? Value)[] more)
    {
        var parameters = new List<(string Name, string? Value)>
        {
            ("action", Action?.ToString()),
            ("who", Who),
            ("from", From?.ToString(DayFormat, CultureInfo.InvariantCulture)),
            ("to", To?.ToString(DayFormat, CultureInfo.InvariantCulture)),
        };
        return QueryHelpers.AddQueryString(path, parameters.Concat(more).Where(parameter => parameter.Value is not null).ToDictionary(parameter => parameter.Name, parameter => parameter.Value));
    }

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

/// <summary>Reads the audit log.</summary>
/// <param name="contexts">Makes contexts.</param>
internal sealed class AuditQueries(IDbContextFactory<DashboardDbContext> contexts)
{
    private const int RowsAtOnce = 500;

    /// <summary>A page of entries, newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="zone">The time zone of days.</param>
    /// <param name="before">Only entries older than the one of this key; null for the newest.</param>
    /// <param name="count">How many at the most.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<AuditEntry>> PageAsync(AuditFilter filter, TimeZoneInfo zone, long? before, int count, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var entries = Filtered(context, filter, zone);
        if (before is { } key)
        {
            entries = entries.Where(entry => entry.Id < key);
        }

        return await entries.OrderByDescending(entry => entry.Id).Take(count).ToListAsync(cancellationToken);
    }

    /// <summary>Writes all entries as comma-separated values, newest first; times are UTC.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="zone">The time zone of days.</param>
    /// <param name="to">Where to.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task WriteCsvAsync(AuditFilter filter, TimeZoneInfo zone, Stream to, CancellationToken cancellationToken = default)
    {
        await using var writer = new StreamWriter(to, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        var csv = new CsvText();
        csv.Text("number").Text("timeUtc").Text("action").Text("who").Text("address").Text("details").EndRow();
        for (IReadOnlyList<AuditEntry> page = await PageAsync(filter, zone, null, RowsAtOnce, cancellationToken); page.Count > 0;)
        {
            foreach (var entry in page)
            {
                csv.Value<long>(entry.Id).Utc(entry.AtUtc).Text(entry.Action.ToString()).Text(entry.UserName).Text(entry.RemoteAddress).Text(entry.Details).EndRow();
            }

            await writer.WriteAsync(csv.Take().AsMemory(), cancellationToken);
            page = page.Count < RowsAtOnce ? [] : await PageAsync(filter, zone, page[^1].Id, RowsAtOnce, cancellationToken);
        }

        await writer.WriteAsync(csv.Take().AsMemory(), cancellationToken);
    }

    private static IQueryable<AuditEntry> Filtered(DashboardDbContext context, AuditFilter filter, TimeZoneInfo zone)
    {
        IQueryable<AuditEntry> entries = context.AuditEntries;
        if (filter.Action is { } action)
        {
            entries = entries.Where(entry => entry.Action == action);
        }

        if (filter.Who is { } who)
        {
            entries = entries.Where(entry => entry.UserName!.StartsWith(who));
        }

        if (filter.From is { } from)
        {
            var start = FilteredAnalyses.StartOfDayUtc(from, zone);
            entries = entries.Where(entry => entry.AtUtc >= start);
        }

        if (filter.To is { } to && to < DateOnly.MaxValue)
        {
            var end = FilteredAnalyses.StartOfDayUtc(to.AddDays(1), zone);
            entries = entries.Where(entry => entry.AtUtc < end);
        }

        return entries;
    }
}
