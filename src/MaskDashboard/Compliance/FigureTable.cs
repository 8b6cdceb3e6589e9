using System.Runtime.InteropServices;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Compliance;

/// <summary>A row of <see cref="FigureRollup"/> in memory.</summary>
/// <param name="Quarter">Its quarter hour.</param>
/// <param name="Detector">The engine.</param>
/// <param name="Reviewed">Whether the photographs are reviewed.</param>
/// <param name="Figures">The counts.</param>
internal readonly record struct FigureRow(long Quarter, DetectorKind Detector, bool Reviewed, PeriodFigures Figures);

/// <summary>
/// A copy of <see cref="FigureRollup"/> in memory, 40 bytes a row, which answers for any period in milliseconds. Each reading first
/// fetches the rows that were written since the last one.
/// </summary>
/// <param name="contexts">Makes contexts.</param>
public sealed class FigureTable(IDbContextFactory<DashboardDbContext> contexts) : IDisposable
{
    private static readonly Comparer<FigureRow> _order = Comparer<FigureRow>.Create((one, other) =>
        (one.Quarter, one.Detector, one.Reviewed).CompareTo((other.Quarter, other.Detector, other.Reviewed)));

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly SortedDictionary<long, List<FigureRow>> _sites = [];
    private long _version;

    /// <inheritdoc />
    public void Dispose() => _gate.Dispose();

    /// <summary>Reads the table as the database has it now.</summary>
    /// <param name="read">Reads; must not keep what it is given.</param>
    /// <param name="cancellationToken">Stops.</param>
    internal async Task<T> ReadAsync<T>(Func<FigureRows, T> read, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await RefreshAsync(cancellationToken);
            return read(new FigureRows(_sites));
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var version = _version;
        var changed = context.FigureRollups.Where(row => row.Version > version);
        // In order the whole table is put in quickly; a few changes are found by their version, which an order would make the database forget.
        var written = (version > 0 ? changed : changed.OrderBy(row => row.SiteId).ThenBy(row => row.Quarter).ThenBy(row => row.Detector).ThenBy(row => row.Reviewed))
            .Select(row => new { row.SiteId, row.Version, Row = new FigureRow(row.Quarter, row.Detector, row.Reviewed, new PeriodFigures(row.Images, new ComplianceFigures(row.Mask, row.NoMask, row.Uncertain, row.TooClose), row.FacesInPairs)) })
            .AsAsyncEnumerable();
        // Putting a row in twice does no harm: a reading that was stopped begins again.
        var latest = version;
        await foreach (var change in written.WithCancellation(cancellationToken))
        {
            Put(change.SiteId, change.Row);
            latest = Math.Max(latest, change.Version);
        }

        _version = latest;
    }

    private void Put(long siteId, FigureRow row)
    {
        if (!_sites.TryGetValue(siteId, out var rows))
        {
            _sites[siteId] = rows = [];
        }

        var index = rows.Count == 0 || _order.Compare(rows[^1], row) < 0 ? ~rows.Count : rows.BinarySearch(row, _order);
        if (index >= 0 && row.Figures.Images > 0)
        {
            rows[index] = row;
        }
        else if (index >= 0)
        {
            rows.RemoveAt(index);
        }
        else if (row.Figures.Images > 0)
        {
            rows.Insert(~index, row);
        }
    }
}

/// <summary>The rows of a <see cref="FigureTable"/> while it is read.</summary>
/// <param name="sites">By site, each in the order of time.</param>
internal readonly struct FigureRows(SortedDictionary<long, List<FigureRow>> sites)
{
    /// <summary>The sites that have rows, <see cref="FigureRollup.NoSite"/> included.</summary>
    public IEnumerable<long> Sites => sites.Where(site => site.Key != FigureRollup.AllSites && site.Value.Count > 0).Select(site => site.Key);

    /// <summary>A site's rows of a period, in the order of time; the quarter hour that the start lies in is whole.</summary>
    /// <param name="siteId">The site, <see cref="FigureRollup.NoSite"/> or <see cref="FigureRollup.AllSites"/>.</param>
    /// <param name="period">The period.</param>
    public ReadOnlySpan<FigureRow> Of(long siteId, UtcPeriod period)
    {
        if (!sites.TryGetValue(siteId, out var rows))
        {
            return [];
        }

        var all = CollectionsMarshal.AsSpan(rows);
        var first = period.StartUtc is { } start ? IndexOf(all, QuarterHour.Of(start)) : 0;
        var last = period.EndUtc is { } end ? IndexOf(all, QuarterHour.From(end)) : all.Length;
        return first < last ? all[first..last] : [];
    }

    // The first row at a quarter hour or after it.
    private static int IndexOf(ReadOnlySpan<FigureRow> rows, long quarter)
    {
        var (low, high) = (0, rows.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = rows[middle].Quarter < quarter ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
