using MaskDashboard.Settings;
using MaskDashboard.Tuning;
using MaskDashboard.Vision;
using MaskDashboard.Vision.Distancing;

namespace MaskDashboard.Tests.Tuning;

public sealed class WhatIfTests
{
    private const long Version = 1;
    private static readonly AnalysisSettings _madeUnder = new();
    private static readonly Dictionary<long, AnalysisSettings> _versions = new() { [Version] = _madeUnder };
    private readonly Random _random = new(20260513);

    public static TheoryData<string> WithCurve => [.. SettingDefinition.All.Where(setting => setting.Key != nameof(AnalysisSettings.DefaultFieldOfViewDegrees) && !setting.NeedsInference).Select(setting => setting.Key)];

    [Fact]
    public void Judge_ManySettings_SaysWhatJudgingEveryImageSays()
    {
        var images = Enumerable.Range(0, 300).Select(_ => RandomImage()).ToList();
        for (var round = 0; round < 20; round++)
        {
            var tried = new VersionedSettings(2, RandomSettings()) { SiteFieldsOfViewDegrees = new Dictionary<long, double> { [1] = _random.Next(20, 140) } };
            var judged = images.Select(image => (image, After: Judged(image, tried))).ToList();
            var changed = judged.Select(pair => pair.image.Faces.Zip(pair.After.Faces).Count(face => IsDifferent(face.First, face.Second))).ToList();

            var result = WhatIf.Judge(images, tried, _versions);

            Assert.Equal(Sum(judged.Select(pair => pair.After.Figures)), result.After);
            Assert.Equal(Sum(images.Select(Stored)), result.Before);
            Assert.Equal((changed.Sum(), changed.Count(count => count > 0), images.Count), (result.ChangedFaces, result.ChangedImages, result.Images));
        }
    }

    [Theory]
    [MemberData(nameof(WithCurve))]
    public void Judge_EveryPointOfACurve_IsWhatThatValueWouldMake(string key)
    {
        var setting = SettingDefinition.Of(key);
        var images = Enumerable.Range(0, 60).Select(_ => RandomImage()).ToList();
        foreach (var rule in Enum.GetValues<DistanceRule>().Where(rule => !key.StartsWith("MinDistance", StringComparison.Ordinal) || SettingDefinition.MinDistance(rule).Key == key))
        {
            var tried = new VersionedSettings(2, RandomSettings() with { DistanceRule = rule, Detector = DetectorKind.YuNet });

            var curve = WhatIf.Judge(images, tried, _versions, setting).Curve!;

            Assert.Equal(WhatIf.Intervals + 1, curve.Points.Count);
            foreach (var (value, figures) in curve.Points)
            {
                var there = tried with { Settings = setting.Set(tried.Settings, value) };
                Assert.Equal(Sum(images.Select(image => Judged(image, there).Figures)), figures);
            }
        }
    }

    [Fact]
    public void Judge_OtherEngine_CountsTheImagesThatNeedTheModels()
    {
        var images = Enumerable.Range(0, 5).Select(_ => RandomImage() with { Detector = DetectorKind.YuNet }).Append(RandomImage() with { Detector = DetectorKind.Haar }).ToList();

        Assert.Equal(0, WhatIf.Judge(images, new(2, _madeUnder with { MinDetectionScore = 0.3 }), _versions).ImagesToLookAtAgain);
        Assert.Equal(5, WhatIf.Judge(images, new(2, _madeUnder with { Detector = DetectorKind.Haar }), _versions).ImagesToLookAtAgain);
        Assert.Equal(1, WhatIf.Judge(images, new(2, _madeUnder with { HaarMinNeighbors = 3 }), _versions).ImagesToLookAtAgain);
    }

    [Fact]
    public void Judge_NoImages_IsNothing()
    {
        var result = WhatIf.Judge([], new(2, _madeUnder), _versions, SettingDefinition.MinDistance(DistanceRule.PixelsTopLeft));
        Assert.Equal((0, 0, 0, default(ComplianceFigures)), (result.Images, result.ChangedFaces, result.ChangedImages, result.After));
        Assert.All(result.Curve!.Points, point => Assert.Null(point.Figures.TooCloseRate));
    }

    private static ComplianceFigures Sum(IEnumerable<ComplianceFigures> figures) => figures.Aggregate((sum, next) => sum + next);

