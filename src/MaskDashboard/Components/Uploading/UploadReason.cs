using MaskDashboard.Localization;
using Microsoft.Extensions.Localization;

namespace MaskDashboard.Components.Uploading;

/// <summary>Why a file failed, in the viewer's words.</summary>
public static class UploadReason
{
    /// <summary>The reason of a row; null when it has none.</summary>
    /// <param name="localizer">The viewer's language.</param>
    /// <param name="row">The row.</param>
    /// <param name="maxBytes">Largest file the program takes.</param>
    public static string? Of(IStringLocalizer<Text> localizer, UploadRow row, long maxBytes) => row.File switch
    {
        { Reason: { } reason } => localizer.Reason(reason),
        { ReasonCode: "empty" } => localizer["The file is empty. Choose the photograph again."],
        { ReasonCode: "large" } => localizer["The file is larger than {0}. Save the photograph smaller and choose it again.", Controls.FigureText.Bytes(maxBytes)],
        { ReasonCode: "type" } => localizer["This is not a JPEG, PNG or WebP image. Save the photograph as one of these."],
        { ReasonCode: "unreadable" } => localizer["The file cannot be read any more; it may have been moved. Choose it again."],
        { ReasonCode: "network" } => localizer["The program could not be reached. Check the connection, then retry."],
        { ReasonCode: "sign-in" } => localizer["You may not upload here. Load the page again and sign in."],
        { ReasonCode: { } } => localizer["The program did not take the file. The reason is in its log; retry or tell your administrator."],
        _ => row.News?.FailureReason is { } reason ? localizer.Reason(reason) : null,
    };
}
