using System.Globalization;

namespace MaskDashboard.Vision.Decoding;

/// <summary>The sentences of <see cref="ImageRejectedException"/>, each what is wrong and what to do; <c>{0}</c> and so on stand for figures.</summary>
public static class RejectionSentences
{
    /// <summary>No bytes.</summary>
    public const string Empty = "The file is empty: upload the photograph again.";

    /// <summary>Another type.</summary>
    public const string NotAnImage = "The file is not a JPEG, PNG or WebP image: convert it to one of these.";

    /// <summary>Cut off or damaged.</summary>
    public const string Damaged = "The image is damaged or cut off: save or copy it again and upload the whole file.";

    /// <summary>Megapixels, width, height, largest number of megapixels.</summary>
    public const string TooManyPixels = "The image has {0} megapixels ({1} x {2}) and the limit is {3}: reduce it and upload it again.";

    /// <summary>The pixels do not fit into memory.</summary>
    public const string NoMemory = "There is not enough memory for an image of this size: reduce it and upload it again.";

    /// <summary>Largest number of megabytes.</summary>
    public const string TooLarge = "The file is larger than {0} MB: reduce it and upload it again.";

    /// <summary>Width, height, smallest side.</summary>
    public const string TooSmall = "The image is {0} x {1} pixels, too small for a face: upload one with at least {2} pixels on each side.";

    /// <summary>Those that hold figures.</summary>
    public static IReadOnlyList<string> WithFigures { get; } = [TooManyPixels, TooLarge, TooSmall];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Empty, NotAnImage, Damaged, TooManyPixels, NoMemory, TooLarge, TooSmall];

    /// <summary>A sentence with its figures, the same on every machine.</summary>
    /// <param name="sentence">One of <see cref="WithFigures"/>.</param>
    /// <param name="figures">Its figures; one decimal at most is written.</param>
    internal static string With(string sentence, params double[] figures) =>
        string.Format(CultureInfo.InvariantCulture, sentence, [.. figures.Select(figure => figure.ToString("0.#", CultureInfo.InvariantCulture))]);
}
