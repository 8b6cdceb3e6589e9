using MaskDashboard.Settings;
using MaskDashboard.Tuning;
using MaskDashboard.Vision;

namespace MaskDashboard.Tests.Tuning;

public sealed class ThresholdSuggestionTests
{
    private static readonly AnalysisSettings _settings = new();
    private static readonly SettingDefinition _score = SettingDefinition.Of(nameof(AnalysisSettings.MinDetectionScore));
    private static readonly SettingDefinition _mask = SettingDefinition.Of(nameof(AnalysisSettings.MinClassProbability));

    [Fact]
    public void Suggest_FacesAboveAndMistakesBelow_LiesBetween()
    {
        // Faces score 0.6 to 0.9, mistakes 0.3 to 0.5: nothing between 0.5 and 0.6 is wrong, so the value must lie there.
        var images = Enumerable.Range(0, 40).Select(image => Image(
            Face(0.6f + (image % 4 * 0.1f), counted: true), Face(0.65f, counted: true), Face(0.7f, counted: true), Face(0.3f + (image % 3 * 0.1f), counted: false))).ToList();

        var suggestion = ThresholdSuggestions.Suggest(_score, images, _settings, null);

        Assert.InRange(suggestion.Value!.Value, 0.5, 0.6);
        Assert.InRange(suggestion.Value.Value, suggestion.Low, suggestion.High);
        Assert.Equal((40, 120, 120, 120, 120), (suggestion.Images, suggestion.Faces, suggestion.Precision.Hits, suggestion.Precision.Total, suggestion.Recall.Total));
    }

    [Fact]
    public void Suggest_WantedPrecision_IsTheLowestValueThatReachesIt()
    {
        // Of ten candidates at 0.8, nine are faces; of ten at 0.4, five are.
        var images = Enumerable.Range(0, 20).Select(_ => Image(
            [.. Enumerable.Range(0, 10).Select(index => Face(0.8f, index < 9)), .. Enumerable.Range(0, 10).Select(index => Face(0.4f, index < 5))])).ToList();

        var careful = ThresholdSuggestions.Suggest(_score, images, _settings, 0.85);
        var generous = ThresholdSuggestions.Suggest(_score, images, _settings, 0.7);

        Assert.InRange(careful.Value!.Value, 0.4, 0.8);
        Assert.Equal(0.9, careful.Precision.Value);
        Assert.Equal((0.2, 0.7), (generous.Value, generous.Precision.Value));
        Assert.Equal((null, SuggestionObstacle.PrecisionOutOfReach), (ThresholdSuggestions.Suggest(_score, images, _settings, 0.95).Value, ThresholdSuggestions.Suggest(_score, images, _settings, 0.95).Obstacle));
    }

    [Fact]
    public void Suggest_DrawnFaces_LowerTheRecallOfEveryValue()
    {
        var images = Enumerable.Range(0, 60).Select(_ => Image(Face(0.8f, counted: true), Face(1, counted: true, drawn: true))).ToList();

        var suggestion = ThresholdSuggestions.Suggest(_score, images, _settings, null);

        Assert.Equal((120, 60, 0.5), (suggestion.Faces, suggestion.Precision.Total, suggestion.Recall.Value));
    }

    [Fact]
    public void Suggest_MaskThreshold_ComparesWithTheReviewersLabel()
    {
        // Sure answers are right, unsure ones wrong.
        var images = Enumerable.Range(0, 50).Select(_ => Image(
            Face(0.9f, true, new MaskProbabilities(0.95f, 0.1f), MaskLabel.Mask),
            Face(0.9f, true, new MaskProbabilities(0.1f, 0.9f), MaskLabel.NoMask),
            Face(0.9f, true, new MaskProbabilities(0.6f, 0.2f), MaskLabel.NoMask))).ToList();

        var suggestion = ThresholdSuggestions.Suggest(_mask, images, _settings, 1);

        Assert.InRange(suggestion.Value!.Value, 0.6, 0.9);
        Assert.Equal((100, 100, 150), (suggestion.Precision.Hits, suggestion.Precision.Total, suggestion.Recall.Total));
    }

    [Theory]
    [InlineData(HistoryReview.None, 0)]
    [InlineData(HistoryReview.Unseen, 0)]
    [InlineData(HistoryReview.Seen, 50)]
    public void Suggest_TooFewFacesThatAPersonSaw_Refuses(HistoryReview review, int faces)
    {
        var images = Enumerable.Range(0, 50).Select(_ => Image(Face(0.8f, counted: true)) with { Review = review });

        var suggestion = ThresholdSuggestions.Suggest(_score, images, _settings, null);

        Assert.Equal((null, SuggestionObstacle.TooFewFaces, faces), (suggestion.Value, suggestion.Obstacle, suggestion.Faces));
    }

    private static HistoryImage Image(params HistoryFace[] faces) =>
        new(1, DateTime.UnixEpoch, null, DetectorKind.YuNet, 1, HistoryReview.Seen, 1000, 700, null, 800, faces);

    private static HistoryFace Face(float confidence, bool counted, MaskProbabilities? probabilities = null, MaskLabel label = MaskLabel.Mask, bool drawn = false) => new(
        new BoundingBox(0, 0, 40, 40), MathF.Pow(confidence, 1 / (1 - FaceConfidence.ClassifierWeight)), probabilities ?? new MaskProbabilities(1, 0), default, counted, label, false, (double.NaN, double.NaN, double.NaN), drawn);
}
