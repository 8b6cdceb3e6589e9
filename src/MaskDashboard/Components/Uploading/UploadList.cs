using MaskDashboard.Components.Controls;
using MaskDashboard.Localization;
using Microsoft.Extensions.Localization;

namespace MaskDashboard.Components.Uploading;

/// <summary>Which rows are shown.</summary>
public enum UploadView
{
    /// <summary>Every file.</summary>
    All = 0,

    /// <summary>Those still under way.</summary>
    UnderWay = 1,

    /// <summary>Those that failed.</summary>
    Failed = 2,
}

/// <summary>The files chosen on the upload page, newest last. Not thread-safe: it belongs to one page.</summary>
public sealed class UploadList
{
    private readonly Dictionary<int, UploadRow> _byId = [];
    private readonly List<UploadRow> _rows = [];

    /// <summary>Every file.</summary>
    public IReadOnlyList<UploadRow> Rows => _rows;

    /// <summary>Files that nothing more happens to by itself.</summary>
    public int Settled => _rows.Count(row => row.IsSettled);

    /// <summary>Files with a result.</summary>
    public int Done => CountOf(UploadStage.Done);

    /// <summary>Files that failed.</summary>
    public int Failed => CountOf(UploadStage.Failed);

    /// <summary>Files still in the browser.</summary>
    public int ToSend => CountOf(UploadStage.Waiting) + CountOf(UploadStage.Sending);

    /// <summary>Files stored and not yet finished.</summary>
    public int InQueue => CountOf(UploadStage.Queued) + CountOf(UploadStage.Running);

    /// <summary>Share of the whole way, 0 to 1; 0 without files.</summary>
    public double Progress => _rows.Count == 0 ? 0 : _rows.Average(row => row.Progress);

    /// <summary>How far the files are, in a line; numbers that are zero are left out.</summary>
    /// <param name="texts">The viewer's language.</param>
    public string Summary(IStringLocalizer<Text> texts)
    {
        (bool Shown, string Words)[] parts =
        [
            (true, texts["{0} of {1} finished", FigureText.Number(Settled), FigureText.Number(_rows.Count)]),
            (ToSend > 0, texts["{0} to send", FigureText.Number(ToSend)]),
            (InQueue > 0, texts["{0} in the queue", FigureText.Number(InQueue)]),
            (Failed > 0, texts["{0} failed", FigureText.Number(Failed)]),
        ];
        return string.Join(" · ", parts.Where(part => part.Shown).Select(part => part.Words));
    }

    /// <summary>The rows of a view, in order.</summary>
    /// <param name="view">Which.</param>
    public ICollection<UploadRow> Of(UploadView view) => view switch
    {
        UploadView.UnderWay => [.. _rows.Where(row => !row.IsSettled)],
        UploadView.Failed => [.. _rows.Where(row => row.Stage == UploadStage.Failed)],
        _ => _rows,
    };

    /// <summary>Takes what the browser says.</summary>
    /// <param name="files">Some of the files, newly chosen ones included.</param>
    /// <returns>Analyses to ask the database about, because they were not known before.</returns>
    public IReadOnlyList<long> Take(IEnumerable<BrowserFile> files)
    {
        var unknown = new List<long>();
        foreach (var file in files)
        {
            if (_byId.TryGetValue(file.Id, out var row))
            {
                row.Take(file);
            }
            else
            {
                row = new UploadRow(file);
                _byId.Add(file.Id, row);
                _rows.Add(row);
            }

            if (file.AnalysisId is { } analysisId && row.News is null)
            {
                unknown.Add(analysisId);
            }
        }

        return unknown;
    }

    /// <summary>Takes what the database says. Duplicates may share an analysis.</summary>
    /// <param name="news">Some of the analyses.</param>
    public void Take(IEnumerable<AnalysisNews> news)
    {
        var byAnalysis = _rows.Where(row => row.IsStored).ToLookup(row => row.File.AnalysisId!.Value);
        foreach (var item in news)
        {
            foreach (var row in byAnalysis[item.AnalysisId])
            {
                row.Take(item);
            }
        }
    }

    /// <summary>Whether the list has a file with this analysis.</summary>
    /// <param name="analysisId">The analysis.</param>
    public bool Has(long analysisId) => _rows.Any(row => row.File.AnalysisId == analysisId);

    /// <summary>Takes settled files off the list.</summary>
    /// <returns>Their numbers, for the script.</returns>
    public IReadOnlyList<int> RemoveSettled()
    {
        var settled = _rows.Where(row => row.IsSettled).Select(row => row.Id).ToList();
        foreach (var id in settled)
        {
            _byId.Remove(id);
        }

        _rows.RemoveAll(row => row.IsSettled);
        return settled;
    }

    private int CountOf(UploadStage stage) => _rows.Count(row => row.Stage == stage);
}
