namespace MaskDashboard.Vision.Classification;

/// <summary>The sentences of <see cref="ExecutionProviderReport"/>: what computes, and why; <c>{0}</c> stands for a figure or a name.</summary>
public static class ProviderSentences
{
    /// <summary>The settings say so.</summary>
    public const string CpuChosen = "The CPU was chosen in the settings.";

    /// <summary>Another system.</summary>
    public const string WindowsOnly = "DirectML exists on Windows only.";

    /// <summary>The graphics card computes as it should.</summary>
    public const string DirectMLRight = "DirectML gives the stored answers on this graphics card.";

    /// <summary>Largest difference of a probability.</summary>
    public const string DirectMLWrong = "DirectML gives wrong answers on this graphics card (off by {0}); the CPU computes instead.";

    /// <summary>Name of the error.</summary>
    public const string DirectMLUnusable = "DirectML cannot be used here ({0}); the CPU computes instead.";

    /// <summary>Largest difference of a probability.</summary>
    public const string Int8Wrong = "The 8-bit model gives wrong answers on this CPU (off by {0}); the slower float model computes instead.";

    /// <summary>Those that hold a figure or a name.</summary>
    public static IReadOnlyList<string> WithFigures { get; } = [DirectMLWrong, DirectMLUnusable, Int8Wrong];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [CpuChosen, WindowsOnly, DirectMLRight, DirectMLWrong, DirectMLUnusable, Int8Wrong];
}
