namespace MaskDashboard.Vision.Decoding;

/// <summary>Why an upload is not analysed.</summary>
public enum ImageRejection
{
    /// <summary>No bytes at all.</summary>
    Empty = 0,

    /// <summary>Not a JPEG, PNG or WebP image.</summary>
    NotAnImage = 1,

    /// <summary>The file ends early or its pixels are damaged.</summary>
    Truncated = 2,

    /// <summary>More megapixels than allowed. Arguments: width, height, megapixels, limit.</summary>
    TooManyPixels = 3,

    /// <summary>More bytes than allowed. Arguments: limit in MB.</summary>
    TooLarge = 4,

    /// <summary>Too few pixels to hold a face. Arguments: width, height, smallest side.</summary>
    TooSmall = 5,
}

/// <summary>The input cannot be analysed. <see cref="Exception.Message"/> is one sentence for the person who gave it.</summary>
/// <param name="rejection">Why.</param>
/// <param name="message">What is wrong and what to do.</param>
/// <param name="innerException">What a library said.</param>
public sealed class ImageRejectedException(ImageRejection rejection, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>Why.</summary>
    public ImageRejection Rejection { get; } = rejection;
}
