namespace MaskDashboard.Vision.Classification;

/// <summary>What computes the classifier.</summary>
public enum ExecutionProviderKind
{
    /// <summary>DirectML on Windows when it passes the golden batch, else the CPU.</summary>
    Auto = 0,

    /// <summary>The processor.</summary>
    Cpu = 1,

    /// <summary>A graphics card through DirectML, Windows only.</summary>
    DirectML = 2,
}

/// <summary>Which weights the classifier uses.</summary>
public enum ClassifierPrecision
{
    /// <summary>8-bit integers on the CPU when they pass the golden batch, else float; float on DirectML.</summary>
    Auto = 0,

    /// <summary>8-bit integers.</summary>
    Int8 = 1,

    /// <summary>Float computation on weights stored in half precision.</summary>
    Fp32 = 2,
}

/// <summary>What computes the classifier and why.</summary>
/// <param name="Provider">The provider in use, never <see cref="ExecutionProviderKind.Auto"/>.</param>
/// <param name="Reasons">Why: one or two sentences of <see cref="ProviderSentences"/>.</param>
/// <param name="ModelFile">Name of the model file in use.</param>
public sealed record ExecutionProviderReport(ExecutionProviderKind Provider, IReadOnlyList<string> Reasons, string ModelFile)
{
    /// <summary>The reasons as one text, in English.</summary>
    public string Reason => string.Join(' ', Reasons);
}
