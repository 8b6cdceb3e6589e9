namespace MaskDashboard.Cli.Tests;

/// <summary>Files of the repository that tests read.</summary>
internal static class Repository
{
    private static readonly string s_root = FindRoot();

    public static string Models => Path.Combine(s_root, "models");

    public static string Samples => Path.Combine(s_root, "wwwroot", "samples");

    public static string TrainingChecks => Path.Combine(s_root, "tests", "MaskDashboard.Cli.Tests", "Training");

    public static string SampleAnnotations => Path.Combine(s_root, "tests", "assets", "annotations");

    /// <summary>A folder beside the repository that not every machine has; tests that need it skip without it.</summary>
    public static string Shared => Path.Combine(s_root, "..", "shared");

    public static string Sample(string name) => Path.Combine(Samples, name);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MaskDashboard.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"No MaskDashboard.sln above {AppContext.BaseDirectory}.");
        }

        return folder.FullName;
    }
}
