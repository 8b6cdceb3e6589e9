using System.Globalization;
using SkiaSharp;

namespace MaskDashboard.Vision.Annotation;

/// <summary>How a label is shown: its text, its colours and its mark. Colour, mark and rim all say the same, so none of them is needed alone.</summary>
/// <param name="Label">The label shown.</param>
/// <param name="Ground">Fill colour.</param>
/// <param name="Ink">Colour of mark and text, at least 4.5 : 1 against the ground.</param>
/// <param name="DashedRim">Whether the rim is dashed.</param>
/// <param name="Name">The label in English.</param>
internal sealed record FaceChip(MaskLabel Label, SKColor Ground, SKColor Ink, bool DashedRim, string Name)
{
    public static FaceChip For(MaskLabel label) => label switch
    {
        MaskLabel.Mask => s_mask,
        MaskLabel.NoMask => s_noMask,
        _ => s_uncertain,
    };

    private static readonly FaceChip s_mask = new(MaskLabel.Mask, AnnotationStyle.Mask, AnnotationStyle.Light, false, "Mask");
    private static readonly FaceChip s_noMask = new(MaskLabel.NoMask, AnnotationStyle.NoMask, AnnotationStyle.Dark, false, "No mask");
    private static readonly FaceChip s_uncertain = new(MaskLabel.Uncertain, AnnotationStyle.Uncertain, AnnotationStyle.Dark, true, "Uncertain");

    /// <summary>The texts for a face, fullest first; the last one is empty: the mark alone.</summary>
    public IEnumerable<string> Texts(FaceResult face)
    {
        if (Label != MaskLabel.Uncertain)
        {
            var probability = Label == MaskLabel.Mask ? face.Probabilities.Mask : face.Probabilities.NoMask;
            yield return string.Create(CultureInfo.InvariantCulture, $"{Name} {probability * 100:0} %");
        }

        yield return Name;
        yield return "";
    }

    /// <summary>Draws the mark into a square: a tick, a cross or a question mark.</summary>
    public void DrawMark(SKCanvas canvas, SKRect square, SKTypeface typeface)
    {
        using var paint = new SKPaint
        {
            Color = Ink, IsAntialias = true, IsStroke = true, StrokeWidth = square.Width * 0.17f, StrokeCap = SKStrokeCap.Round,
        };
        SKPoint At(float x, float y) => new(square.Left + (square.Width * x), square.Top + (square.Height * y));
        switch (Label)
        {
            case MaskLabel.Mask:
                canvas.DrawLine(At(0.12f, 0.55f), At(0.4f, 0.82f), paint);
                canvas.DrawLine(At(0.4f, 0.82f), At(0.88f, 0.2f), paint);
                break;
            case MaskLabel.NoMask:
                canvas.DrawLine(At(0.18f, 0.18f), At(0.82f, 0.82f), paint);
                canvas.DrawLine(At(0.82f, 0.18f), At(0.18f, 0.82f), paint);
                break;
            default:
                using (var font = new SKFont(typeface, square.Height * 1.25f))
                {
                    paint.IsStroke = false;
                    canvas.DrawText("?", square.MidX, square.MidY + (font.Metrics.CapHeight / 2), SKTextAlign.Center, font, paint);
                }

                break;
        }
    }
}
