namespace MaskDashboard.Components.Reviewing;

/// <summary>What a key or a button of the review desk asks for.</summary>
public enum ReviewCommand
{
    /// <summary>The face wears a mask.</summary>
    Mask,

    /// <summary>The face wears none.</summary>
    NoMask,

    /// <summary>The box is not a face.</summary>
    NotAFace,

    /// <summary>The program's answer again.</summary>
    Program,

    /// <summary>Every face wears a mask.</summary>
    AllMask,

    /// <summary>No face wears a mask.</summary>
    AllNoMask,

    /// <summary>Undo the last step.</summary>
    Undo,

    /// <summary>Do again what was undone.</summary>
    Redo,

    /// <summary>Mark as reviewed and go on.</summary>
    Reviewed,

    /// <summary>Draw a missed face.</summary>
    Draw,

    /// <summary>The next face.</summary>
    NextFace,

    /// <summary>The face before.</summary>
    PreviousFace,

    /// <summary>The next photograph.</summary>
    NextImage,

    /// <summary>The photograph before.</summary>
    PreviousImage,

    /// <summary>Show the keys.</summary>
    Help,

    /// <summary>Stop what was begun.</summary>
    Cancel,
}
