using MaskDashboard.Compliance;
using MaskDashboard.Components.Controls;
using MaskDashboard.Components.Viewer;
using MaskDashboard.Localization;
using MaskDashboard.Review;
using MaskDashboard.Storage;
using Microsoft.Extensions.Localization;

namespace MaskDashboard.Components.Reviewing;

/// <summary>
/// A reviewer's way through the queue: the photograph that is shown, the chosen face, the photographs before and after it, and what just happened.
/// It knows no browser: the page shows it and lets its address follow.
/// </summary>
/// <param name="queue">What there is to review.</param>
/// <param name="results">Results.</param>
/// <param name="corrections">What reviewers said.</param>
/// <param name="time">The viewer's days.</param>
/// <param name="texts">The viewer's language.</param>
public sealed class ReviewSession(ReviewQueue queue, ResultQueries results, FaceCorrections corrections, ViewerTime time, IStringLocalizer<Text> texts)
{
    private readonly ReviewTrail _trail = new();

    /// <summary>Another photograph is about to be shown: what was begun on this one ends.</summary>
    public event Action? Left;

    /// <summary>Which photographs the queue holds.</summary>
    public ImageFilter Filter { get; set; } = new();

    /// <summary>How many; null while they are counted.</summary>
    public ReviewCounts? Counts { get; private set; }

    /// <summary>The photograph of the page's address; null for none.</summary>
    public long? ImageId { get; private set; }

    /// <summary>The photograph under review; null for none.</summary>
    public ReviewedImage? Shown { get; private set; }

    /// <summary>State of a photograph that was asked for and has no result to review; null otherwise.</summary>
    public AnalysisState? Unfinished { get; private set; }

    /// <summary>The photograph that probably comes next; null at the end of the queue.</summary>
    public StoredImage? Next { get; private set; }

    /// <summary>Index of the chosen face; null for none.</summary>
    public int? ActiveIndex { get; set; }

    /// <summary>The chosen face; null for none.</summary>
    public OverlayFace? Active => Shown?.Faces.FirstOrDefault(face => face.Index == ActiveIndex);

    /// <summary>Whether faces below the threshold can be chosen, too.</summary>
    public bool WithCandidates { get; set; }

    /// <summary>How many faces the photograph has below the threshold.</summary>
    public int Candidates { get; private set; }

    /// <summary>What just happened; null for nothing worth a word.</summary>
    public ReviewNotice? Notice { get; set; }

    /// <summary>The first photograph of the queue; null when it is empty.</summary>
    /// <param name="cancellationToken">Stops.</param>
    public Task<long?> FirstAsync(CancellationToken cancellationToken) => queue.FirstAsync(Filter, time.Zone, cancellationToken);

    /// <summary>Counts the queue anew.</summary>
    /// <param name="cancellationToken">Stops.</param>
    public async Task CountAsync(CancellationToken cancellationToken) => Counts = await queue.CountsAsync(Filter, time.Zone, time.Today, cancellationToken);

    /// <summary>Shows no photograph.</summary>
    public void ShowNothing()
    {
        (ImageId, Unfinished) = (null, null);
        Present(null);
    }

    /// <summary>Shows a photograph.</summary>
    /// <param name="imageId">The photograph.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Whether there is such a photograph; without one nothing changes.</returns>
    public async Task<bool> ShowAsync(long imageId, CancellationToken cancellationToken)
    {
        if (await results.FindAsync(imageId, cancellationToken) is not { } result)
        {
            return false;
        }

        Left?.Invoke();
        ImageId = imageId;
        Unfinished = result.Analysis.State == AnalysisState.Done ? null : result.Analysis.State;
        if (Unfinished is not null)
        {
            Present(null);
            return true;
        }

        Present(ReviewedImage.Of(result, await corrections.StandingAsync(result.Analysis.Id, cancellationToken)));
        ActiveIndex = Shown!.First?.Index;
        _trail.GoTo(imageId);
        var next = _trail.Forward ?? await queue.NeighbourAsync(Filter, time.Zone, Shown.Position, forward: true, cancellationToken);
        Next = next is { } nextImageId ? await results.FindImageAsync(nextImageId, cancellationToken) : null;
        return true;
    }

