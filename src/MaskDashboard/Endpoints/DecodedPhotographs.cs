using System.ComponentModel.DataAnnotations;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using MaskDashboard.Vision.Decoding;
using Microsoft.Extensions.Options;

namespace MaskDashboard.Endpoints;

/// <summary>How photographs are decoded for people who look at them. Section <c>Viewing</c>.</summary>
public sealed class ViewingOptions
{
    /// <summary>Photographs decoded at the same time; each may take 350 MB while it is. 1 to 16, default 2.</summary>
    [Range(1, 16)]
    public int DecodedAtOnce { get; set; } = 2;

    /// <summary>Decoded photographs kept for the next request, 150 MB each at most. 0 to 16, default 2.</summary>
    [Range(0, 16)]
    public int KeptPhotographs { get; set; } = 2;

    /// <summary>How long they are kept after their last use, seconds. 1 to 600, default 20.</summary>
    [Range(1, 600)]
    public int KeepSeconds { get; set; } = 20;
}

/// <summary>
/// Photographs decoded for people who look at them. A page asks for the crops of all faces at once: they are cut from one
/// decoding, which is kept for a moment.
/// </summary>
/// <param name="originals">Uploaded files.</param>
/// <param name="runtime">Decodes.</param>
/// <param name="options">How many, how long.</param>
/// <param name="clock">The time.</param>
public sealed class DecodedPhotographs(OriginalStore originals, VisionRuntime runtime, IOptions<ViewingOptions> options, TimeProvider clock) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _decoding = new(options.Value.DecodedAtOnce);
    private readonly Dictionary<string, Entry> _entries = [];
    private ITimer? _sweep;
    private bool _disposed;

    private TimeSpan Keep => TimeSpan.FromSeconds(options.Value.KeepSeconds);

    /// <summary>Photographs held at the moment.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>The pixels of an original. Whoever asks while it is decoded waits for the same decoding.</summary>
    /// <param name="sha256">Its hash.</param>
    /// <param name="cancellationToken">Stops waiting; the decoding goes on for others.</param>
    /// <returns>The pixels, until it is disposed.</returns>
    /// <exception cref="ImageRejectedException">The file cannot be decoded any more.</exception>
    /// <exception cref="IOException">The file is gone or cannot be read.</exception>
    public async Task<Lease> OpenAsync(string sha256, CancellationToken cancellationToken = default)
    {
        Entry entry;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_entries.TryGetValue(sha256, out entry!))
            {
                entry = new Entry(Task.Run(() => DecodeAsync(sha256), CancellationToken.None));
                _entries.Add(sha256, entry);
            }

            entry.Readers++;
        }

        try
        {
            return new Lease(await entry.Pixels.WaitAsync(cancellationToken), () => Release(sha256, entry));
        }
        catch
        {
            Release(sha256, entry);
            throw;
        }
    }

    /// <summary>The file of an original is another one from now on: whoever asks next gets that.</summary>
    /// <param name="sha256">Its hash.</param>
    public void Forget(string sha256)
    {
        lock (_gate)
        {
            if (_entries.Remove(sha256, out var entry) && entry.Readers == 0)
            {
                Free(entry);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _sweep?.Dispose();
            RemoveWhere(_ => true);
        }
    }

    private async Task<DecodedImage> DecodeAsync(string sha256)
    {
        await _decoding.WaitAsync();
        try
        {
            return runtime.Decoder.Decode(await File.ReadAllBytesAsync(originals.PathOf(sha256)));
        }
        finally
        {
            _decoding.Release();
        }
    }

    private void Release(string sha256, Entry entry)
    {
        lock (_gate)
        {
            entry.Readers--;
            entry.LastUsed = clock.GetUtcNow();
            if (entry.Readers == 0 && (_disposed || entry.Pixels.IsFaulted || _entries.GetValueOrDefault(sha256) != entry))
            {
                // A failure is not kept: the file may be back the next time. Nor is what was forgotten while it was read.
                Remove(sha256, entry);
                return;
            }

            var unused = _entries.Where(pair => pair.Value.Readers == 0).OrderByDescending(pair => pair.Value.LastUsed).Skip(options.Value.KeptPhotographs).ToList();
            unused.ForEach(pair => Remove(pair.Key, pair.Value));
            _sweep ??= clock.CreateTimer(_ => Sweep(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _sweep.Change(Keep, Timeout.InfiniteTimeSpan);
        }
    }

    private void Sweep()
    {
        lock (_gate)
        {
            var before = clock.GetUtcNow() - Keep;
            RemoveWhere(entry => entry.LastUsed <= before);
        }
    }

    // Those in use stay: their reader removes them.
    private void RemoveWhere(Func<Entry, bool> old)
    {
        foreach (var (sha256, entry) in _entries.Where(pair => pair.Value.Readers == 0 && old(pair.Value)).ToList())
        {
            Remove(sha256, entry);
        }
    }

    private void Remove(string sha256, Entry entry)
    {
        if (_entries.TryGetValue(sha256, out var held) && ReferenceEquals(held, entry))
        {
            _entries.Remove(sha256);
        }

        Free(entry);
    }

    // A reader that went away does not stop the decoding; its pixels are freed when they are there.
    private static void Free(Entry entry) => _ = entry.Pixels.ContinueWith(
        static pixels => pixels.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    /// <summary>A decoded photograph in use.</summary>
    /// <param name="image">The pixels; not to be changed.</param>
    /// <param name="release">Gives them back.</param>
    public sealed class Lease(DecodedImage image, Action release) : IDisposable
    {
        private Action? _release = release;

        /// <summary>The pixels; others may be reading them, nobody changes them.</summary>
        public DecodedImage Image { get; } = image;

        /// <summary>Gives the pixels back.</summary>
        public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
    }

    private sealed class Entry(Task<DecodedImage> pixels)
    {
        public Task<DecodedImage> Pixels { get; } = pixels;

        public int Readers { get; set; }

        public DateTimeOffset LastUsed { get; set; }
    }
}
