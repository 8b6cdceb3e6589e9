using System.ComponentModel.DataAnnotations;

namespace MaskDashboard.Vision.Annotation;

/// <summary>How results are drawn into pictures. Section <c>Annotation</c>.</summary>
public sealed record AnnotationOptions
{
    /// <summary>Quality of annotated JPEG images. 1 to 100, default 90.</summary>
    [Range(1, 100)]
    public int JpegQuality { get; init; } = 90;

    /// <summary>Longer side an annotated image has at least, pixels; smaller photographs are enlarged (at most fourfold) so that the labels can be read. 0 (never) to 4096, default 1280.</summary>
    [Range(0, 4096)]
    public int MinLongerSidePixels { get; init; } = 1280;

    /// <summary>Longer side of a thumbnail, pixels; smaller photographs keep their size. 64 to 320, default 320.</summary>
    [Range(64, 320)]
    public int ThumbnailLongerSidePixels { get; init; } = 320;

    /// <summary>Quality of thumbnails and crops, which are JPEG as well. 1 to 100, default 82.</summary>
    [Range(1, 100)]
    public int ThumbnailJpegQuality { get; init; } = 82;

    /// <summary>With more pairs than this too close, every face gets only the line to its nearest neighbour. 0 to 1000, default 12.</summary>
    [Range(0, 1000)]
    public int MaxPairLines { get; init; } = 12;

    /// <summary>Whether every candidate's face is made unrecognisable before anything is drawn or written. Default no.</summary>
    public bool BlurFaces { get; init; }
}
