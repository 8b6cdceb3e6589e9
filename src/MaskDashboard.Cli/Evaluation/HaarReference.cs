using System.Text.Json;
using MaskDashboard.Cli.Input;
using MaskDashboard.Vision;

namespace MaskDashboard.Cli.Evaluation;

/// <summary>What the notebook's detector finds in one image.</summary>
/// <param name="Faces">Boxes x, y, width, height, pixels, in the notebook's order.</param>
/// <param name="TooClose">For each box whether it is too close to another.</param>
public sealed record HaarReferenceImage(IReadOnlyList<BoundingBox> Faces, IReadOnlyList<bool> TooClose)
{
    /// <summary>Compares with a result: boxes as sets, and the flag of each box.</summary>
    /// <param name="analysis">The result for the same image.</param>
    /// <returns>What differs, in words; null when nothing does.</returns>
    public string? Difference(FrameAnalysis analysis)
    {
        var expected = Faces.Zip(TooClose).ToHashSet();
        var actual = analysis.Faces.Select(face => (face.Box, face.TooClose)).ToHashSet();
        if (expected.SetEquals(actual))
        {
            return null;
        }

        var boxesAreEqual = Faces.ToHashSet().SetEquals(analysis.Faces.Select(face => face.Box));
        return boxesAreEqual
            ? $"too-close flags differ: {expected.Except(actual).Count()} of {Faces.Count} faces"
            : $"boxes differ: {Faces.Count} expected, {analysis.Faces.Count} found, {expected.Select(face => face.First).Intersect(actual.Select(face => face.Box)).Count()} in common";
    }
}

/// <summary>Reads the file of boxes that the notebook's detector finds.</summary>
public static class HaarReference
{
    /// <summary>Reads the file.</summary>
    /// <param name="path">JSON: <c>MIN_DISTANCE</c>, <c>scaleFactor</c>, <c>minNeighbors</c> and <c>images</c>, by name without extension: <c>faces</c> (x, y, width, height) and <c>too_close</c> (0 or 1).</param>
    /// <returns>The settings it was made with, and what is expected by image.</returns>
    /// <exception cref="InputException">The file is missing or of another form.</exception>
    public static (AnalysisSettings Settings, IReadOnlyDictionary<string, HaarReferenceImage> Images) Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"{path}: no such file.");
        }

        try
        {
            using var stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(stream);
            var root = document.RootElement;
            var settings = AnalysisSettings.Notebook with
            {
                HaarScaleFactor = root.GetProperty("scaleFactor").GetDouble(),
                HaarMinNeighbors = root.GetProperty("minNeighbors").GetInt32(),
                MinDistancePixelsTopLeft = root.GetProperty("MIN_DISTANCE").GetDouble(),
            };
            return (settings, root.GetProperty("images").EnumerateObject().ToDictionary(image => image.Name, image => ReadImage(image.Value)));
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new InputException($"{path}: not a reference of Haar boxes ({error.Message}).");
        }
    }

    private static HaarReferenceImage ReadImage(JsonElement image) => new(
        [.. image.GetProperty("faces").EnumerateArray().Select(box => new BoundingBox(box[0].GetSingle(), box[1].GetSingle(), box[2].GetSingle(), box[3].GetSingle()))],
        [.. image.GetProperty("too_close").EnumerateArray().Select(flag => flag.GetInt32() != 0)]);
}
