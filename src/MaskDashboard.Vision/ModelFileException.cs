namespace MaskDashboard.Vision;

/// <summary>A model or cascade file is missing or damaged. The message is one line: the file, where it was looked for, how to get it.</summary>
/// <param name="path">Where it was looked for.</param>
/// <param name="what">What is wrong, for instance <c>is missing</c>.</param>
/// <param name="innerException">What a library said.</param>
public sealed class ModelFileException(string path, string what, Exception? innerException = null)
    : Exception(
        $"Model file {Path.GetFileName(path)} {what} (looked for in {Path.GetDirectoryName(Path.GetFullPath(path))}): restore it with 'git checkout -- models' or name a folder that has it (setting Vision:ModelsFolder, option --models).",
        innerException)
{
    /// <summary>Where it was looked for.</summary>
    public string FilePath { get; } = path;
}
