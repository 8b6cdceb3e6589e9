using MaskDashboard.Accounts;
using MaskDashboard.Components.Controls;
using MaskDashboard.Components.Viewer;
using MaskDashboard.Localization;
using MaskDashboard.Review;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.Extensions.Localization;

namespace MaskDashboard.Components.Reviewing;

/// <summary>What a reviewer says of faces and photographs, step by step, and takes back. Everything is kept at once.</summary>
public sealed class ReviewSteps
{
    private readonly Stack<IReadOnlyList<FaceStatement>> _redo = new();
    private readonly Stack<(long ImageId, long AnalysisId, string FileName)> _marked = new();
    private readonly ReviewSession _session;
    private readonly FaceCorrections _corrections;
    private readonly ReviewMarks _marks;
    private readonly ViewerIdentity _viewer;
    private readonly ViewerTime _time;
    private readonly IStringLocalizer<Text> _texts;
    private MarkedTogether? _together;

    /// <summary>Begins without any step.</summary>
    /// <param name="session">The photograph it is said of.</param>
    /// <param name="corrections">Keeps what is said of faces.</param>
    /// <param name="marks">Keeps which photographs are reviewed.</param>
    /// <param name="viewer">Who says it.</param>
    /// <param name="time">The viewer's days.</param>
    /// <param name="texts">The viewer's language.</param>
    public ReviewSteps(ReviewSession session, FaceCorrections corrections, ReviewMarks marks, ViewerIdentity viewer, ViewerTime time, IStringLocalizer<Text> texts)
    {
        (_session, _corrections, _marks, _viewer, _time, _texts) = (session, corrections, marks, viewer, time, texts);
        session.Left += _redo.Clear;
    }