    private static bool IsDifferent(HistoryFace stored, FaceResult now) => stored.Counted != now.Counted || (now.Counted && (stored.Label != now.Label || stored.TooClose != now.TooClose));

    private static ComplianceFigures Stored(HistoryImage image)
    {
        var counted = image.Faces.Where(face => face.Counted).ToList();
        return new ComplianceFigures(
            counted.Count(face => face.Label == MaskLabel.Mask), counted.Count(face => face.Label == MaskLabel.NoMask), counted.Count(face => face.Label == MaskLabel.Uncertain), counted.Count(face => face.TooClose));
    }

    private static FrameAnalysis Judged(HistoryImage image, VersionedSettings settings) => Judged(
        image.Width, image.Height, image.Detector, image.ExifFocalLengthPixels, image.SiteId, [.. image.Faces.Select(face => (new FaceCandidate(new FaceDetection(face.Box, face.Score), face.Probabilities), face.Standing))], settings);

    private static FrameAnalysis Judged(
        int width, int height, DetectorKind detector, double? exif, long? site, IReadOnlyList<(FaceCandidate Candidate, StandingVerdict Standing)> faces, VersionedSettings settings)
    {
        var measurement = new FrameMeasurement { Width = width, Height = height, Detector = detector, ExifFocalLengthPixels = exif, Candidates = [.. faces.Select(face => face.Candidate)] };
        return Judgement.Judge(
            measurement,
            settings.Settings,
            FocalLengthSelection.Choose(measurement, settings.Settings, settings.FieldOfViewDegrees(site)),
            [.. faces.Select(face => face.Standing.Under(face.Candidate, detector, settings.Settings))]);
    }

    private HistoryImage RandomImage()
    {
        var (detector, exif) = (_random.Next(4) == 0 ? DetectorKind.Haar : DetectorKind.YuNet, _random.Next(3) == 0 ? _random.Next(500, 3000) : (double?)null);
        long? site = _random.Next(2) == 0 ? 1 : null;
        var faces = Enumerable.Range(0, _random.Next(0, 9)).Select(_ => (RandomCandidate(detector), RandomStanding())).ToList();
        var stored = Judged(1000, 700, detector, exif, site, faces, new VersionedSettings(Version, _madeUnder));
        return new HistoryImage(
            1, DateTime.UnixEpoch, site, detector, Version, HistoryReview.None, 1000, 700, exif, stored.FocalLength.Pixels,
            [.. stored.Faces.Zip(faces, (face, made) => new HistoryFace(
                face.Box, face.Score, face.Probabilities, made.Item2, face.Counted, face.Label, face.TooClose,
                (face.NearestPixelsTopLeft ?? double.NaN, face.NearestPixelsCentre ?? double.NaN, face.NearestMetres ?? double.NaN)))]);
    }

    private FaceCandidate RandomCandidate(DetectorKind detector) => new(
        new FaceDetection(
            new BoundingBox(_random.Next(900), _random.Next(600), _random.Next(10, 120), _random.Next(10, 120)), detector == DetectorKind.Haar ? 1 : 0.2f + (_random.NextSingle() * 0.8f)),
        new MaskProbabilities(_random.NextSingle(), _random.NextSingle()));

    private StandingVerdict RandomStanding() => _random.Next(8) switch
    {
        0 => new(true, MaskLabel.Mask),
        1 => new(true, MaskLabel.NoMask),
        2 => new(false, null),
        3 => new(true, null),
        _ => default,
    };

    private AnalysisSettings RandomSettings() => new()
    {
        Detector = _random.Next(2) == 0 ? DetectorKind.YuNet : DetectorKind.Haar,
        MinDetectionScore = 0.2 + (_random.NextDouble() * 0.7),
        MinFaceSizePixels = _random.Next(0, 60),
        MinClassProbability = 0.05 + (_random.NextDouble() * 0.9),
        UncertainMargin = _random.NextDouble() * 0.9,
        DistanceRule = (DistanceRule)_random.Next(3),
        MinDistancePixelsTopLeft = _random.Next(0, 400),
        MinDistancePixelsCentre = _random.Next(0, 400),
        MinDistanceMetres = _random.NextDouble() * 4,
        DefaultFieldOfViewDegrees = _random.Next(20, 140),
    };
}
