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
        var figures = result.Figures;
        stored.FaceCount = figures.Faces;
        stored.MaskCount = figures.Mask;
        stored.NoMaskCount = figures.NoMask;
        stored.UncertainCount = figures.Uncertain;
        stored.TooCloseCount = figures.TooClose;
        stored.FailureReason = null;
        stored.Faces.AddRange(result.Faces.Select(Row));
        stored.Pairs.AddRange(WorthKeeping(result).Select(pair => new FacePairDistance
        {
            FirstIndex = pair.First,
            SecondIndex = pair.Second,
            PixelsTopLeft = pair.PixelsTopLeft,
            PixelsCentre = pair.PixelsCentre,
            Metres = pair.Metres,
            TooClose = pair.TooClose,
        }));
        stored.Thumbnail = new Thumbnail { Bytes = thumbnailJpeg, ContentType = "image/jpeg" };
    }

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
