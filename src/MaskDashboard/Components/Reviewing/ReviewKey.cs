namespace MaskDashboard.Components.Reviewing;

/// <summary>A key of the review desk, as buttons and the help show it.</summary>
/// <param name="Command">What it asks for.</param>
/// <param name="Words">What it does, in English; the key of its translations.</param>
/// <param name="Keys">Names of the keys.</param>
public sealed record ReviewKey(ReviewCommand Command, string Words, params IReadOnlyList<string> Keys)
{
    /// <summary>Every key, in the order of the help.</summary>
    public static IReadOnlyList<ReviewKey> All { get; } =
    [
        new(ReviewCommand.Mask, "Mask", "M"),
        new(ReviewCommand.NoMask, "No mask", "N"),
        new(ReviewCommand.NotAFace, "Not a face", "X"),
        new(ReviewCommand.Program, "As the program says", "C"),
        new(ReviewCommand.AllMask, "All faces: mask", "Shift+M"),
        new(ReviewCommand.AllNoMask, "All faces: no mask", "Shift+N"),
        new(ReviewCommand.Draw, "Draw a missed face", "D"),
        new(ReviewCommand.Undo, "Undo", "U", "Ctrl+Z"),
        new(ReviewCommand.Redo, "Redo", "Y", "Ctrl+Y"),
        new(ReviewCommand.NextFace, "Next face", "→"),
        new(ReviewCommand.PreviousFace, "Previous face", "←"),
        new(ReviewCommand.Reviewed, "Reviewed, go on", "R", "Enter"),
        new(ReviewCommand.NextImage, "Next photograph", "J"),
        new(ReviewCommand.PreviousImage, "Previous photograph", "K"),
        new(ReviewCommand.Help, "Keys", "?"),
        new(ReviewCommand.Cancel, "Cancel", "Esc"),
    ];

    /// <summary>The key of a command.</summary>
    /// <param name="command">The command.</param>
    public static ReviewKey Of(ReviewCommand command) => All.First(key => key.Command == command);
}
