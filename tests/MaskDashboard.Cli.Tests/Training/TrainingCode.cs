using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace MaskDashboard.Cli.Tests.Training;

/// <summary>Runs the Python code in models/training. Tests that use it skip where Python lacks PyTorch, ONNX or OpenCV; tests/run.sh installs them on Debian.</summary>
internal static class TrainingCode
{
    private static readonly string s_folder = Path.Combine(Repository.Models, "training");
    private static readonly Lazy<string?> s_python = new(FindPython);

    /// <summary>Runs a script to its end.</summary>
    /// <param name="script">Its name in models/training.</param>
    /// <param name="arguments">Its command line.</param>
    /// <returns>What it wrote to standard output.</returns>
    public static string Run(string script, params string[] arguments)
    {
        Skip.If(s_python.Value is null, "No python3 here has torch, onnx, cv2 and numpy (Debian: python3-torch python3-onnx python3-opencv python3-numpy).");
        var (exitCode, output, error) = Start(s_python.Value!, [Path.Combine(s_folder, script), .. arguments]);
        Assert.True(exitCode == 0, $"{script} ended with {exitCode}:\n{error}");
        return output;
    }

    /// <summary>Runs a script that stands beside the tests and tries parts of the training code.</summary>
    /// <param name="script">Its file name; its first argument is the folder models/training.</param>
    /// <param name="arguments">The rest of its command line.</param>
    /// <returns>What it wrote: a line with name and number for each.</returns>
    public static IReadOnlyDictionary<string, double> Check(string script, params string[] arguments) =>
        Run(Path.Combine(Repository.TrainingChecks, script), [s_folder, .. arguments])
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ')).ToDictionary(parts => parts[0], parts => double.Parse(parts[1], CultureInfo.InvariantCulture));

    /// <summary>A small crowd: two of the project's own photographs with their annotations, in the layout of the training data.</summary>
    /// <param name="folder">Where images/ and annotations/ are made.</param>
    public static string SmallCrowd(string folder)
    {
        foreach (var (kind, source, extension) in new[] { ("images", Repository.Samples, ".jpg"), ("annotations", Repository.SampleAnnotations, ".xml") })
        {
            Directory.CreateDirectory(Path.Combine(folder, kind));
            foreach (var name in (string[])["two-too-close", "three-one-bare"])
            {
                File.Copy(Path.Combine(source, name + extension), Path.Combine(folder, kind, name + extension));
            }
        }

        return folder;
    }

    private static string? FindPython() => ((string[])["python3", "/usr/bin/python3"]).FirstOrDefault(python =>
    {
        try
        {
            return Start(python, ["-c", "import torch, onnx, cv2, numpy"]).ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false; // no such program
        }
    });

    private static (int ExitCode, string Output, string Error) Start(string python, string[] arguments)
    {
        var start = new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