    /// <summary>Does what a key or button asks for.</summary>
    /// <param name="command">Anything about faces and photographs.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentOutOfRangeException">The command is about the page and not about what is reviewed.</exception>
    public Task DoAsync(ReviewCommand command, CancellationToken cancellationToken) => command switch
    {
        ReviewCommand.Mask => SayAsync(ReviewedLabel.Mask, cancellationToken),
        ReviewCommand.NoMask => SayAsync(ReviewedLabel.NoMask, cancellationToken),
        ReviewCommand.NotAFace => SayAsync(ReviewedLabel.NotAFace, cancellationToken),
        ReviewCommand.Program => SayAsync(null, cancellationToken),
        ReviewCommand.AllMask => SayAllAsync(ReviewedLabel.Mask, cancellationToken),
        ReviewCommand.AllNoMask => SayAllAsync(ReviewedLabel.NoMask, cancellationToken),
        ReviewCommand.Undo => UndoAsync(cancellationToken),
        ReviewCommand.Redo => RedoAsync(cancellationToken),
        ReviewCommand.Reviewed => MarkAsync(cancellationToken),
        ReviewCommand.NextImage => _session.GoAsync(forward: true, cancellationToken),
        ReviewCommand.PreviousImage => _session.GoAsync(forward: false, cancellationToken),
        ReviewCommand.NextFace => StepAsync(1),
        ReviewCommand.PreviousFace => StepAsync(-1),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "The page does this."),
    };

    /// <summary>Marks every photograph of the queue that is far from any doubt.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task MarkConfidentAsync(CancellationToken cancellationToken)
    {
        _together = await _marks.MarkConfidentAsync(_session.Filter, _time.Zone, _viewer.Actor, cancellationToken);
        _session.Notice = new ReviewNotice(
            _texts.Count(_together.Count, "{0} photograph is reviewed, unseen", "{0} photographs are reviewed, unseen"), ReviewCommand.Undo);
        await _session.CountAsync(cancellationToken);
        await _session.ReloadAsync(cancellationToken);
    }

    // Goes on to the next face that nobody decided: deciding them all takes one key each.
    private async Task SayAsync(ReviewedLabel? label, CancellationToken cancellationToken)
    {
        if (_session is not { Shown: { } shown, Active: { } face })
        {
            return;
        }

        await KeepAsync(shown, [new FaceStatement(face.Id, label)], cancellationToken);
        if (_session.Shown is not { } now || now.Faces.FirstOrDefault(said => said.Id == face.Id) is not { } said)
        {
            return;
        }

        _session.Notice = new ReviewNotice(
            label is null ? _texts["Face {0}: as the program says", said.Number] : _texts["Face {0}: {1}", said.Number, _texts[WordOf(label)]], ReviewCommand.Undo);
        if (face.Undecided && (now.Faces.FirstOrDefault(other => other.Undecided && other.Index > face.Index) ?? now.Faces.FirstOrDefault(other => other.Undecided)) is { } next)
        {
            _session.ActiveIndex = next.Index;
        }
    }

    private async Task SayAllAsync(ReviewedLabel label, CancellationToken cancellationToken)
    {
        if (_session.Shown is { } shown && shown.Faces.Where(face => face.Counted).ToList() is { Count: > 0 } faces
            && await KeepAsync(shown, [.. faces.Select(face => new FaceStatement(face.Id, label))], cancellationToken))
        {
            _session.Notice = new ReviewNotice(_texts["All {0} faces: {1}", FigureText.Number(faces.Count), _texts[WordOf(label)]], ReviewCommand.Undo);
        }
    }

    // Many photographs marked together, else what was said on this photograph, else the last mark.
    private async Task UndoAsync(CancellationToken cancellationToken)
    {
        if (_together is { } together)
        {
            _together = null;
            var count = await _marks.UnmarkTogetherAsync(together, _viewer.Actor, cancellationToken);
            _session.Notice = new ReviewNotice(_texts.Count(count, "{0} photograph waits for a review again", "{0} photographs wait for a review again"));
            await _session.CountAsync(cancellationToken);
            if (_session.Shown is null && await _session.FirstAsync(cancellationToken) is { } first)
            {
                await _session.GoToAsync(first, cancellationToken);
            }
        }
        else if (_session.Shown is { } shown && await _corrections.UndoAsync(shown.AnalysisId, _viewer.Actor, cancellationToken) is { Count: > 0 } undone)
        {
            _redo.Push(undone);
            await _session.ReloadAsync(cancellationToken);
            if (_session.Shown?.Faces.FirstOrDefault(face => face.Id == undone[0].FaceId && (face.Counted || face.Rejected)) is { } face)
            {
                _session.ActiveIndex = face.Index;
            }

            _session.Notice = new ReviewNotice(_texts["Undone"], ReviewCommand.Redo);
        }
        else if (_marked.TryPop(out var last))
        {
            await _marks.UnmarkAsync(last.AnalysisId, _viewer.Actor, cancellationToken);
            _session.Notice = new ReviewNotice(_texts["{0} waits for a review again", last.FileName]);
            await _session.GoToAsync(last.ImageId, cancellationToken);
            await _session.CountAsync(cancellationToken);
        }
        else
        {
            _session.Notice = new ReviewNotice(_texts["There is nothing to undo"]);
        }
    }

    private async Task RedoAsync(CancellationToken cancellationToken)
    {
        if (_session.Shown is not { } shown || !_redo.TryPop(out var undone))
        {
            _session.Notice = new ReviewNotice(_texts["There is nothing to do again"]);
        }
        else if (await KeepAsync(shown, undone, cancellationToken, again: true))
        {
            _session.Notice = new ReviewNotice(_texts["Done again"], ReviewCommand.Undo);
        }
    }

    private async Task MarkAsync(CancellationToken cancellationToken)
    {
        if (_session.Shown is not { } shown)
        {
            return;
        }

        _together = null;
        var name = shown.Result.Image.FileName;
        if (await _marks.MarkAsync(shown.AnalysisId, _viewer.Actor, cancellationToken))
        {
            _marked.Push((shown.ImageId, shown.AnalysisId, name));
            _session.Notice = new ReviewNotice(_texts["Reviewed: {0}", name], ReviewCommand.Undo);
        }

        await _session.CountAsync(cancellationToken);
        await _session.GoOnAsync(cancellationToken);
    }

    // False when another result took the place of the one that was looked at; the reviewer is told.
    private async Task<bool> KeepAsync(ReviewedImage shown, IReadOnlyCollection<FaceStatement> statements, CancellationToken cancellationToken, bool again = false)
    {
        _together = null;
        if (!again)
        {
            _redo.Clear();
        }

        var kept = await _corrections.CorrectAsync(shown.AnalysisId, statements, _viewer.Actor, cancellationToken);
        await _session.ReloadAsync(cancellationToken);
        if (!kept)
        {
            _session.Notice = new ReviewNotice(_texts["The photograph was analysed anew meanwhile; this is the new result."]);
        }

        return kept;
    }

    private Task StepAsync(int steps)
    {
        _session.Step(steps);
        return Task.CompletedTask;
    }

    private static string WordOf(ReviewedLabel? label) => label switch
    {
        ReviewedLabel.Mask => LabelLook.Of(MaskLabel.Mask).Word,
        ReviewedLabel.NoMask => LabelLook.Of(MaskLabel.NoMask).Word,
        _ => LabelLook.NotAFace.Word,
    };
}
