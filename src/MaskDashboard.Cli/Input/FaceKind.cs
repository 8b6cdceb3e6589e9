namespace MaskDashboard.Cli.Input;

/// <summary>The labels of the annotated photographs.</summary>
public enum FaceKind
{
    /// <summary><c>with_mask</c>.</summary>
    WithMask = 0,

    /// <summary><c>without_mask</c>.</summary>
    WithoutMask = 1,

    /// <summary><c>mask_weared_incorrect</c>; counts as no mask.</summary>
    WornIncorrectly = 2,
}
