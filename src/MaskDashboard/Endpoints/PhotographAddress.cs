using MaskDashboard.Storage;
using MaskDashboard.Vision;

namespace MaskDashboard.Endpoints;

/// <summary>Where pages find the pictures made of a stored photograph: elsewhere each time its faces are blurred, so that an open page shows them as they are now.</summary>
internal static class PhotographAddress
{
    /// <summary>The photograph.</summary>
    /// <param name="image">The photograph.</param>
    public static string Original(StoredImage image) => $"/images/{image.Id}/original{Version(image.TimesBlurred)}";

    /// <summary>One of its faces.</summary>
    /// <param name="image">The photograph.</param>
    /// <param name="faceId">The face.</param>
    public static string Crop(StoredImage image, long faceId) => $"/faces/{faceId}/crop{Version(image.TimesBlurred)}";

    /// <summary>Its thumbnail, at another place also when a review changed which faces it shows.</summary>
    /// <param name="imageId">The photograph.</param>
    /// <param name="analysisId">Its current analysis.</param>
    /// <param name="figures">Counts of that analysis.</param>
    /// <param name="timesBlurred">How often its faces were blurred.</param>
    public static string Thumbnail(long imageId, long analysisId, ComplianceFigures figures, int timesBlurred) =>
        $"/images/{imageId}/thumbnail?a={analysisId}&f={figures.Faces}-{figures.TooClose}&v={timesBlurred}";

    private static string Version(int timesBlurred) => timesBlurred == 0 ? "" : $"?v={timesBlurred}";
}
