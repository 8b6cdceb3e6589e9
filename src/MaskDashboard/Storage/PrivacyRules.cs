namespace MaskDashboard.Storage;

/// <summary>Which stored photographs have their faces blurred.</summary>
public enum FaceBlurMode
{
    /// <summary>None.</summary>
    Off = 0,

    /// <summary>Those that are reviewed; a photograph stays sharp until nobody has to look at it any more.</summary>
    Reviewed = 1,

    /// <summary>All, before anything of them is written.</summary>
    Always = 2,
}

/// <summary>How other people's faces are kept; one row.</summary>
public sealed class PrivacyRules
{
    /// <summary>Primary key of the only row.</summary>
    public const long OnlyId = 1;

    /// <summary>Primary key; always <see cref="OnlyId"/>.</summary>
    public long Id { get; set; } = OnlyId;

    /// <summary>Which stored photographs have their faces blurred.</summary>
    public FaceBlurMode FaceBlur { get; set; }
}
