using MaskDashboard.Vision;
using MaskDashboard.Vision.Decoding;

namespace MaskDashboard.Cli.Evaluation;

/// <summary>Measures annotated photographs one after the other: the same photographs in the same order give the same background crops.</summary>
/// <param name="analyzer">Runs the models.</param>
/// <param name="settings">The detector and its parameters.</param>
/// <param name="faceSides">Longer sides of all annotated faces, pixels.</param>
public sealed class PhotographMeasurement(FrameAnalyzer analyzer, AnalysisSettings settings, IReadOnlyList<float> faceSides)
{
    private readonly Random _random = new(BackgroundCrops.Seed);

    /// <summary>Measures one photograph.</summary>
    /// <param name="photograph">Its faces.</param>
    /// <param name="image">Its pixels.</param>
    /// <param name="decodeMilliseconds">How long decoding took.</param>
    /// <param name="cancellationToken">Stops between two steps of the work.</param>
    public PhotographFacts Measure(AnnotatedPhotograph photograph, DecodedImage image, double decodeMilliseconds, CancellationToken cancellationToken)
    {
        var truth = photograph.Faces.Select(face => face.Box).ToArray();
        var analysis = analyzer.Analyze(image, settings, null, cancellationToken);
        var background = BackgroundCrops.Draw(image.Width, image.Height, truth, faceSides, _random);
        return new PhotographFacts
        {
            Truth = photograph.Faces,
            TruthProbabilities = analyzer.Classify(image, truth, cancellationToken),
            TruthQuality = [.. truth.Select(box => FaceQualityMeasure.Of(image.Bgr, box))],
            Candidates = analysis.Measurement.Candidates,
            BackgroundProbabilities = analyzer.Classify(image, background, cancellationToken),
            Times = analysis.Times with { Decode = decodeMilliseconds },
        };
    }
}
