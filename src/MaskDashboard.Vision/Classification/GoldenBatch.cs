using System.Text.Json;
using OpenCvSharp;

namespace MaskDashboard.Vision.Classification;

/// <summary>A few face crops and what the network answers to them in exact arithmetic. Drivers have been seen to compute convolutions wrongly; this tells.</summary>
internal sealed class GoldenBatch
{
    private readonly string _folder;
    private readonly Document _document;

    private GoldenBatch(string folder, Document document)
    {
        _folder = folder;
        _document = document;
    }

    /// <summary>Reads <c>golden/expected.json</c>.</summary>
    /// <param name="modelsFolder">The models folder.</param>
    /// <exception cref="ModelFileException">It is missing or damaged.</exception>
    public static GoldenBatch Load(string modelsFolder)
    {
        var folder = Path.Combine(modelsFolder, "golden");
        var path = Path.Combine(folder, "expected.json");
        if (!File.Exists(path))
        {
            throw new ModelFileException(path, "is missing");
        }

        try
        {
            var document = JsonSerializer.Deserialize<Document>(File.ReadAllBytes(path), JsonSerializerOptions.Web);
            return document is { Files.Length: > 0 } && document.Files.Length == document.Probabilities.Length
                ? new GoldenBatch(folder, document)
                : throw new ModelFileException(path, "is damaged");
        }
        catch (JsonException exception)
        {
            throw new ModelFileException(path, "is damaged", exception);
        }
    }

    /// <summary>The largest difference between what a classifier answers and what it should.</summary>
    /// <param name="classify">Takes a 128 x 128 BGR crop.</param>
    public double LargestDifference(Func<Mat, MaskProbabilities> classify)
    {
        var largest = 0.0;
        for (var index = 0; index < _document.Files.Length; index++)
        {
            using var crop = Cv2.ImRead(Path.Combine(_folder, _document.Files[index]));
            if (crop.Empty())
            {
                throw new ModelFileException(Path.Combine(_folder, _document.Files[index]), "is missing");
            }

            var answer = classify(crop);
            var expected = _document.Probabilities[index];
            var difference = Math.Max(Math.Abs(answer.Mask - expected[0]), Math.Abs(answer.NoMask - expected[1]));
            largest = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(largest, difference);
        }

        return largest;
    }

    /// <summary>Most that an answer may differ.</summary>
    public double Tolerance => _document.Tolerance;

    private sealed record Document(double Tolerance, string[] Files, double[][] Probabilities);
}
