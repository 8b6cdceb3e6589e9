using SkiaSharp;

namespace MaskDashboard.Vision.Annotation;

/// <summary>The typeface of labels drawn into pictures: Inter SemiBold, embedded because Skia without fontconfig finds no font of the system.</summary>
internal static class LabelTypeface
{
    private const string ResourceName = "MaskDashboard.Vision.Annotation.Fonts.Inter-SemiBold.Latin.otf";

    /// <summary>Loads the typeface; the caller disposes it.</summary>
    public static SKTypeface Load()
    {
        using var stream = typeof(LabelTypeface).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The font {ResourceName} is not embedded in {typeof(LabelTypeface).Assembly.GetName().Name}; rebuild it.");
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data)
            ?? throw new InvalidOperationException($"The embedded font {ResourceName} cannot be read; rebuild {typeof(LabelTypeface).Assembly.GetName().Name}.");
    }
}
