using MaskDashboard.Vision.Annotation;
using SkiaSharp;

namespace MaskDashboard.Vision.Tests.Annotation;

public class FaceChipTests
{
    [Theory]
    [InlineData(MaskLabel.Mask)]
    [InlineData(MaskLabel.NoMask)]
    [InlineData(MaskLabel.Uncertain)]
    public void For_Label_InkIsReadableOnItsGround(MaskLabel label)
    {
        var chip = FaceChip.For(label);
        var (lighter, darker) = (Math.Max(Luminance(chip.Ground), Luminance(chip.Ink)), Math.Min(Luminance(chip.Ground), Luminance(chip.Ink)));

        Assert.True((lighter + 0.05) / (darker + 0.05) >= 4.5);
    }

    [Theory]
    [InlineData(0.97f, 0.02f, new[] { "Mask 97 %", "Mask", "" })]
    [InlineData(0.1f, 1f, new[] { "No mask 100 %", "No mask", "" })]
    [InlineData(0.5f, 0.5f, new[] { "Uncertain", "" })]
    public void Texts_Face_AreFullestFirst(float mask, float noMask, string[] expected)
    {
        using var picture = Pictures.Plain(100, 100, 0);
        var face = Assert.Single(Pictures.Analysis(picture, new FaceCandidate(new(new(0, 0, 10, 10), 0.9f), new(mask, noMask))).Faces);

        Assert.Equal(expected, FaceChip.For(face.Label).Texts(face));
    }

    [Fact]
    public void Load_Typeface_HasEveryGlyphOfTheLabels()
    {
        using var typeface = LabelTypeface.Load();
        using var font = new SKFont(typeface, 12);

        Assert.True(font.ContainsGlyphs("Mask No mask Uncertain ? 0123456789 % px ≈1.2 m"));
    }

    // Relative luminance and contrast as in WCAG 2.2.
    private static double Luminance(SKColor color)
    {
        static double Linear(byte channel) => channel / 255.0 is var share && share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
        return (0.2126 * Linear(color.Red)) + (0.7152 * Linear(color.Green)) + (0.0722 * Linear(color.Blue));
    }
}