    /// <summary>Shows the same photograph as it is now in the database, or nothing when it is gone.</summary>
    /// <param name="cancellationToken">Stops.</param>
    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        if (Shown is not { } shown)
        {
            return;
        }

        if (await results.FindAsync(shown.ImageId, cancellationToken) is not { Analysis.State: AnalysisState.Done } result)
        {
            _trail.Forget(shown.ImageId);
            Left?.Invoke();
            ShowNothing();
            return;
        }

        var statements = await corrections.StandingAsync(result.Analysis.Id, cancellationToken);
        Present(ReviewedImage.Of(result, statements, result.Analysis.Id == shown.AnalysisId ? shown.Position : null));
        if (!Shown!.Walk(WithCandidates).Any(face => face.Index == ActiveIndex))
        {
            ActiveIndex = Shown.First?.Index;
        }
    }

    /// <summary>Chooses the face so many further in the list, round its ends.</summary>
    /// <param name="steps">How many; negative backwards.</param>
    public void Step(int steps)
    {
        if (Shown?.Walk(WithCandidates) is not { Count: > 0 } walk)
        {
            return;
        }

        var here = walk.Select((face, place) => (face, place)).Where(face => face.face.Index == ActiveIndex).Select(face => face.place).DefaultIfEmpty(steps > 0 ? -1 : 0).First();
        ActiveIndex = walk[(here + steps + walk.Count) % walk.Count].Index;
    }

    /// <summary>Goes one photograph on or back; first along the way the reviewer came, then along the queue.</summary>
    /// <param name="forward">Whether on.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task GoAsync(bool forward, CancellationToken cancellationToken)
    {
        if (Shown is not { } shown)
        {
            return;
        }

        var known = forward ? _trail.Forward : _trail.Back;
        if ((known ?? await queue.NeighbourAsync(Filter, time.Zone, shown.Position, forward, cancellationToken)) is not { } imageId)
        {
            Notice = new ReviewNotice(texts[forward ? "This is the last photograph of the list" : "This is the first photograph of the list"]);
            return;
        }

        if (!forward && known is null)
        {
            _trail.Prepend(imageId);
        }

        Notice = null;
        await GoToAsync(imageId, cancellationToken);
    }

    /// <summary>Goes on from a photograph that is reviewed: to the next, else to the first that is left, else nothing is.</summary>
    /// <param name="cancellationToken">Stops.</param>
    public async Task GoOnAsync(CancellationToken cancellationToken)
    {
        if (Shown is not { } shown)
        {
            return;
        }

        var next = _trail.Forward
            ?? await queue.NeighbourAsync(Filter, time.Zone, shown.Position, forward: true, cancellationToken)
            ?? (Filter.Reviewed == true ? shown.ImageId : await FirstAsync(cancellationToken));
        if (next is { } imageId && imageId != shown.ImageId)
        {
            await GoToAsync(imageId, cancellationToken);
        }
        else if (next is null)
        {
            Left?.Invoke();
            ShowNothing();
        }
        else
        {
            await ReloadAsync(cancellationToken);
        }
    }

    /// <summary>Goes to a photograph; says so when it is gone.</summary>
    /// <param name="imageId">The photograph.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task GoToAsync(long imageId, CancellationToken cancellationToken)
    {
        if (!await ShowAsync(imageId, cancellationToken))
        {
            _trail.Forget(imageId);
            Notice = new ReviewNotice(texts["That photograph was deleted"]);
        }
    }

    private void Present(ReviewedImage? image)
    {
        Shown = image;
        Candidates = image?.Faces.Count(ReviewedImage.IsCandidate) ?? 0;
    }
}
