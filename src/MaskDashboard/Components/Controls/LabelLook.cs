using MaskDashboard.Vision;

namespace MaskDashboard.Components.Controls;

/// <summary>How a label looks everywhere: a colour, a mark and a word, so that none of them stands alone.</summary>
/// <param name="Css">Suffix of the CSS classes.</param>
/// <param name="Word">English word; the key of its translations.</param>
/// <param name="Mark">One character.</param>
public sealed record LabelLook(string Css, string Word, string Mark)
{
    private static readonly LabelLook _mask = new("mask", "Mask", "✓");
    private static readonly LabelLook _noMask = new("no-mask", "No mask", "✕");
    private static readonly LabelLook _uncertain = new("uncertain", "Uncertain", "?");

    /// <summary>The look of a box that a reviewer rejected.</summary>
    public static LabelLook NotAFace { get; } = new("rejected", "Not a face", "–");

    /// <summary>The look of a label.</summary>
    /// <param name="label">The label.</param>
    public static LabelLook Of(MaskLabel label) => label switch
    {
        MaskLabel.Mask => _mask,
        MaskLabel.NoMask => _noMask,
        _ => _uncertain,
    };
}
