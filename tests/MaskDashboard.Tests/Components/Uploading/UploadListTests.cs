using MaskDashboard.Components.Uploading;
using MaskDashboard.Localization;
using MaskDashboard.Storage;

namespace MaskDashboard.Tests.Components.Uploading;

public sealed class UploadListTests
{
    private readonly UploadList _list = new();

    [Fact]
    public void Take_NewAndKnownFiles_KeepsTheirOrder()
    {
        _list.Take([File(1), File(2)]);
        _list.Take([File(3), File(1, "sending", sent: 50)]);

        Assert.Equal([1, 2, 3], _list.Rows.Select(row => row.Id));
        Assert.Equal(UploadStage.Sending, _list.Rows[0].Stage);
    }

    [Fact]
    public void Take_FileStored_AsksForItsAnalysisOnce()
    {
        Assert.Empty(_list.Take([File(1)]));
        Assert.Equal([70], _list.Take([File(1, "sent", analysisId: 70)]));
        _list.Take([News(70, AnalysisState.Queued)]);
        Assert.Empty(_list.Take([File(1, "sent", analysisId: 70)]));
    }

    [Theory]
    [InlineData(AnalysisState.Queued, UploadStage.Queued, false)]
    [InlineData(AnalysisState.Running, UploadStage.Running, false)]
    [InlineData(AnalysisState.Done, UploadStage.Done, true)]
    [InlineData(AnalysisState.Failed, UploadStage.Failed, true)]
    [InlineData(AnalysisState.Cancelled, UploadStage.Cancelled, true)]
    public void Stage_StoredFile_FollowsItsAnalysis(AnalysisState state, UploadStage expected, bool settled)
    {
        _list.Take([File(1, "sent", analysisId: 70)]);
        _list.Take([News(70, state)]);

        Assert.Equal((expected, settled), (_list.Rows[0].Stage, _list.Rows[0].IsSettled));
    }

    [Fact]
    public void Take_NewsOfAnAnalysisTwoFilesShare_ReachesBoth()
    {
        _list.Take([File(1, "sent", analysisId: 70), File(2, "sent", analysisId: 70, duplicate: true)]);
        _list.Take([News(70, AnalysisState.Done)]);

        Assert.Equal(2, _list.Done);
    }

    [Fact]
    public void Take_NewsOfOthers_ChangesNothing()
    {
        _list.Take([File(1, "sent", analysisId: 70)]);
        _list.Take([News(71, AnalysisState.Failed)]);

        Assert.Equal(UploadStage.Queued, _list.Rows[0].Stage);
    }

    [Fact]
    public void Progress_FilesAtEveryStage_IsTheirMean()
    {
        _list.Take([File(1), File(2, "sending", sent: 50), File(3, "sent", analysisId: 70), File(4, "failed")]);
        Assert.Equal((0 + 0.25 + 0.5 + 1) / 4, _list.Progress, precision: 9);
    }

    [Fact]
    public void Of_Views_ShowWhatTheyName()
    {
        _list.Take([File(1), File(2, "failed"), File(3, "cancelled"), File(4, "sent", analysisId: 70)]);

        Assert.Equal([1, 2, 3, 4], _list.Of(UploadView.All).Select(row => row.Id));
        Assert.Equal([1, 4], _list.Of(UploadView.UnderWay).Select(row => row.Id));
        Assert.Equal([2], _list.Of(UploadView.Failed).Select(row => row.Id));
    }

    [Fact]
    public void Summary_FilesAtEveryStage_LeavesZerosOut()
    {
        using var culture = new CultureScope("en-US");
        var texts = new TextLocalizer(new TextCatalogue());
        _list.Take([File(1, "failed"), File(2, "sent", analysisId: 70)]);
        Assert.Equal("1 of 2 finished · 1 in the queue · 1 failed", _list.Summary(texts));

        _list.Take([File(3), File(4, "sending"), File(5, "cancelled")]);
        Assert.Equal("2 of 5 finished · 2 to send · 1 in the queue · 1 failed", _list.Summary(texts));
    }

    [Fact]
    public void RemoveSettled_FilesUnderWay_Stay()
    {
        _list.Take([File(1), File(2, "failed"), File(3, "sent", analysisId: 70)]);
        _list.Take([News(70, AnalysisState.Done)]);

        Assert.Equal([2, 3], _list.RemoveSettled());
        Assert.Equal([1], _list.Rows.Select(row => row.Id));
    }

    private static BrowserFile File(int id, string state = "waiting", long sent = 0, long? analysisId = null, bool duplicate = false) =>
        new(id, $"{id}.jpg", 100, sent, state, analysisId, analysisId, duplicate, null, null);

    private static AnalysisNews News(long id, AnalysisState state) => new(id, state, state == AnalysisState.Failed ? "It is too dark." : null, default, "");
}
