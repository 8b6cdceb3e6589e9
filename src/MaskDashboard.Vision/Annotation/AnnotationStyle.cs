using SkiaSharp;

namespace MaskDashboard.Vision.Annotation;

/// <summary>Sizes of everything drawn, in pixels of the picture drawn into; they follow the picture's size and, where faces are small, theirs.</summary>
/// <param name="Stroke">Width of the line around a face that is too close; the others' is two thirds of it.</param>
/// <param name="Halo">Width of the dark rim on either side of a line.</param>
/// <param name="FontSize">Size of the text; 0 where there is room for none.</param>
internal sealed record AnnotationStyle(float Stroke, float Halo, float FontSize)
{
    public static readonly SKColor TooClose = new(0xFF, 0x45, 0x3A);
    public static readonly SKColor FarEnough = new(0x3D, 0xD6, 0x5F);
    public static readonly SKColor HaloColor = new(0, 0, 0, 0xA0);
    public static readonly SKColor Mask = new(0x12, 0x5F, 0xC4);
    public static readonly SKColor NoMask = new(0xFF, 0x9F, 0x1C);
    public static readonly SKColor Uncertain = new(0xE4, 0xE6, 0xEA);
    public static readonly SKColor DistanceGround = new(0x1E, 0x1F, 0x22);
    public static readonly SKColor Light = new(0xFF, 0xFF, 0xFF);
    public static readonly SKColor Dark = new(0x16, 0x17, 0x1A);

    private const float MinFontSize = 10;

    /// <summary>Sizes for a full picture.</summary>
    /// <param name="longerSide">Longer side of the picture, pixels.</param>
    /// <param name="faceHeights">Heights of the counted faces, pixels of the picture.</param>
    public static AnnotationStyle ForImage(float longerSide, IEnumerable<float> faceHeights)
    {
        var typicalFace = Median(faceHeights) ?? longerSide;
        var fontSize = Math.Max(MinFontSize, Math.Min(longerSide / 72, typicalFace * 0.32f));
        var stroke = Math.Clamp(Math.Min(longerSide / 340, typicalFace / 13), 1.5f, 24);
        return new AnnotationStyle(stroke, Math.Max(1, stroke * 0.45f), fontSize);
    }

    /// <summary>Sizes for a thumbnail: no text.</summary>
    public static AnnotationStyle ForThumbnail { get; } = new(2, 0.75f, 0);

    private static float? Median(IEnumerable<float> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? null : sorted[sorted.Length / 2];
    }
}
