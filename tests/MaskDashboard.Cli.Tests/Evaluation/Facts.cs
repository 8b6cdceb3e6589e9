using MaskDashboard.Cli.Evaluation;
using MaskDashboard.Cli.Input;
using MaskDashboard.Vision;

namespace MaskDashboard.Cli.Tests.Evaluation;

/// <summary>Measured photographs made by hand.</summary>
internal static class Facts
{
    public static readonly MaskProbabilities Mask = new(0.9f, 0.1f);
    public static readonly MaskProbabilities NoMask = new(0.1f, 0.8f);
    public static readonly MaskProbabilities Neither = new(0.2f, 0.1f);

    public static AnnotatedFace Face(float x, float side, FaceKind kind) => new(new BoundingBox(x, 0, side, side), kind);

    public static FaceCandidate Found(AnnotatedFace face, float score, MaskProbabilities outputs) => new(new FaceDetection(face.Box, score), outputs);

    public static FaceCandidate FoundAt(float x, float side, float score, MaskProbabilities outputs) => new(new FaceDetection(new BoundingBox(x, 500, side, side), score), outputs);

    public static PhotographFacts Photograph(
        AnnotatedFace[] truth, MaskProbabilities[] outputs, FaceCandidate[] candidates, MaskProbabilities[]? background = null, FaceQuality[]? quality = null) => new()
    {
        Truth = truth,
        TruthProbabilities = outputs,
        TruthQuality = quality ?? new FaceQuality[truth.Length],
        Candidates = candidates,
        BackgroundProbabilities = background ?? [],
        ClassifiedInTime = candidates.Length,
        Times = new StageTimes(1, 2, 3, 4),
    };
}
