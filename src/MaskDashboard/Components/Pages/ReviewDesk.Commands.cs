using MaskDashboard.Components.Controls;
using MaskDashboard.Components.Reviewing;
using MaskDashboard.Localization;
using MaskDashboard.Review;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.JSInterop;

namespace MaskDashboard.Components.Pages;

/// <content>What keys and buttons do.</content>
public sealed partial class ReviewDesk
{
    private readonly Stack<IReadOnlyList<FaceStatement>> _redo = new();
    private readonly Stack<(long ImageId, long AnalysisId, string FileName)> _marked = new();
    private MarkedTogether? _together;
    private ReviewNotice? _notice;

    private string Words => (_measuring, _drawing) switch
    {
        (not null, _) => L["Measuring the face…"],
        (_, true) => L["Draw a box around the face that was missed."],
        _ => _notice?.Text ?? "",
    };

    private ReviewCommand? Offer => _measuring is not null || _drawing ? ReviewCommand.Cancel : _notice?.Offer;

    /// <summary>Called by the browser for a key.</summary>
    /// <param name="name">Name of a <see cref="ReviewCommand"/>.</param>
    [JSInvokable]
    public Task CommandAsync(string name) => Enum.TryParse<ReviewCommand>(name, out var command) ? RunAsync(command) : Task.CompletedTask;

    private Task RunAsync(ReviewCommand command) => GuardAsync(() => _commands.RunAsync(async () =>
    {
        await DoAsync(command);
        StateHasChanged();
    }));

    // Keys come from the browser, which cannot do anything about an error: the page's boundary shows it.
    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
            // The page is gone; nobody waits for this.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private Task DoAsync(ReviewCommand command) => command switch
    {
        ReviewCommand.Mask => SayAsync(ReviewedLabel.Mask),
        ReviewCommand.NoMask => SayAsync(ReviewedLabel.NoMask),
        ReviewCommand.NotAFace => SayAsync(ReviewedLabel.NotAFace),
        ReviewCommand.Program => SayAsync(null),
        ReviewCommand.AllMask => SayAllAsync(ReviewedLabel.Mask),
        ReviewCommand.AllNoMask => SayAllAsync(ReviewedLabel.NoMask),
        ReviewCommand.Undo => UndoAsync(),
        ReviewCommand.Redo => RedoAsync(),
        ReviewCommand.Reviewed => MarkAsync(),
        ReviewCommand.NextFace => StepAsync(1),
        ReviewCommand.PreviousFace => StepAsync(-1),
        ReviewCommand.NextImage => GoAsync(forward: true),
        ReviewCommand.PreviousImage => GoAsync(forward: false),
        ReviewCommand.Draw => SetDrawingAsync(!_drawing),
        ReviewCommand.Cancel => CancelAsync(),
        _ => ToggleHelp(),
    };

    private Task ToggleHelp()
    {
        _help = !_help;
        return Task.CompletedTask;
    }

    private async Task SayAsync(ReviewedLabel? label)
    {
        if (_shown is not { } shown || Active is not { } face)
        {
            return;
        }

        await KeepAsync(shown, [new FaceStatement(face.Id, label)]);
        if (_shown?.Faces.FirstOrDefault(said => said.Id == face.Id) is not { } now)
        {
            return;
        }

        _notice = new ReviewNotice(
            label is null ? L["Face {0}: as the program says", now.Number] : L["Face {0}: {1}", now.Number, L[WordOf(label)]], ReviewCommand.Undo);
        // From one undecided face to the next: deciding them all takes one key each.
        if (face.Undecided && (_shown.Faces.FirstOrDefault(other => other.Undecided && other.Index > face.Index) ?? _shown.Faces.FirstOrDefault(other => other.Undecided)) is { } next)
        {
            await ChooseAsync(next.Index);
        }
    }

    private async Task SayAllAsync(ReviewedLabel label)
    {
        if (_shown is { } shown && shown.Faces.Where(face => face.Counted).ToList() is { Count: > 0 } faces)
        {
            await KeepAsync(shown, [.. faces.Select(face => new FaceStatement(face.Id, label))]);
            _notice = new ReviewNotice(L["All {0} faces: {1}", FigureText.Number(faces.Count), L[WordOf(label)]], ReviewCommand.Undo);
        }
    }

