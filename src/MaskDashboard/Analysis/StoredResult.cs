using MaskDashboard.Storage;
using MaskDashboard.Vision;

namespace MaskDashboard.Analysis;

/// <summary>Turns a result into rows.</summary>
internal static class StoredResult
{
    /// <summary>Writes a result into its analysis, which has no faces yet.</summary>
    public static void Write(ImageAnalysis stored, FrameAnalysis result, byte[] thumbnailJpeg)
    {
        stored.DetectMilliseconds = result.Times.Detect;
        stored.ClassifyMilliseconds = result.Times.Classify;
        stored.FocalLengthPixels = result.FocalLength.Pixels;
        stored.FocalLengthSource = result.FocalLength.Source;
        stored.FailureReason = null;
        stored.Faces.AddRange(result.Faces.Select(Row));
        stored.Pairs.AddRange(PairRows(result));
        WriteFigures(stored);
        stored.Thumbnail = new Thumbnail { Bytes = thumbnailJpeg, ContentType = "image/jpeg" };
    }

    /// <summary>Writes who is how far from whom, after another set of faces counts.</summary>
    /// <param name="stored">The analysis with its faces, by index, and its pairs.</param>
    /// <param name="result">Judged anew, with the same faces in the same order.</param>
    public static void WriteDistances(ImageAnalysis stored, FrameAnalysis result)
    {
        foreach (var (row, face) in stored.Faces.OrderBy(face => face.Index).Zip(result.Faces))
        {
            (row.TooClose, row.NearestPixelsTopLeft, row.NearestPixelsCentre, row.NearestMetres) =
                (face.TooClose, face.NearestPixelsTopLeft, face.NearestPixelsCentre, face.NearestMetres);
        }

        StoredPairs.Replace(stored, [.. PairRows(result)]);
    }

    /// <summary>Writes the counts and the doubt that follow from the faces' effective labels.</summary>
    /// <param name="stored">The analysis with its faces.</param>
    public static void WriteFigures(ImageAnalysis stored)
    {
        var counted = stored.Faces.Where(face => face.EffectiveCounted).ToList();
        stored.FaceCount = counted.Count;
        stored.MaskCount = counted.Count(face => face.EffectiveLabel == MaskLabel.Mask);
        stored.NoMaskCount = counted.Count(face => face.EffectiveLabel == MaskLabel.NoMask);
        stored.UncertainCount = counted.Count(face => face.EffectiveLabel == MaskLabel.Uncertain);
        stored.TooCloseCount = counted.Count(face => face.TooClose);
        stored.Doubt = counted.Where(face => face.Reviewed is null).Select(Doubt).DefaultIfEmpty().Max();
    }

    private static double Doubt(Face face) =>
        (face.EffectiveLabel == MaskLabel.Uncertain ? 2 : 1) - Math.Abs(face.MaskProbability - face.NoMaskProbability);

    private static IEnumerable<FacePairDistance> PairRows(FrameAnalysis result) => WorthKeeping(result).Select(pair => new FacePairDistance
    {
        FirstIndex = pair.First,
        SecondIndex = pair.Second,
        PixelsTopLeft = pair.PixelsTopLeft,
        PixelsCentre = pair.PixelsCentre,
        Metres = pair.Metres,
        TooClose = pair.TooClose,
    });

    private static Face Row(FaceResult face, int index) => new()
    {
        Index = index,
        X = face.Box.X,
        Y = face.Box.Y,
        Width = face.Box.Width,
        Height = face.Box.Height,
        Score = face.Score,
        MaskProbability = face.Probabilities.Mask,
        NoMaskProbability = face.Probabilities.NoMask,
        Counted = face.Counted,
        Label = face.Label,
        EffectiveCounted = face.Counted,
        EffectiveLabel = face.Label,
        TooClose = face.TooClose,
        NearestPixelsTopLeft = face.NearestPixelsTopLeft,
        NearestPixelsCentre = face.NearestPixelsCentre,
        NearestMetres = face.NearestMetres,
    };

    // Three hundred faces make 44,850 pairs; those that no rule can ask for follow from the boxes.
    private static IEnumerable<FacePair> WorthKeeping(FrameAnalysis result)
    {
        var settings = result.Settings;
        bool IsNearest(int index, FacePair pair) =>
            result.Faces[index].NearestPixelsTopLeft == pair.PixelsTopLeft
            || result.Faces[index].NearestPixelsCentre == pair.PixelsCentre
            || result.Faces[index].NearestMetres == pair.Metres;
        return result.Pairs.Where(pair =>
            pair.TooClose
            || pair.PixelsTopLeft < settings.MinDistancePixelsTopLeft
            || pair.PixelsCentre < settings.MinDistancePixelsCentre
            || pair.Metres < settings.MinDistanceMetres
            || IsNearest(pair.First, pair)
            || IsNearest(pair.Second, pair));
    }
}
