using MaskDashboard.Vision;

namespace MaskDashboard.Cli.Evaluation;

/// <summary>Draws squares that show no face, to see whether the classifier turns them down.</summary>
public static class BackgroundCrops
{
    /// <summary>Crops for each photograph.</summary>
    public const int PerPhotograph = 5;

    /// <summary>Seed of the places and sizes, so that the same photographs give the same crops.</summary>
    public const int Seed = 20260101;

    /// <summary>A crop and a face may share at most this part of the smaller of the two. IoU alone would let a small crop lie within a large face.</summary>
    public const float MaxOverlap = 0.1f;

    private const int AttemptsPerCrop = 50;

    /// <summary>Draws the crops of one photograph.</summary>
    /// <param name="width">Width of the photograph, pixels.</param>
    /// <param name="height">Height of the photograph, pixels.</param>
    /// <param name="faces">Boxes of all faces in it.</param>
    /// <param name="sides">Longer sides of the faces of the whole set, pixels: crops are as large as faces are.</param>
    /// <param name="random">Where chance comes from.</param>
    /// <returns>At most <see cref="PerPhotograph"/> squares inside the photograph; fewer where faces leave no room.</returns>
    public static IReadOnlyList<BoundingBox> Draw(int width, int height, IReadOnlyList<BoundingBox> faces, IReadOnlyList<float> sides, Random random)
    {
        var crops = new List<BoundingBox>();
        if (sides.Count == 0)
        {
            return crops;
        }

        for (var attempt = 0; attempt < PerPhotograph * AttemptsPerCrop && crops.Count < PerPhotograph; attempt++)
        {
            var side = sides[random.Next(sides.Count)];
            var (x, y) = (random.NextSingle() * (width - side), random.NextSingle() * (height - side));
            var crop = new BoundingBox(x, y, side, side);
            if (side <= Math.Min(width, height) && faces.All(face => Overlap(crop, face) <= MaxOverlap))
            {
                crops.Add(crop);
            }
        }

        return crops;
    }

    private static float Overlap(in BoundingBox first, in BoundingBox second)
    {
        var width = Math.Min(first.Right, second.Right) - Math.Max(first.X, second.X);
        var height = Math.Min(first.Bottom, second.Bottom) - Math.Max(first.Y, second.Y);
        return width <= 0 || height <= 0 ? 0 : width * height / Math.Min(first.Area, second.Area);
    }
}
