using MaskDashboard.Components.Controls;
using MaskDashboard.Components.Reviewing;
using MaskDashboard.Review;
using MaskDashboard.Vision;
using Microsoft.JSInterop;

namespace MaskDashboard.Components.Pages;

/// <content>From face to face, from photograph to photograph, and the drawing of a face.</content>
public sealed partial class ReviewDesk
{
    private bool _drawing;
    private BoundingBox? _measuring;
    private CancellationTokenSource? _stopMeasuring;

    /// <summary>Called by the browser when a face was drawn.</summary>
    /// <param name="x">Left edge, pixels of the photograph.</param>
    /// <param name="y">Top edge, pixels.</param>
    /// <param name="width">Width, pixels.</param>
    /// <param name="height">Height, pixels.</param>
    [JSInvokable]
    public Task DrawnAsync(double x, double y, double width, double height) =>
        GuardAsync(() => MeasureAsync(new BoundingBox((float)x, (float)y, (float)width, (float)height)));

    private async Task ChooseAsync(int? index)
    {
        _active = index;
        await _script.ShowFaceAsync(index);
    }

    private Task StepAsync(int step)
    {
        if (_shown?.Walk(_withCandidates) is not { Count: > 0 } walk)
        {
            return Task.CompletedTask;
        }

        var here = walk.Select((face, place) => (face, place)).Where(face => face.face.Index == _active).Select(face => face.place).DefaultIfEmpty(step > 0 ? -1 : 0).First();
        return ChooseAsync(walk[(here + step + walk.Count) % walk.Count].Index);
    }

    private async Task GoAsync(bool forward)
    {
        if (_shown is not { } shown)
        {
            return;
        }

        var known = forward ? _trail.Forward : _trail.Back;
        if ((known ?? await Queue.NeighbourAsync(_filter, Time.Zone, shown.Position, forward, Leaving)) is not { } imageId)
        {
            _notice = new ReviewNotice(L[forward ? "This is the last photograph of the list" : "This is the first photograph of the list"]);
            return;
        }

        if (!forward && known is null)
        {
            _trail.Prepend(imageId);
        }

        _notice = null;
        await MoveToAsync(imageId);
    }

    private async Task MoveToAsync(long imageId)
    {
        if (await ShowAsync(imageId))
        {
            Navigation.NavigateTo(AddressOf(imageId));
        }
        else
        {
            _trail.Forget(imageId);
            _notice = new ReviewNotice(L["That photograph was deleted"]);
        }
    }

    private async Task CancelAsync()
    {
        if (_drawing)
        {
            await SetDrawingAsync(false);
        }
        else if (_stopMeasuring is { } measuring)
        {
            await measuring.CancelAsync();
        }
        else
        {
            _help = false;
        }
    }

    // Whatever was begun on a photograph ends with it.
    private async Task LeaveAsync()
    {
        _redo.Clear();
        await SetDrawingAsync(false);
        if (_stopMeasuring is { } measuring)
        {
            await measuring.CancelAsync();
        }
    }

    private Task SetDrawingAsync(bool active)
    {
        _drawing = active && _measuring is null && _shown is { Result.Image.HasOriginal: true };
        return _script.SetDrawingAsync(_drawing);
    }

    // Not one of the commands in line: the reviewer may go on while a worker has no time.
    private async Task MeasureAsync(BoundingBox box)
    {
        if (_shown is not { } shown || _measuring is not null)
        {
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Leaving);
        Drawing drawing;
        try
        {
            await SetDrawingAsync(false);
            (_stopMeasuring, _measuring) = (stop, box);
            StateHasChanged();
            drawing = await Drawn.DrawAsync(shown.AnalysisId, box, Viewer.Actor, stop.Token);
        }
        catch (OperationCanceledException) when (!Leaving.IsCancellationRequested)
        {
            _notice = null;
            return;
        }
        finally
        {
            (_stopMeasuring, _measuring) = (null, null);
            StateHasChanged();
        }

        await _commands.RunAsync(() => TakeAsync(shown, drawing));
    }

    private async Task TakeAsync(ReviewedImage drawnOn, Drawing drawing)
    {
        if (_shown?.ImageId != drawnOn.ImageId)
        {
            return;
        }

        await ReloadAsync();
        var face = _shown?.Faces.FirstOrDefault(face => face.Id == drawing.FaceId);
        if (face is not null)
        {
            await ChooseAsync(face.Index);
        }

        _notice = (drawing.Result, face) switch
        {
            (DrawingResult.Added, { } added) => new ReviewNotice(L["Face {0} added: {1}", added.Number, L[LabelLook.Of(added.Label).Word]], ReviewCommand.Undo),
            (DrawingResult.AlreadyThere, { } there) => new ReviewNotice(L["Face {0} is there already", there.Number]),
            (DrawingResult.TooSmall, _) => new ReviewNotice(L["The box is too small: a face needs {0} pixels of the photograph each way", DrawnFaces.MinSidePixels]),
            _ => new ReviewNotice(L["The photograph, or this result of it, is gone; nothing was added."]),
        };
        StateHasChanged();
    }
}
