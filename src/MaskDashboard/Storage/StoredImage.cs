using MaskDashboard.Vision.Decoding;

namespace MaskDashboard.Storage;

/// <summary>How the capture time of a photograph is known.</summary>
public enum CaptureTimeSource
{
    /// <summary>Read from its EXIF data.</summary>
    Exif = 0,

    /// <summary>Given by the person who uploaded it.</summary>
    Uploader = 1,

    /// <summary>Unknown: the time of the upload stands in.</summary>
    Upload = 2,
}

/// <summary>A photograph, once for each content: the same bytes uploaded again are recognised by <see cref="Sha256"/>.</summary>
public sealed class StoredImage
{
    /// <summary>Primary key.</summary>
    public long Id { get; set; }

    /// <summary>SHA-256 of the uploaded bytes, 64 lower-case hexadecimal digits; unique. Also names the original in the data folder.</summary>
    public required string Sha256 { get; set; }

    /// <summary>Name of the file as first uploaded, without its folder; 255 characters at most.</summary>
    public required string FileName { get; set; }

    /// <summary>Type by content.</summary>
    public ImageFormat Format { get; set; }

    /// <summary>Size of the upload in bytes.</summary>
    public long ByteLength { get; set; }

    /// <summary>Width after EXIF orientation, pixels.</summary>
    public int Width { get; set; }

    /// <summary>Height after EXIF orientation, pixels.</summary>
    public int Height { get; set; }

    /// <summary>Horizontal focal length from EXIF in pixels; null when the file has none.</summary>
    public double? ExifFocalLengthPixels { get; set; }

    /// <summary>The site; null when none was named.</summary>
    public long? SiteId { get; set; }

    /// <summary>The site.</summary>
    public Site? Site { get; set; }

    /// <summary>When the photograph was taken, UTC.</summary>
    public DateTime CapturedAtUtc { get; set; }

    /// <summary>How <see cref="CapturedAtUtc"/> is known.</summary>
    public CaptureTimeSource CapturedAtSource { get; set; }

    /// <summary>When it was first uploaded, UTC.</summary>
    public DateTime UploadedAtUtc { get; set; }

    /// <summary>Key of the account that uploaded it; null in a run without accounts.</summary>
    public string? UploadedById { get; set; }

    /// <summary>How often the same bytes were uploaded, the first time included.</summary>
    public int UploadCount { get; set; } = 1;

    /// <summary>False once retention or an erasure removed the original; the results stay.</summary>
    public bool HasOriginal { get; set; } = true;

    /// <summary>How often the faces that were found were blurred in the original: once, and again for each face that somebody drew afterwards.</summary>
    public int TimesBlurred { get; set; }

    /// <summary>Whether they are blurred, for good: people can look at the original, engines and classifier no longer.</summary>
    public bool FacesBlurred => TimesBlurred > 0;

    /// <summary>Whether engines and classifier can look at the original again.</summary>
    public bool CanBeMeasured => HasOriginal && !FacesBlurred;

    /// <summary>Every analysis of the photograph.</summary>
    public List<ImageAnalysis> Analyses { get; } = [];
}
