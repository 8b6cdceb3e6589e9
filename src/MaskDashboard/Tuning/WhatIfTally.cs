using MaskDashboard.Settings;
using MaskDashboard.Vision;
using MaskDashboard.Vision.Distancing;

namespace MaskDashboard.Tuning;

/// <summary>Adds images up under other settings. One for each thread; nothing is allocated for an image.</summary>
internal sealed class WhatIfTally(VersionedSettings tried, CurveAxis? axis)
{
    private readonly AnalysisSettings _settings = tried.Settings;
    private readonly DistanceRule _rule = tried.Settings.DistanceRule;
    private readonly double _minDistance = tried.Settings.MinDistance;

    // Where each label's faces stop (gate, decision), or where faces begin to be too close (distance). One more place: point -1 is nowhere.
    private readonly int[] _mask = new int[WhatIf.Intervals + 2];
    private readonly int[] _noMask = new int[WhatIf.Intervals + 2];
    private readonly int[] _uncertain = new int[WhatIf.Intervals + 2];
    private readonly int[] _tooClose = new int[WhatIf.Intervals + 2];
    private bool[] _counted = [];
    private double[] _nearest = [];
    private double[] _gates = [];
    private FacePosition[] _positions = [];
    private int _images;
    private int _changedImages;
    private int _changedFaces;
    private int _again;
    private ComplianceFigures _before;
    private ComplianceFigures _after;

    /// <summary>Judges an image and adds it.</summary>
    public void Add(HistoryImage image, bool lookAgain)
    {
        var faces = image.Faces;
        MakeRoom(faces.Length);
        var sameFacesCount = true;
        for (var index = 0; index < faces.Length; index++)
        {
            ref readonly var face = ref faces[index];
            _counted[index] = face.Standing.Counted ?? Judgement.Counts(face.Confidence, face.Box, image.Detector, _settings);
            sameFacesCount &= _counted[index] == face.Counted;
        }

        var focalLength = _rule == DistanceRule.Metres && faces.Length > 1 ? FocalLength(image) : image.FocalLengthPixels;
        Measure(image, focalLength, sameFacesCount && (_rule != DistanceRule.Metres || focalLength.Equals(image.FocalLengthPixels)));
        var changed = 0;
        for (var index = 0; index < faces.Length; index++)
        {
            ref readonly var face = ref faces[index];
            var label = face.Standing.Label ?? Judgement.Label(face.Probabilities, _settings);
            var tooClose = _nearest[index] < _minDistance;
            _before += face.Counted ? One(face.Label, face.TooClose) : default;
            if (_counted[index])
            {
                _after += One(label, tooClose);
            }

            changed += _counted[index] != face.Counted || (_counted[index] && (label != face.Label || tooClose != face.TooClose)) ? 1 : 0;
            Place(image.Detector, face, index, label);
        }

        if (axis?.Kind == CurveKind.Gate)
        {
            PlaceGatesTooClose(image, focalLength);
        }

        _images++;
        _changedFaces += changed;
        _changedImages += changed > 0 ? 1 : 0;
        _again += lookAgain ? 1 : 0;
    }

    /// <summary>Adds what another thread added up.</summary>
    public void Add(WhatIfTally other)
    {
        _images += other._images;
        _changedImages += other._changedImages;
        _changedFaces += other._changedFaces;
        _again += other._again;
        _before += other._before;
        _after += other._after;
        foreach (var (mine, theirs) in new[] { (_mask, other._mask), (_noMask, other._noMask), (_uncertain, other._uncertain), (_tooClose, other._tooClose) })
        {
            for (var place = 0; place < mine.Length; place++)
            {
                mine[place] += theirs[place];
            }
        }
    }

    /// <summary>The sums.</summary>
    public WhatIfResult Result() => new(_images, _changedImages, _changedFaces, _again, _before, _after, Curve());

    private static ComplianceFigures One(MaskLabel label, bool tooClose) => new(
        label == MaskLabel.Mask ? 1 : 0, label == MaskLabel.NoMask ? 1 : 0, label == MaskLabel.Uncertain ? 1 : 0, tooClose ? 1 : 0);

