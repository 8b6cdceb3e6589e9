namespace MaskDashboard.Cli;

/// <summary>What the program returns to the shell.</summary>
public static class ExitCode
{
    /// <summary>All went well.</summary>
    public const int Success = 0;

    /// <summary>Some files could not be used (the others were), or a check did not hold.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong, or names files that are not there.</summary>
    public const int Usage = 2;

    /// <summary>A model file is missing or damaged.</summary>
    public const int ModelMissing = 3;

    /// <summary>Interrupted by Ctrl-C, as a shell reports it.</summary>
    public const int Interrupted = 130;
}
