using OpenCvSharp;

namespace MaskDashboard.Vision.Detection;

/// <summary>Finds faces in an image.</summary>
public interface IFaceDetector
{
    /// <summary>The engine.</summary>
    DetectorKind Kind { get; }

    /// <summary>Finds faces; every detection above the engine's score floor, strongest first.</summary>
    /// <param name="image">8-bit BGR pixels of the oriented image, H x W x 3.</param>
    /// <param name="settings">The engine's parameters; score and size thresholds are not applied here.</param>
    /// <param name="cancellationToken">Stops between two steps of the work.</param>
    IReadOnlyList<FaceDetection> Detect(Mat image, AnalysisSettings settings, CancellationToken cancellationToken = default);
}