    private WhatIfCurve? Curve()
    {
        if (axis is null)
        {
            return null;
        }

        var points = new WhatIfPoint[axis.Values.Length];
        var (mask, noMask, uncertain, tooClose) = (0, 0, 0, 0);
        if (axis.Kind == CurveKind.Distance)
        {
            for (var point = 0; point < points.Length; point++)
            {
                tooClose += _tooClose[point];
                points[point] = new WhatIfPoint(axis.Values[point], _after with { TooClose = tooClose });
            }

            return new WhatIfCurve(axis.Setting, points);
        }

        for (var point = points.Length - 1; point >= 0; point--)
        {
            (mask, noMask, uncertain, tooClose) = (mask + _mask[point + 1], noMask + _noMask[point + 1], uncertain + _uncertain[point + 1], tooClose + _tooClose[point + 1]);
            points[point] = new WhatIfPoint(axis.Values[point], axis.Kind == CurveKind.Gate
                ? new ComplianceFigures(mask, noMask, uncertain, tooClose)
                : new ComplianceFigures(mask, noMask, _after.Faces - mask - noMask, _after.TooClose));
        }

        return new WhatIfCurve(axis.Setting, points);
    }

    private void Place(DetectorKind detector, in HistoryFace face, int index, MaskLabel label)
    {
        switch (axis?.Kind)
        {
            case CurveKind.Distance when _counted[index] && !double.IsNaN(_nearest[index]):
                // Strictly less is too close: from the first value above the distance on.
                _tooClose[Math.Min(axis.LastUpTo(_nearest[index]) + 1, WhatIf.Intervals + 1)]++;
                break;
            case CurveKind.Gate:
                _gates[index] = face.Standing.Counted switch
                {
                    true => double.PositiveInfinity,
                    false => double.NegativeInfinity,
                    null => axis.Gate(face, detector),
                };
                (label switch { MaskLabel.Mask => _mask, MaskLabel.NoMask => _noMask, _ => _uncertain })[axis.LastUpTo(_gates[index]) + 1]++;
                break;
            case CurveKind.Decision when _counted[index]:
                var until = face.Standing.Label is null ? axis.Decision(face.Probabilities) : double.PositiveInfinity;
                var isMask = (face.Standing.Label ?? (face.Probabilities.Mask >= face.Probabilities.NoMask ? MaskLabel.Mask : MaskLabel.NoMask)) == MaskLabel.Mask;
                (isMask ? _mask : _noMask)[axis.LastUpTo(until) + 1]++;
                break;
        }
    }

    // A face is too close as long as it counts and one of its near neighbours counts.
    private void PlaceGatesTooClose(HistoryImage image, double focalLength)
    {
        var faces = image.Faces;
        Locate(image, focalLength);
        for (var index = 0; index < faces.Length; index++)
        {
            if (double.IsNegativeInfinity(_gates[index]))
            {
                continue;
            }

            var until = double.NegativeInfinity;
            for (var other = 0; other < faces.Length; other++)
            {
                if (other != index && _gates[other] > until && _positions[index].DistanceTo(_positions[other]) < _minDistance)
                {
                    until = _gates[other];
                }
            }

            _tooClose[axis!.LastUpTo(Math.Min(until, _gates[index])) + 1]++;
        }
    }

    private void Measure(HistoryImage image, double focalLength, bool asStored)
    {
        var faces = image.Faces;
        if (asStored)
        {
            for (var index = 0; index < faces.Length; index++)
            {
                _nearest[index] = faces[index].Nearest(_rule);
            }

            return;
        }

        Array.Fill(_nearest, double.NaN, 0, faces.Length);
        Locate(image, focalLength);
        for (var first = 0; first < faces.Length; first++)
        {
            for (var second = first + 1; _counted[first] && second < faces.Length; second++)
            {
                if (_counted[second])
                {
                    var distance = _positions[first].DistanceTo(_positions[second]);
                    // Not a number is not less than anything: the first distance replaces it.
                    _nearest[first] = _nearest[first] <= distance ? _nearest[first] : distance;
                    _nearest[second] = _nearest[second] <= distance ? _nearest[second] : distance;
                }
            }
        }
    }

    private void Locate(HistoryImage image, double focalLength)
    {
        for (var index = 0; index < image.Faces.Length; index++)
        {
            var box = image.Faces[index].Box;
            _positions[index] = _rule switch
            {
                DistanceRule.PixelsTopLeft => new FacePosition(box.X, box.Y, 0),
                DistanceRule.PixelsCentre => new FacePosition(box.CentreX, box.CentreY, 0),
                _ => MetricDistance.Locate(box, focalLength, image.Width, image.Height),
            };
        }
    }

    private double FocalLength(HistoryImage image) => FocalLengthSelection.Choose(
        new FrameMeasurement { Width = image.Width, Height = image.Height, Detector = image.Detector, ExifFocalLengthPixels = image.ExifFocalLengthPixels, Candidates = [] },
        _settings,
        tried.FieldOfViewDegrees(image.SiteId)).Pixels;

    private void MakeRoom(int faces)
    {
        if (_counted.Length < faces)
        {
            (_counted, _nearest, _gates, _positions) = (new bool[faces], new double[faces], new double[faces], new FacePosition[faces]);
        }
    }
}
