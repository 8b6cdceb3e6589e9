using MaskDashboard.Cli.Output;
using MaskDashboard.Vision.Decoding;

namespace MaskDashboard.Cli.Input;

/// <summary>Goes through image files with a progress bar. A file that cannot be used gets a line on standard error, and the others go on.</summary>
/// <param name="terminal">Where to write.</param>
public sealed class ImageWalk(Terminal terminal)
{
    private readonly DecodedFiles _decodedFiles = new(new DecodingOptions());

    /// <summary>Works on each image while the next one is decoded.</summary>
    /// <param name="files">The files.</param>
    /// <param name="work">What to do with each image; it is disposed afterwards.</param>
    /// <param name="cancellationToken">Stops between two images.</param>
    /// <returns>How many files could not be used.</returns>
    public int Run(IReadOnlyList<ImageFile> files, Action<DecodedFile, DecodedImage> work, CancellationToken cancellationToken) =>
        Run(_decodedFiles.ReadAhead(files), files.Count, work, cancellationToken);

    /// <summary>Decodes and works on one image after the other: for timing, since decoding beside inference would make both look slower than they are.</summary>
    /// <inheritdoc cref="Run(IReadOnlyList{ImageFile}, Action{DecodedFile, DecodedImage}, CancellationToken)" />
    public int RunTimed(IReadOnlyList<ImageFile> files, Action<DecodedFile, DecodedImage> work, CancellationToken cancellationToken) =>
        Run(_decodedFiles.Read(files), files.Count, work, cancellationToken);

    private int Run(IEnumerable<DecodedFile> decodedFiles, int total, Action<DecodedFile, DecodedImage> work, CancellationToken cancellationToken)
    {
        using var progress = new ProgressBar(terminal.Error, terminal.ErrorIsTerminal, total, "images", terminal.Clock);
        var failed = 0;
        foreach (var decoded in decodedFiles)
        {
            using var image = decoded.Image;
            cancellationToken.ThrowIfCancellationRequested();
            if (image is null)
            {
                failed++;
                progress.WriteLine(Terminal.ErrorLine($"{decoded.File.Path}: {decoded.Failure}"));
            }
            else
            {
                work(decoded, image);
            }

            progress.Step();
        }

        return failed;
    }
}
