using System.ComponentModel.DataAnnotations;
using MaskDashboard.Vision.Classification;
using MaskDashboard.Vision.Decoding;
using MaskDashboard.Vision.Detection;

namespace MaskDashboard.Vision;

/// <summary>Where the models are and how they run.</summary>
public sealed class VisionOptions
{
    /// <summary>Folder of the model files; a relative path is looked for in the current folder, then beside the program. Default <c>models</c>.</summary>
    [Required]
    public string ModelsFolder { get; set; } = "models";

    /// <summary>The classifier's weights. Default Auto.</summary>
    public ClassifierPrecision Classifier { get; set; } = ClassifierPrecision.Auto;

    /// <summary>What computes the classifier. Default Auto.</summary>
    public ExecutionProviderKind Provider { get; set; } = ExecutionProviderKind.Auto;

    /// <summary>Index of the DXGI adapter that DirectML uses. 0 to 15, default 0.</summary>
    [Range(0, 15)]
    public int DirectMLDeviceId { get; set; }

    /// <summary>Threads for one inference on the CPU; 0 for the number of cores. 0 to 256, default 0.</summary>
    [Range(0, 256)]
    public int IntraOpThreads { get; set; }

    /// <summary>Limits on what is decoded.</summary>
    public DecodingOptions Decoding { get; set; } = new();

    /// <summary>At which size YuNet looks.</summary>
    public YuNetOptions YuNet { get; set; } = new();
}
