using MaskDashboard.Settings;
using MaskDashboard.Vision;
using MaskDashboard.Vision.Metrics;

namespace MaskDashboard.Tuning;

/// <summary>A value suggested for a threshold, and what speaks for it.</summary>
/// <param name="Setting">The threshold.</param>
/// <param name="Value">The value; null where there is none, see <paramref name="Obstacle"/>.</param>
/// <param name="Low">Lower end of the 95 % interval of the value.</param>
/// <param name="High">Upper end of the interval.</param>
/// <param name="Precision">At the value: of what passes the threshold, the part that reviewers agree with.</param>
/// <param name="Recall">At the value: of what reviewers say there is, the part that passes and that they agree with.</param>
/// <param name="Images">Reviewed images that were looked at.</param>
/// <param name="Faces">Faces on them.</param>
/// <param name="Obstacle">Why there is no value.</param>
public sealed record ThresholdSuggestion(
    SettingDefinition Setting, double? Value, double Low, double High, Proportion Precision, Proportion Recall, int Images, int Faces, SuggestionObstacle Obstacle);

/// <summary>Why no value is suggested.</summary>
public enum SuggestionObstacle
{
    /// <summary>One is.</summary>
    None,

    /// <summary>Too few faces were reviewed.</summary>
    TooFewFaces,

    /// <summary>No value of the threshold reaches the wanted precision.</summary>
    PrecisionOutOfReach,
}

/// <summary>
/// Suggests thresholds from reviewed faces. On an image that a person looked at and marked as reviewed, a face that nobody corrected is confirmed, and a candidate that
/// does not count is none. The interval is that of the suggested value over images drawn again and again (bootstrap): faces of one image are not independent.
/// </summary>
public static class ThresholdSuggestions
{
    /// <summary>Fewest reviewed faces that a suggestion rests on.</summary>
    public const int MinFaces = 100;

    private const int Steps = 200;
    private const int Resamples = 400;

    /// <summary>Suggests a value.</summary>
    /// <param name="setting">The score threshold or the mask threshold.</param>
    /// <param name="images">Images; those that nobody looked at are left out.</param>
    /// <param name="tried">The other settings.</param>
    /// <param name="wantedPrecision">The lowest value with this precision or a better one; null for the greatest F1.</param>
    public static ThresholdSuggestion Suggest(SettingDefinition setting, IEnumerable<HistoryImage> images, AnalysisSettings tried, double? wantedPrecision)
    {
        var evidence = new Evidence(setting);
        var tallies = images.Where(image => image.Review == HistoryReview.Seen && (setting.Key != nameof(AnalysisSettings.MinDetectionScore) || image.Detector == DetectorKind.YuNet))
            .Select(image => evidence.Of(image, tried)).ToList();
        var whole = Sum(tallies, tallies.Count, index => index);
        if (whole.Faces < MinFaces)
        {
            return new ThresholdSuggestion(setting, null, 0, 0, default, default, tallies.Count, whole.Faces, SuggestionObstacle.TooFewFaces);
        }

        if (whole.Best(wantedPrecision) is not { } best)
        {
            return new ThresholdSuggestion(setting, null, 0, 0, default, default, tallies.Count, whole.Faces, SuggestionObstacle.PrecisionOutOfReach);
        }

        var random = new Random(1);
        var drawn = Enumerable.Range(0, Resamples)
            .Select(_ => Sum(tallies, tallies.Count, _ => random.Next(tallies.Count)).Best(wantedPrecision))
            .OfType<int>().Order().ToList();
        var (low, high) = drawn.Count == 0 ? (best, best) : (drawn[drawn.Count / 40], drawn[^(1 + (drawn.Count / 40))]);
        var (good, passing) = whole.At(best);
        return new ThresholdSuggestion(
            setting,
            evidence.Value(best),
            evidence.Value(Math.Min(low, best)),
            evidence.Value(Math.Max(high, best)),
            new Proportion(good, passing),
            new Proportion(good, whole.Faces),
            tallies.Count,
            whole.Faces,
            SuggestionObstacle.None);
    }

    private static Tally Sum(List<Tally> tallies, int count, Func<int, int> pick)
    {
        var sum = new Tally();
        for (var index = 0; index < count; index++)
        {
            sum.Add(tallies[pick(index)]);
        }

        return sum;
    }

    // Where the faces of an image stop to pass, those that reviewers agree with and those that they do not.
    private sealed class Evidence(SettingDefinition setting)
    {
        public double Value(int step) => setting.Fit(setting.Min + ((setting.Max - setting.Min) * step / Steps));

        public Tally Of(HistoryImage image, AnalysisSettings tried)
        {
            var tally = new Tally();
            foreach (var face in image.Faces)
            {
                if (setting.Key == nameof(AnalysisSettings.MinDetectionScore))
                {
                    tally.Faces += face.Counted ? 1 : 0;
                    if (!face.IsDrawn)
                    {
                        tally.Place(Step(face.Confidence), face.Counted);
                    }
                }
                else if (face.Counted && face.Label != MaskLabel.Uncertain)
                {
                    tally.Faces++;
                    var (mask, noMask) = (face.Probabilities.Mask, face.Probabilities.NoMask);
                    if (Math.Abs(mask - noMask) >= tried.UncertainMargin)
                    {
                        tally.Place(Step(Math.Max(mask, noMask)), (mask >= noMask ? MaskLabel.Mask : MaskLabel.NoMask) == face.Label);
                    }
                }
            }

            return tally;
        }

        // The last step whose value is not above the face's.
        private int Step(double value) => Math.Clamp((int)Math.Floor((value - setting.Min) / (setting.Max - setting.Min) * Steps), -1, Steps);
    }

    private sealed class Tally
    {
        private readonly Dictionary<int, (int Good, int All)> _few = [];
        private (int Good, int All)[]? _steps;

        public int Faces { get; set; }

        public void Place(int step, bool good)
        {
            if (step >= 0)
            {
                var (goods, all) = _few.GetValueOrDefault(step);
                _few[step] = (goods + (good ? 1 : 0), all + 1);
            }
        }

        public void Add(Tally other)
        {
            _steps ??= new (int, int)[Steps + 1];
            Faces += other.Faces;
            foreach (var (step, (good, all)) in other._few)
            {
                _steps[step] = (_steps[step].Good + good, _steps[step].All + all);
            }
        }

        public (int Good, int All) At(int step)
        {
            var (good, all) = (0, 0);
            for (var place = step; place <= Steps; place++)
            {
                (good, all) = (good + _steps![place].Good, all + _steps[place].All);
            }

            return (good, all);
        }

        public int? Best(double? wantedPrecision)
        {
            var (good, all, best, bestF1) = (0, 0, (int?)null, 0.0);
            for (var step = Steps; step >= 0 && _steps is not null; step--)
            {
                (good, all) = (good + _steps[step].Good, all + _steps[step].All);
                if (all == 0)
                {
                    continue;
                }

                // F1 = 2 · precision · recall / (precision + recall) = 2 · good / (passing + there are).
                var f1 = 2.0 * good / (all + Faces);
                if (wantedPrecision is { } wanted ? (double)good / all >= wanted : f1 > bestF1)
                {
                    (best, bestF1) = (step, f1);
                }
            }

            return best;
        }
    }
}
