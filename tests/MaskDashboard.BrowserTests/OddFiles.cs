using OpenCvSharp;

namespace MaskDashboard.BrowserTests;

/// <summary>Files of every kind that people drop on the page, in a folder that is deleted at the end.</summary>
internal sealed class OddFiles : IDisposable
{
    private static readonly string _assets = Path.Combine(DashboardServer.RepositoryRoot, "tests", "assets", "images");

    /// <summary>The folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("mask-dashboard-files-").FullName;

    /// <summary>Names of the files and what their row says below the name, in the order they are chosen.</summary>
    public static IReadOnlyList<(string Name, string Says, bool IsTaken)> All { get; } =
    [
        ("alpha.png", "1 face · 0 with a mask · 1 without", true),
        ("animated.gif", "This is not a JPEG, PNG or WebP image. Save the photograph as one of these.", false),
        ("animated.webp", "2 faces · 1 with a mask · 1 without · 2 too close", true),
        ("cmyk.jpg", "2 faces · 1 with a mask · 1 without · 2 too close", true),
        ("cut-face.jpg", "1 face", true),
        ("empty.jpg", "The file is empty. Choose the photograph again.", false),
        ("grey.jpg", "2 faces · 1 with a mask · 1 without · 2 too close", true),
        ("no-face.jpg", "0 faces", true),
        ("not-an-image.jpg", "This is not a JPEG, PNG or WebP image. Save the photograph as one of these.", false),
        ("png-by-content.jpg", "1 face · 0 with a mask · 1 without", true),
        ("sixteen-bit.png", "1 face · 0 with a mask · 1 without", true),
        ("tiny.png", "The image is 8 x 8 pixels, too small for a face: upload one with at least 16 pixels on each side.", false),
        ("too-large.jpg", "The file is larger than 25 MB. Save the photograph smaller and choose it again.", false),
        ("too-many-pixels.png", "The image has 54 megapixels (9000 x 6000) and the limit is 50: reduce it and upload it again.", false),
        ("truncated.jpg", "The image is damaged or cut off: save or copy it again and upload the whole file.", false),
        ("truncated.png", "The image is damaged or cut off: save or copy it again and upload the whole file.", false),
    ];

    /// <summary>Writes them.</summary>
    public OddFiles()
    {
        using var two = Cv2.ImRead(Sample("two-too-close.jpg"));
        using var bare = Cv2.ImRead(Sample("one-bare.png"));
        using var alpha = new Mat();
        Cv2.CvtColor(bare, alpha, ColorConversionCodes.BGR2BGRA);
        alpha[new Rect(0, 0, 60, bare.Height)].SetTo(new Scalar(0, 0, 255, 0));
        Write("alpha.png", alpha);
        File.Copy(Path.Combine(_assets, "animated.gif"), At("animated.gif"));
        File.Copy(Path.Combine(_assets, "animated.webp"), At("animated.webp"));
        File.Copy(Path.Combine(_assets, "cmyk.jpg"), At("cmyk.jpg"));

        // The face's left half is outside.
        using var cut = bare[new Rect(bare.Width / 2 - 20, 0, bare.Width / 2, bare.Height)].Clone();
        Write("cut-face.jpg", cut);
        File.WriteAllBytes(At("empty.jpg"), []);
        using var grey = new Mat();
        Cv2.CvtColor(two, grey, ColorConversionCodes.BGR2GRAY);
        Write("grey.jpg", grey);
        using var plain = new Mat(300, 400, MatType.CV_8UC3, Scalar.Gray);
        Write("no-face.jpg", plain);
        File.WriteAllText(At("not-an-image.jpg"), "minutes of the safety meeting");
        using var smaller = bare.Resize(new Size(), 0.9, 0.9, InterpolationFlags.Area);
        File.WriteAllBytes(At("png-by-content.jpg"), smaller.ToBytes(".png"));
        using var sixteen = new Mat();
        bare.ConvertTo(sixteen, MatType.CV_16UC3, 257);
        Write("sixteen-bit.png", sixteen);
        using var tiny = new Mat(8, 8, MatType.CV_8UC3, Scalar.Gray);
        Write("tiny.png", tiny);
        using (var large = File.Create(At("too-large.jpg")))
        {
            large.Write(File.ReadAllBytes(Sample("two-too-close.jpg")));
            large.SetLength(25_000_001);
        }

        using var many = new Mat(6000, 9000, MatType.CV_8UC1, Scalar.Gray);
        Write("too-many-pixels.png", many);
        foreach (var (name, sample) in new[] { ("truncated.jpg", "two-too-close.jpg"), ("truncated.png", "one-bare.png") })
        {
            var whole = File.ReadAllBytes(Sample(sample));
            File.WriteAllBytes(At(name), whole[..(whole.Length / 2)]);
        }
    }

    /// <summary>The path of a file.</summary>
    public string At(string name) => Path.Combine(Folder, name);

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string Sample(string name) => Path.Combine(DashboardServer.SamplesFolder, name);

    private void Write(string name, Mat pixels) => File.WriteAllBytes(At(name), pixels.ToBytes(Path.GetExtension(name)));
}
