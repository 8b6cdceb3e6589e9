using MaskDashboard.Compliance;
using MaskDashboard.Queue;
using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Tuning;

/// <summary>
/// All current results in memory, so that a curve over a million faces takes no longer than a slider needs: about 70 MB for a million faces in 200,000 images.
/// It is read when somebody first asks, follows the news of the queue image by image, and is let go when nobody asked for a while. Thread-safe.
/// </summary>
public sealed class HistorySnapshot : IDisposable
{
    // Reading so many one by one would take longer than reading all.
    private const int MostReadApart = 2000;
    private static readonly TimeSpan _keptUnused = TimeSpan.FromMinutes(10);

    private readonly IDbContextFactory<DashboardDbContext> _contexts;
    private readonly TimeProvider _clock;
    private readonly IDisposable _subscription;
    private readonly ITimer _release;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Lock _newsGate = new();
    private HashSet<long> _changed = [];
    private HistoryImage[]? _images;
    private Dictionary<long, int> _positions = [];
    private long _lastUsed;

    /// <summary>Listens from now on; reads nothing yet.</summary>
    /// <param name="contexts">Makes contexts.</param>
    /// <param name="events">What the queue does.</param>
    /// <param name="clock">The time.</param>
    public HistorySnapshot(IDbContextFactory<DashboardDbContext> contexts, AnalysisEvents events, TimeProvider clock)
    {
        (_contexts, _clock) = (contexts, clock);
        _release = clock.CreateTimer(_ => ReleaseUnused(), null, _keptUnused, _keptUnused);
        _subscription = events.Subscribe(news =>
        {
            lock (_newsGate)
            {
                // Nothing in memory, nothing to bring up to date.
                if (_images is not null)
                {
                    _changed.Add(news.ImageId);
                }
            }
        });
    }

    /// <summary>The images with a finished current result that pass a filter, as they are now.</summary>
    /// <param name="filter">The filter; the state of the analysis does not matter.</param>
    /// <param name="zone">The viewer's time zone.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<HistoryImage>> ImagesAsync(ImageFilter filter, TimeZoneInfo zone, CancellationToken cancellationToken = default)
    {
        var images = await AllAsync(cancellationToken);
        if (filter with { State = null } is { IsEmpty: true })
        {
            return images;
        }

        // What is asked for most is answered here; the database answers the rest.
        var known = new ImageFilter { From = filter.From, To = filter.To, SiteId = filter.SiteId, Detector = filter.Detector, Reviewed = filter.Reviewed };
        if (filter with { State = null } != known)
        {
            await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
            var found = (await context.Filtered(filter with { State = AnalysisState.Done }, zone).Select(analysis => analysis.ImageId).ToListAsync(cancellationToken)).ToHashSet();
            return [.. images.Where(image => found.Contains(image.ImageId))];
        }

        var from = filter.From is { } first ? FilteredAnalyses.StartOfDayUtc(first, zone) : DateTime.MinValue;
        var to = filter.To is { } last ? FilteredAnalyses.StartOfDayUtc(last.AddDays(1), zone) : DateTime.MaxValue;
        return Array.FindAll(images, image =>
            image.CapturedAtUtc >= from
            && image.CapturedAtUtc < to
            && (filter.SiteId is null || image.SiteId == filter.SiteId)
            && (filter.Detector is null || image.Detector == filter.Detector)
            && (filter.Reviewed is null || image.Review != HistoryReview.None == filter.Reviewed));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _subscription.Dispose();
        _release.Dispose();
        _gate.Dispose();
    }

    private async Task<HistoryImage[]> AllAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            _lastUsed = _clock.GetTimestamp();
            HashSet<long> changed;
            HistoryImage[]? images;
            lock (_newsGate)
            {
                (changed, _changed, images) = (_changed, [], _images);
                // From here on news is kept: what happens while all is read may not be in it.
                _images ??= [];
            }

            if (images is not null && changed.Count == 0)
            {
                return images;
            }

            try
            {
                await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
                var whole = images is null || changed.Count > MostReadApart;
                var read = await Task.Run(() => HistoryFacesReader.ReadAsync(context, whole ? null : changed, cancellationToken), cancellationToken);
                images = whole ? [.. read] : Merge(images!, changed, read);
            }
            catch
            {
                lock (_newsGate)
                {
                    (_images, _changed) = (images, images is null ? [] : [.. _changed, .. changed]);
                }

                throw;
            }

            _positions = new Dictionary<long, int>(images.Length);
            for (var position = 0; position < images.Length; position++)
            {
                _positions[images[position].ImageId] = position;
            }

            lock (_newsGate)
            {
                _images = images;
            }

            return images;
        }
        finally
        {
            _gate.Release();
        }
    }

    // A new array: whoever reads the old one goes on undisturbed.
    private HistoryImage[] Merge(HistoryImage[] images, HashSet<long> changed, List<HistoryImage> read)
    {
        var fresh = read.ToDictionary(image => image.ImageId);
        var merged = (HistoryImage[])images.Clone();
        var gone = new List<int>();
        foreach (var imageId in changed)
        {
            if (_positions.TryGetValue(imageId, out var position))
            {
                if (fresh.Remove(imageId, out var now))
                {
                    merged[position] = now;
                }
                else
                {
                    gone.Add(position);
                }
            }
        }

        if (gone.Count == 0 && fresh.Count == 0)
        {
            return merged;
        }

        var leaving = gone.ToHashSet();
        return [.. merged.Where((_, position) => !leaving.Contains(position)), .. fresh.Values];
    }

    private void ReleaseUnused()
    {
        if (_gate.Wait(0))
        {
            try
            {
                if (_clock.GetElapsedTime(_lastUsed) >= _keptUnused)
                {
                    lock (_newsGate)
                    {
                        (_images, _changed, _positions) = (null, [], []);
                    }
                }
            }
            finally
            {
                _gate.Release();
            }
        }
    }
}
