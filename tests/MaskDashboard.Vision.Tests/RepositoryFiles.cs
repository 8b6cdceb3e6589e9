using System.Runtime.CompilerServices;

namespace MaskDashboard.Vision.Tests;

/// <summary>Where tests find the repository's own files, and the data beside it that a fresh clone does not have.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    public static string Models => Path.Combine(Root, "models");

    public static string Sample(string name) => Path.Combine(Root, "wwwroot", "samples", name);

    public static string Shared(string path)
    {
        var full = Path.GetFullPath(Path.Combine(Root, "..", "shared", path));
        Skip.IfNot(File.Exists(full) || Directory.Exists(full), $"The optional data {path} is not beside the repository.");
        return full;
    }

    public static VisionOptions Options() => new() { ModelsFolder = Models };

    private static string FindRoot([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
