using MaskDashboard.Components.Controls;
using MaskDashboard.Storage;
using MaskDashboard.Vision;

namespace MaskDashboard.Tests.Components;

/// <summary>Faces to draw and list, and the photograph that they are on.</summary>
internal static class TestFaces
{
    public static StoredImage Photograph(bool hasOriginal = true, int timesBlurred = 0) => new()
    {
        Id = 1,
        Sha256 = new string('0', 64),
        FileName = "gate.jpg",
        Width = 800,
        Height = 600,
        HasOriginal = hasOriginal,
        TimesBlurred = timesBlurred,
    };

    public static OverlayFace At(int index, float x, float y, MaskLabel label = MaskLabel.Mask, bool tooClose = false, bool counted = true, double? nearest = 100) => new(
        Id: 100 + index,
        Index: index,
        Number: counted ? index + 1 : 0,
        Box: new BoundingBox(x, y, 40, 50),
        Counted: counted,
        Label: label,
        Corrected: false,
        TooClose: tooClose,
        Score: 0.9f,
        MaskProbability: label == MaskLabel.Mask ? 0.97f : 0.02f,
        NoMaskProbability: label == MaskLabel.NoMask ? 0.98f : 0.03f,
        NearestPixelsTopLeft: nearest,
        NearestPixelsCentre: nearest,
        NearestMetres: nearest / 100);
}
