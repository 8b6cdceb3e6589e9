using MaskDashboard.Cli.Input;
using MaskDashboard.Cli.Output;
using MaskDashboard.Vision;
using MaskDashboard.Vision.Annotation;
using MaskDashboard.Vision.Decoding;

namespace MaskDashboard.Cli.Commands;

/// <summary>Writes annotated images into a folder, with the sub-folders the photographs came from.</summary>
internal sealed class AnnotatedFolder(string folder, bool blurFaces) : IDisposable
{
    private readonly FrameAnnotator _annotator = new();
    private readonly AnnotationOptions _options = new() { BlurFaces = blurFaces };
    private readonly HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Writes one image as JPEG.</summary>
    public void Write(ImageFile file, DecodedImage image, FrameAnalysis analysis)
    {
        var stem = Path.Combine(folder, Path.ChangeExtension(file.RelativePath, null));

        // Two photographs may share a name, a.png and a.jpg or x/a.jpg and y/a.jpg: the second becomes a-2.jpg.
        var path = $"{stem}.jpg";
        for (var number = 2; !_written.Add(path); number++)
        {
            path = $"{stem}-{number}.jpg";
        }

        if (Path.GetFullPath(path) == Path.GetFullPath(file.Path))
        {
            throw new InputException($"{path}: this would overwrite the photograph itself; choose another folder for --annotated.");
        }

        WholeFile.Write(path, _annotator.AnnotateJpeg(image, analysis, _options));
    }

    public void Dispose() => _annotator.Dispose();
}
