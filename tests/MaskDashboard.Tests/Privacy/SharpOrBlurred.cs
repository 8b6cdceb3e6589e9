using MaskDashboard.Storage;
using MaskDashboard.Uploads;
using OpenCvSharp;

namespace MaskDashboard.Tests.Privacy;

/// <summary>A stored sample, and how sharp its faces are.</summary>
internal static class SharpOrBlurred
{
    public const string Sample = "two-too-close.jpg";

    public static async Task<IntakeResult> AcceptAsync(DashboardHost host)
    {
        await using var file = DashboardHost.Sample(Sample);
        return await host.Get<ImageIntake>().AcceptAsync(file, new IntakeRequest(Sample, "Gate"));
    }

    public static async Task<DashboardHost> AnalysedAsync()
    {
        var host = await DashboardHost.CreateAsync();
        await AcceptAsync(host);
        await host.RunQueueAsync();
        return host;
    }

    public static async Task<Mat> OriginalAsync() => Cv2.ImDecode(await File.ReadAllBytesAsync(Path.Combine(DashboardHost.Root, "wwwroot", "samples", Sample)), ImreadModes.Color);

    // The share of the faces' fine detail that the stored file still has.
    public static async Task<double> DetailLeftAsync(DashboardHost host, ImageAnalysis analysis)
    {
        using var stored = Cv2.ImDecode(await File.ReadAllBytesAsync(host.Get<OriginalStore>().PathOf(analysis.Image!.Sha256)), ImreadModes.Color);
        using var original = await OriginalAsync();
        return Detail(stored, analysis) / Detail(original, analysis);
    }

    public static double Detail(Mat image, ImageAnalysis analysis) =>
        analysis.Faces.Max(face => Detail(image, new Rect((int)face.X, (int)face.Y, (int)face.Width, (int)face.Height)));

    public static double Detail(Mat image, Rect face)
    {
        using var region = new Mat(image, face.Intersect(new Rect(0, 0, image.Width, image.Height)));
        using var edges = new Mat();
        Cv2.Laplacian(region, edges, MatType.CV_64F);
        Cv2.MeanStdDev(edges, out _, out var deviation);
        return deviation.Val0 * deviation.Val0;
    }
}
