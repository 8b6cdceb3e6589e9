using OpenCvSharp;

namespace MaskDashboard.Vision.Detection;

/// <summary>
/// The Viola-Jones cascade as the notebook uses it: <c>detectMultiScale(grey, scaleFactor, minNeighbors)</c>.
/// Not thread-safe: one for each worker.
/// </summary>
public sealed class HaarFaceDetector : IFaceDetector, IDisposable
{
    /// <summary>Name of the cascade file in the models folder.</summary>
    public const string FileName = "haarcascade_frontalface_default.xml";

    private readonly CascadeClassifier _cascade;

    /// <summary>Loads the cascade.</summary>
    /// <param name="path">The cascade file.</param>
    /// <exception cref="ModelFileException">It is missing or damaged.</exception>
    public HaarFaceDetector(string path)
    {
        if (!File.Exists(path))
        {
            throw new ModelFileException(path, "is missing");
        }

        try
        {
            _cascade = new CascadeClassifier(path);
        }
        catch (OpenCVException exception)
        {
            throw new ModelFileException(path, "is damaged", exception);
        }

        if (_cascade.Empty())
        {
            _cascade.Dispose();
            throw new ModelFileException(path, "is damaged");
        }
    }

    /// <inheritdoc />
    public DetectorKind Kind => DetectorKind.Haar;

    /// <inheritdoc />
    public IReadOnlyList<FaceDetection> Detect(Mat image, AnalysisSettings settings, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var grey = new Mat();
        Cv2.CvtColor(image, grey, ColorConversionCodes.BGR2GRAY);
        var boxes = _cascade.DetectMultiScale(grey, settings.HaarScaleFactor, settings.HaarMinNeighbors);
        return [.. boxes.Select(box => new FaceDetection(new BoundingBox(box.X, box.Y, box.Width, box.Height), 1))];
    }

    /// <inheritdoc />
    public void Dispose() => _cascade.Dispose();
}
