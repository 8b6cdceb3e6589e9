namespace MaskDashboard.Cli.Output;

/// <summary>Writes files that are there whole or not at all.</summary>
public static class WholeFile
{
    /// <summary>Writes beside the target and moves over it; makes the folders that are missing.</summary>
    /// <param name="path">The file; replaced when it exists.</param>
    /// <param name="content">Its content.</param>
    public static void Write(string path, byte[] content)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var unfinished = $"{full}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllBytes(unfinished, content);
            File.Move(unfinished, full, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished); // Gone already when all went well.
        }
    }
}
