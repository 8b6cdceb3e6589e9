using System.Numerics;
using OpenCvSharp;

namespace MaskDashboard.Cli.Metrics;

/// <summary>64-bit DCT hash of an image: near-duplicates (other size, other compression) differ in a few bits.</summary>
public static class PerceptualHash
{
    /// <summary>Two images whose hashes differ in at most this many bits are taken for near-duplicates.</summary>
    public const int MaxNearDuplicateBits = 4;

    private const int Side = 32;
    private const int Frequencies = 8;

    /// <summary>The 8 x 8 lowest frequencies of the DCT of the 32 x 32 grey image, one bit each: above their median or not.</summary>
    /// <param name="image">8-bit BGR pixels.</param>
    public static ulong Of(Mat image)
    {
        using var grey = new Mat();
        using var small = new Mat();
        using var values = new Mat();
        using var spectrum = new Mat();
        Cv2.CvtColor(image, grey, ColorConversionCodes.BGR2GRAY);
        Cv2.Resize(grey, small, new Size(Side, Side), 0, 0, InterpolationFlags.Area);
        small.ConvertTo(values, MatType.CV_32F);
        Cv2.Dct(values, spectrum);
        var lowest = new float[Frequencies * Frequencies];
        for (var y = 0; y < Frequencies; y++)
        {
            for (var x = 0; x < Frequencies; x++)
            {
                lowest[(y * Frequencies) + x] = spectrum.At<float>(y, x);
            }
        }

        var sorted = lowest.Order().ToArray();
        var median = (sorted[31] + sorted[32]) / 2;
        var hash = 0UL;
        for (var i = 0; i < lowest.Length; i++)
        {
            hash |= lowest[i] > median ? 1UL << i : 0;
        }

        return hash;
    }

    /// <summary>Bits in which two hashes differ, 0 to 64.</summary>
    public static int Distance(ulong first, ulong second) => BitOperations.PopCount(first ^ second);
}
