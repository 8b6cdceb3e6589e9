using System.Diagnostics;
using MaskDashboard.Vision.Decoding;

namespace MaskDashboard.Cli.Input;

/// <summary>A file after decoding.</summary>
/// <param name="File">The file.</param>
/// <param name="Image">Its pixels; null when it could not be used. Whoever receives it disposes it.</param>
/// <param name="Failure">Why it could not be used, in a sentence; null otherwise.</param>
/// <param name="DecodeMilliseconds">How long reading and decoding took.</param>
public sealed record DecodedFile(ImageFile File, DecodedImage? Image, string? Failure, double DecodeMilliseconds);

/// <summary>Decodes files one after the other.</summary>
/// <param name="options">Limits.</param>
public sealed class DecodedFiles(DecodingOptions options)
{
    private readonly ImageDecoder _decoder = new(options);

    /// <summary>Decodes each file when its turn comes: for timing, since nothing else runs meanwhile.</summary>
    public IEnumerable<DecodedFile> Read(IEnumerable<ImageFile> files) => files.Select(Decode);

    /// <summary>Decodes each file while the one before is being worked on: one core decodes, the others infer.</summary>
    public IEnumerable<DecodedFile> ReadAhead(IReadOnlyList<ImageFile> files)
    {
        Task<DecodedFile>? next = null;
        try
        {
            for (var i = 0; i < files.Count; i++)
            {
                var current = (next ?? Start(files[i])).GetAwaiter().GetResult();
                next = i + 1 < files.Count ? Start(files[i + 1]) : null;
                yield return current;
            }
        }
        finally
        {
            // The reader stopped early: what was decoded for it has no other owner.
            next?.ContinueWith(task => task.Result.Image?.Dispose(), TaskContinuationOptions.OnlyOnRanToCompletion);
        }
    }

    private Task<DecodedFile> Start(ImageFile file) => Task.Run(() => Decode(file));

    private DecodedFile Decode(ImageFile file)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            if (new FileInfo(file.Path).Length > options.MaxBytes)
            {
                throw ImageDecoder.TooLarge(options.MaxBytes); // Before all of it is read into memory.
            }

            var image = _decoder.Decode(System.IO.File.ReadAllBytes(file.Path));
            return new DecodedFile(file, image, null, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        catch (Exception error) when (error is ImageRejectedException or IOException or UnauthorizedAccessException)
        {
            return new DecodedFile(file, null, error.Message, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
    }
}
