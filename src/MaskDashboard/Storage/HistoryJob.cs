namespace MaskDashboard.Storage;

/// <summary>Where the applying of settings to the history stands.</summary>
public enum HistoryJobState
{
    /// <summary>It works through the history; after a killed process it goes on at the next start.</summary>
    Running = 0,

    /// <summary>Every image was dealt with.</summary>
    Done = 1,

    /// <summary>Somebody stopped it; what was done stays until it is rolled back.</summary>
    Cancelled = 2,

    /// <summary>It takes back what it did.</summary>
    RollingBack = 3,

    /// <summary>Everything it did was taken back.</summary>
    RolledBack = 4,
}

/// <summary>The applying of a settings version to the results that were there before it.</summary>
public sealed class HistoryJob
{
    /// <summary>Primary key, in order of time.</summary>
    public long Id { get; set; }

    /// <summary>The version that is applied.</summary>
    public long SettingsVersionId { get; set; }

    /// <summary>The version that is applied.</summary>
    public SettingsVersion? SettingsVersion { get; set; }

    /// <summary>Where it stands.</summary>
    public HistoryJobState State { get; set; }

    /// <summary>When it was started, UTC.</summary>
    public DateTime StartedAtUtc { get; set; }

    /// <summary>When it reached the state it is in, UTC; null while it works.</summary>
    public DateTime? EndedAtUtc { get; set; }

    /// <summary>Key of the account that started it; null in a run without accounts.</summary>
    public string? StartedById { get; set; }

    /// <summary>Images there were to deal with when it started.</summary>
    public int Total { get; set; }

    /// <summary>Images that were judged again from their stored candidates.</summary>
    public int Judged { get; set; }

    /// <summary>Of those, images with a face that is judged otherwise.</summary>
    public int Changed { get; set; }

    /// <summary>Images that the models have to look at again.</summary>
    public int LookAgain { get; set; }

    /// <summary>Of those, images whose new result is shown now.</summary>
    public int LookedAgain { get; set; }

    /// <summary>Images left as they were: their original is gone, or the models failed on them.</summary>
    public int LeftAlone { get; set; }

    /// <summary>Images whose former result was brought back.</summary>
    public int TakenBack { get; set; }

    /// <summary>The last analysis that was dealt with; the next start goes on behind it.</summary>
    public long LastAnalysisId { get; set; }
}

/// <summary>What a job did to one image, and what was there before.</summary>
public sealed class HistoryJobItem
{
    /// <summary>Primary key.</summary>
    public long Id { get; set; }

    /// <summary>The job.</summary>
    public long JobId { get; set; }

    /// <summary>The analysis that was shown before. Judged again, it is shown still.</summary>
    public long AnalysisId { get; set; }

    /// <summary>The judgement before, see <c>Tuning/StoredJudgement</c>; null where the models look again.</summary>
    public byte[]? Previous { get; set; }

    /// <summary>The analysis that the models make anew; null where none is needed, and until it is queued.</summary>
    public long? NewAnalysisId { get; set; }

    /// <summary>Whether it is dealt with.</summary>
    public bool Done { get; set; }

    /// <summary>Whether what was there before was brought back, or needs no bringing back any more.</summary>
    public bool TakenBack { get; set; }
}
