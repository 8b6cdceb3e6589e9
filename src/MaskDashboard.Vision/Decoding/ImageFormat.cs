namespace MaskDashboard.Vision.Decoding;

/// <summary>The types of image that are accepted, told by content and never by name.</summary>
public enum ImageFormat
{
    /// <summary>JPEG, <c>image/jpeg</c>.</summary>
    Jpeg = 0,

    /// <summary>PNG, <c>image/png</c>.</summary>
    Png = 1,

    /// <summary>WebP, <c>image/webp</c>; of an animation the first frame.</summary>
    WebP = 2,
}
