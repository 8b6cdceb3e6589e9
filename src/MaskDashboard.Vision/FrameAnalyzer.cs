using System.Diagnostics;
using MaskDashboard.Vision.Classification;
using MaskDashboard.Vision.Decoding;
using MaskDashboard.Vision.Detection;

namespace MaskDashboard.Vision;

/// <summary>
/// The stages in order: detect, classify, judge. Read this file first. One for each worker, because the cascade is not
/// thread-safe; the networks behind it are shared.
/// </summary>
/// <param name="haar">The worker's own cascade; disposed with the analyzer.</param>
/// <param name="yuNet">The shared detector.</param>
/// <param name="classifier">The shared classifier.</param>
public sealed class FrameAnalyzer(HaarFaceDetector haar, IFaceDetector yuNet, Vgg19MaskClassifier classifier) : IDisposable
{
    /// <summary>Analyses an image.</summary>
    /// <param name="image">Oriented pixels.</param>
    /// <param name="settings">Engine, thresholds and distance rule.</param>
    /// <param name="siteFieldOfViewDegrees">Horizontal field of view of the site's camera; null for the default.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    public FrameAnalysis Analyze(
        DecodedImage image, AnalysisSettings settings, double? siteFieldOfViewDegrees = null, CancellationToken cancellationToken = default)
    {
        var started = Stopwatch.GetTimestamp();
        var detections = Detect(image, settings.Detector, settings, cancellationToken);
        var detected = Stopwatch.GetTimestamp();
        var measurement = Measurement(image, settings.Detector, detections, cancellationToken);
        var classified = Stopwatch.GetTimestamp();
        var analysis = Judgement.Judge(measurement, settings, siteFieldOfViewDegrees);
        var times = new StageTimes(
            0,
            Stopwatch.GetElapsedTime(started, detected).TotalMilliseconds,
            Stopwatch.GetElapsedTime(detected, classified).TotalMilliseconds,
            Stopwatch.GetElapsedTime(classified).TotalMilliseconds);
        return analysis with { Times = times };
    }

    /// <summary>Measures an image without judging it.</summary>
    /// <param name="image">Oriented pixels.</param>
    /// <param name="settings">Engine and its parameters.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    public FrameMeasurement Measure(DecodedImage image, AnalysisSettings settings, CancellationToken cancellationToken = default) =>
        Measurement(image, settings.Detector, Detect(image, settings.Detector, settings, cancellationToken), cancellationToken);

    /// <summary>Finds faces without classifying them.</summary>
    /// <param name="image">Oriented pixels.</param>
    /// <param name="detector">The engine.</param>
    /// <param name="settings">Its parameters.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    public IReadOnlyList<FaceDetection> Detect(
        DecodedImage image, DetectorKind detector, AnalysisSettings settings, CancellationToken cancellationToken = default) =>
        (detector == DetectorKind.Haar ? haar : yuNet).Detect(image.Bgr, settings, cancellationToken);

    /// <summary>Measures a face that a person drew; its score is 1.</summary>
    /// <param name="image">Oriented pixels.</param>
    /// <param name="box">The face, pixels.</param>
    /// <exception cref="ArgumentOutOfRangeException">The box lies outside the image.</exception>
    public FaceCandidate MeasureFace(DecodedImage image, BoundingBox box) =>
        new(new FaceDetection(box, 1), classifier.Classify(image.Bgr, [box])[0]);

    /// <summary>Classifies boxes that are already known.</summary>
    /// <param name="image">Oriented pixels.</param>
    /// <param name="boxes">Faces, pixels.</param>
    /// <param name="cancellationToken">Stops between two chunks.</param>
    public IReadOnlyList<MaskProbabilities> Classify(
        DecodedImage image, IReadOnlyList<BoundingBox> boxes, CancellationToken cancellationToken = default) =>
        classifier.Classify(image.Bgr, boxes, cancellationToken);

    /// <summary>Looks at each box once, also where the classifier doubts: the same work for every face.</summary>
    /// <param name="image">Oriented pixels.</param>
    /// <param name="boxes">Faces, pixels.</param>
    /// <param name="cancellationToken">Stops between two chunks.</param>
    public IReadOnlyList<MaskProbabilities> ClassifyOnce(
        DecodedImage image, IReadOnlyList<BoundingBox> boxes, CancellationToken cancellationToken = default) =>
        classifier.ClassifyOnce(image.Bgr, boxes, mirrored: false, cancellationToken);

    /// <summary>Classifies an image that is one face, whole.</summary>
    /// <param name="image">Oriented pixels.</param>
    public MaskProbabilities ClassifyWhole(DecodedImage image) => classifier.ClassifyWhole(image.Bgr);

    /// <inheritdoc />
    public void Dispose() => haar.Dispose();

    private FrameMeasurement Measurement(
        DecodedImage image, DetectorKind detector, IReadOnlyList<FaceDetection> detections, CancellationToken cancellationToken)
    {
        var probabilities = classifier.Classify(image.Bgr, [.. detections.Select(detection => detection.Box)], cancellationToken);
        return new FrameMeasurement
        {
            Width = image.Width,
            Height = image.Height,
            Detector = detector,
            ExifFocalLengthPixels = image.Header.ExifFocalLengthPixels,
            Candidates = [.. detections.Zip(probabilities, (detection, outputs) => new FaceCandidate(detection, outputs))],
        };
    }
}
