using System.Text.Json;

namespace MaskDashboard.Components.Uploading;

/// <summary>A photograph that comes with the program, to try it with.</summary>
/// <param name="File">File name in <c>wwwroot/samples</c>.</param>
/// <param name="Title">What it shows, in English; the key of its translations.</param>
/// <param name="Credit">Where it is from.</param>
public sealed record SampleImage(string File, string Title, string? Credit = null)
{
    /// <summary>Address of the file.</summary>
    public string Address => $"/samples/{File}";
}

/// <summary>The photographs listed in <c>wwwroot/samples/samples.json</c>; none when the list is absent.</summary>
/// <param name="environment">Where wwwroot is.</param>
public sealed class SampleImages(IWebHostEnvironment environment)
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    private IReadOnlyList<SampleImage>? _all;

    /// <summary>Every sample.</summary>
    /// <exception cref="InvalidDataException">The list is not an array of <c>{file, title}</c>.</exception>
    public IReadOnlyList<SampleImage> All => _all ??= Read();

    private IReadOnlyList<SampleImage> Read()
    {
        var file = environment.WebRootFileProvider.GetFileInfo("samples/samples.json");
        if (!file.Exists)
        {
            return [];
        }

        try
        {
            using var stream = file.CreateReadStream();
            return JsonSerializer.Deserialize<IReadOnlyList<SampleImage>>(stream, _json) ?? [];
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException("wwwroot/samples/samples.json is not an array of {file, title}.", exception);
        }
    }
}
