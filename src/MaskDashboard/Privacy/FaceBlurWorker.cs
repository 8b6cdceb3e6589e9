using System.Threading.Channels;
using MaskDashboard.Queue;
using MaskDashboard.Storage;

namespace MaskDashboard.Privacy;

/// <summary>Keeps stored photographs as the rule of face blur says: all at the start, after a change of the rule and every hour, one when something happened to it.</summary>
/// <param name="blurring">Blurs.</param>
/// <param name="analyses">Tells what happened.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">Log.</param>
public sealed partial class FaceBlurWorker(FaceBlurring blurring, AnalysisEvents analyses, TimeProvider clock, ILogger<FaceBlurWorker> logger) : BackgroundService
{
    private const long All = 0;
    private static readonly TimeSpan s_every = TimeSpan.FromHours(1);
    private readonly Channel<long> _images = Channel.CreateUnbounded<long>();

    /// <summary>Looks at all photographs soon.</summary>
    public void Wake() => _images.Writer.TryWrite(All);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var news = analyses.Subscribe(analysis =>
        {
            if (analysis.State == AnalysisState.Done)
            {
                _images.Writer.TryWrite(analysis.ImageId);
            }
        });
        await using var timer = clock.CreateTimer(_ => Wake(), null, TimeSpan.Zero, s_every);
        while (await _images.Reader.WaitToReadAsync(stoppingToken))
        {
            var images = new HashSet<long>();
            while (_images.Reader.TryRead(out var image))
            {
                images.Add(image);
            }

            try
            {
                await blurring.ApplyAsync(images.Contains(All) ? null : images, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // A full disk, a busy database, a file that went meanwhile, one that the networks fail on: the next hour tries again.
                LogFailed(logger, exception);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Faces of a stored photograph could not be blurred; it is tried again within the hour")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