    private async Task KeepAsync(ReviewedImage shown, IReadOnlyCollection<FaceStatement> statements, bool again = false)
    {
        _together = null;
        if (!again)
        {
            _redo.Clear();
        }

        var kept = await Corrections.CorrectAsync(shown.AnalysisId, statements, Viewer.Actor, Leaving);
        await ReloadAsync();
        if (!kept)
        {
            _notice = new ReviewNotice(L["The photograph was analysed anew meanwhile; this is the new result."]);
        }
    }

    private async Task UndoAsync()
    {
        if (_together is { } together)
        {
            _together = null;
            var count = await Marks.UnmarkTogetherAsync(together, Viewer.Actor, Leaving);
            _notice = new ReviewNotice(L.Count(count, "{0} photograph waits for a review again", "{0} photographs wait for a review again"));
            await CountAsync();
            if (_shown is null)
            {
                Navigation.NavigateTo(AddressOf(null), replace: true);
            }
        }
        else if (_shown is { } shown && await Corrections.UndoAsync(shown.AnalysisId, Viewer.Actor, Leaving) is { Count: > 0 } undone)
        {
            _redo.Push(undone);
            await ReloadAsync();
            if (_shown?.Faces.FirstOrDefault(face => face.Id == undone[0].FaceId && (face.Counted || face.Rejected)) is { } face)
            {
                await ChooseAsync(face.Index);
            }

            _notice = new ReviewNotice(L["Undone"], ReviewCommand.Redo);
        }
        else if (_marked.TryPop(out var last))
        {
            await Marks.UnmarkAsync(last.AnalysisId, Viewer.Actor, Leaving);
            await MoveToAsync(last.ImageId);
            await CountAsync();
            _notice = new ReviewNotice(L["{0} waits for a review again", last.FileName]);
        }
        else
        {
            _notice = new ReviewNotice(L["There is nothing to undo"]);
        }
    }

    private async Task RedoAsync()
    {
        if (_shown is { } shown && _redo.TryPop(out var undone))
        {
            await KeepAsync(shown, undone, again: true);
            _notice = new ReviewNotice(L["Done again"], ReviewCommand.Undo);
        }
        else
        {
            _notice = new ReviewNotice(L["There is nothing to do again"]);
        }
    }

    private async Task MarkAsync()
    {
        if (_shown is not { } shown)
        {
            return;
        }

        _together = null;
        var name = shown.Result.Image.FileName;
        if (await Marks.MarkAsync(shown.AnalysisId, Viewer.Actor, Leaving))
        {
            _marked.Push((shown.ImageId, shown.AnalysisId, name));
            _notice = new ReviewNotice(L["Reviewed: {0}", name], ReviewCommand.Undo);
        }

        await CountAsync();
        var next = _trail.Forward
            ?? await Queue.NeighbourAsync(_filter, Time.Zone, shown.Position, forward: true, Leaving)
            ?? (_filter.Reviewed == true ? shown.ImageId : await Queue.FirstAsync(_filter, Time.Zone, Leaving));
        if (next is { } imageId && imageId != shown.ImageId)
        {
            await MoveToAsync(imageId);
        }
        else if (next is null)
        {
            Present(null);
            Navigation.NavigateTo(AddressOf(null));
        }
        else
        {
            await ReloadAsync();
        }
    }

    private async Task MarkConfidentAsync()
    {
        await GuardAsync(() => _commands.RunAsync(async () =>
        {
            _together = await Marks.MarkConfidentAsync(_filter, Time.Zone, Viewer.Actor, Leaving);
            _notice = new ReviewNotice(
                L.Count(_together.Count, "{0} photograph is reviewed, unseen", "{0} photographs are reviewed, unseen"), ReviewCommand.Undo);
            await CountAsync();
            await ReloadAsync();
            StateHasChanged();
        }));
    }

    private static string WordOf(ReviewedLabel? label) => label switch
    {
        ReviewedLabel.Mask => LabelLook.Of(MaskLabel.Mask).Word,
        ReviewedLabel.NoMask => LabelLook.Of(MaskLabel.NoMask).Word,
        _ => LabelLook.NotAFace.Word,
    };
}
