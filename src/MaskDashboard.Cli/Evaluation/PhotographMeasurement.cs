using System.Diagnostics;
using MaskDashboard.Vision;
using MaskDashboard.Vision.Decoding;
using MaskDashboard.Vision.Detection;

namespace MaskDashboard.Cli.Evaluation;

/// <summary>Measures annotated photographs one after the other: the same photographs in the same order give the same background crops.</summary>
/// <param name="analyzer">Runs the models.</param>
/// <param name="settings">The detector and its parameters.</param>
/// <param name="faceSides">Longer sides of all annotated faces, pixels.</param>
public sealed class PhotographMeasurement(FrameAnalyzer analyzer, AnalysisSettings settings, IReadOnlyList<float> faceSides)
{
    /// <summary>
    /// Score floor of the detector while it is measured. Below the product's own floor, so that the precision-recall curve does not end early:
    /// average precision counts recall that is never reached as zero.
    /// </summary>
    public const double ScoreFloor = 0.05;

    private readonly Random _random = new(BackgroundCrops.Seed);

    /// <summary>Measures one photograph. Times are those of the product: candidates below its floor are classified outside them.</summary>
    /// <param name="photograph">Its faces.</param>
    /// <param name="image">Its pixels.</param>
    /// <param name="decodeMilliseconds">How long decoding took.</param>
    /// <param name="cancellationToken">Stops between two steps of the work.</param>
    public PhotographFacts Measure(AnnotatedPhotograph photograph, DecodedImage image, double decodeMilliseconds, CancellationToken cancellationToken)
    {
        var truth = photograph.Faces.Select(face => face.Box).ToArray();
        var background = BackgroundCrops.Draw(image.Width, image.Height, truth, faceSides, _random);

        var start = Stopwatch.GetTimestamp();
        var detections = analyzer.Detect(image, settings.Detector, settings, cancellationToken);
        var detected = Stopwatch.GetTimestamp();
        var kept = detections.Where(detection => detection.Score >= YuNetFaceDetector.ScoreFloor).ToList();
        var candidates = Classify(image, kept, cancellationToken);
        var classified = Stopwatch.GetTimestamp();
        Judgement.Judge(
            new FrameMeasurement { Width = image.Width, Height = image.Height, Detector = settings.Detector, Candidates = candidates }, settings);
        var times = new StageTimes(
            decodeMilliseconds,
            Stopwatch.GetElapsedTime(start, detected).TotalMilliseconds,
            Stopwatch.GetElapsedTime(detected, classified).TotalMilliseconds,
            Stopwatch.GetElapsedTime(classified).TotalMilliseconds);
        return new PhotographFacts
        {
            Truth = photograph.Faces,
            TruthProbabilities = analyzer.Classify(image, truth, cancellationToken),
            TruthQuality = [.. truth.Select(box => FaceQualityMeasure.Of(image.Bgr, box))],
            Candidates = [.. candidates, .. Classify(image, [.. detections.Skip(kept.Count)], cancellationToken)],
            BackgroundProbabilities = analyzer.Classify(image, background, cancellationToken),
            ClassifiedInTime = kept.Count,
            Times = times,
        };
    }

    private List<FaceCandidate> Classify(DecodedImage image, IReadOnlyList<FaceDetection> detections, CancellationToken cancellationToken) =>
    [
        .. detections.Zip(
            analyzer.Classify(image, [.. detections.Select(detection => detection.Box)], cancellationToken),
            (detection, outputs) => new FaceCandidate(detection, outputs)),
    ];
}
