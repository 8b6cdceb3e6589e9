using MaskDashboard.Storage;
using MaskDashboard.Vision;

namespace MaskDashboard.Components.Uploading;

/// <summary>How far a chosen file has come.</summary>
public enum UploadStage
{
    /// <summary>In the browser, not yet sent.</summary>
    Waiting = 0,

    /// <summary>Its bytes are on their way.</summary>
    Sending = 1,

    /// <summary>Stored; waiting for a worker.</summary>
    Queued = 2,

    /// <summary>A worker has it.</summary>
    Running = 3,

    /// <summary>Its result is there.</summary>
    Done = 4,

    /// <summary>It was refused, did not arrive or could not be analysed.</summary>
    Failed = 5,

    /// <summary>Taken back by the viewer.</summary>
    Cancelled = 6,
}

/// <summary>What the browser's script says of a file; see <c>wwwroot/js/upload.js</c>.</summary>
/// <param name="Id">The script's number of the file.</param>
/// <param name="Name">File name, with its folder when a folder was chosen.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sent">Bytes sent so far.</param>
/// <param name="State"><c>waiting</c>, <c>sending</c>, <c>sent</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="ImageId">The image, once the program has stored it.</param>
/// <param name="AnalysisId">Its analysis.</param>
/// <param name="Duplicate">Whether the program knew the photograph already.</param>
/// <param name="ReasonCode">Why the browser gave up, one of the codes <see cref="UploadReason"/> puts into words.</param>
/// <param name="Reason">Why the program refused, in words.</param>
public sealed record BrowserFile(int Id, string Name, long Size, long Sent, string State, long? ImageId, long? AnalysisId, bool Duplicate, string? ReasonCode, string? Reason);

/// <summary>What the database says of an analysis.</summary>
/// <param name="AnalysisId">The analysis.</param>
/// <param name="State">Where it stands.</param>
/// <param name="FailureReason">Why it failed, in words.</param>
/// <param name="Figures">Its counts.</param>
/// <param name="ThumbnailAddress">Where its thumbnail is, once it is done.</param>
public sealed record AnalysisNews(long AnalysisId, AnalysisState State, string? FailureReason, ComplianceFigures Figures, string ThumbnailAddress);

/// <summary>A chosen file: what browser and database say of it together.</summary>
/// <param name="file">What the browser said first.</param>
public sealed class UploadRow(BrowserFile file)
{
    /// <summary>What the browser said last.</summary>
    public BrowserFile File { get; private set; } = file;

    /// <summary>What the database said last; null until the file is stored and was asked about.</summary>
    public AnalysisNews? News { get; private set; }

    /// <summary>The script's number of the file.</summary>
    public int Id => File.Id;

    /// <summary>How far it has come.</summary>
    public UploadStage Stage => File.State switch
    {
        "waiting" => UploadStage.Waiting,
        "sending" => UploadStage.Sending,
        "failed" => UploadStage.Failed,
        "cancelled" => UploadStage.Cancelled,
        _ => News?.State switch
        {
            null or AnalysisState.Queued => UploadStage.Queued,
            AnalysisState.Running => UploadStage.Running,
            AnalysisState.Done => UploadStage.Done,
            AnalysisState.Failed => UploadStage.Failed,
            _ => UploadStage.Cancelled,
        },
    };

    /// <summary>Whether nothing more happens to it by itself.</summary>
    public bool IsSettled => Stage is UploadStage.Done or UploadStage.Failed or UploadStage.Cancelled;

    /// <summary>Whether the program has it, so that its queue and no longer the browser is to be told.</summary>
    public bool IsStored => File.AnalysisId is not null;

    /// <summary>Share of the way, 0 to 1: half for the bytes, half for the analysis.</summary>
    public double Progress => Stage switch
    {
        UploadStage.Waiting => 0,
        UploadStage.Sending => File.Size == 0 ? 0 : 0.5 * File.Sent / File.Size,
        UploadStage.Queued => 0.5,
        UploadStage.Running => 0.75,
        _ => 1,
    };

    internal void Take(BrowserFile newer)
    {
        if (newer.AnalysisId != File.AnalysisId)
        {
            News = null;
        }

        File = newer;
    }

    internal void Take(AnalysisNews news) => News = news;
}
