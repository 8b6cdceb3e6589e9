using MaskDashboard.Accounts;
using MaskDashboard.Components.Controls;
using MaskDashboard.Localization;
using MaskDashboard.Review;
using MaskDashboard.Vision;
using Microsoft.Extensions.Localization;

namespace MaskDashboard.Components.Reviewing;

/// <summary>The drawing of a face that the program missed: first the reviewer draws a box, then a worker measures what is in it.</summary>
public sealed class FaceDraft
{
    private readonly ReviewSession _session;
    private readonly DrawnFaces _faces;
    private readonly ViewerIdentity _viewer;
    private readonly IStringLocalizer<Text> _texts;
    private CancellationTokenSource? _stopMeasuring;

    /// <summary>Begins with nothing drawn.</summary>
    /// <param name="session">The photograph that is drawn on.</param>
    /// <param name="faces">Measures and keeps faces.</param>
    /// <param name="viewer">Who draws.</param>
    /// <param name="texts">The viewer's language.</param>
    public FaceDraft(ReviewSession session, DrawnFaces faces, ViewerIdentity viewer, IStringLocalizer<Text> texts)
    {
        (_session, _faces, _viewer, _texts) = (session, faces, viewer, texts);
        session.Left += () => Cancel();
    }

    /// <summary>Whether the reviewer draws.</summary>
    public bool IsDrawing { get; private set; }

    /// <summary>The box that is measured, pixels of the photograph; null while none is.</summary>
    public BoundingBox? Measured { get; private set; }

    /// <summary>Whether something can be drawn now.</summary>
    public bool CanDraw => Measured is null && _session.Shown is { Result.Image.HasOriginal: true };

    /// <summary>Begins to draw, or stops.</summary>
    public void Toggle() => IsDrawing = !IsDrawing && CanDraw;

    /// <summary>Stops drawing, or waiting for the measurement.</summary>
    /// <returns>Whether there was anything to stop.</returns>
    public bool Cancel()
    {
        var begun = IsDrawing || _stopMeasuring is not null;
        IsDrawing = false;
        _stopMeasuring?.Cancel();
        return begun;
    }

    /// <summary>Has a box measured. The reviewer may go on meanwhile, while a worker has no time.</summary>
    /// <param name="box">The box, pixels of the photograph.</param>
    /// <param name="begun">Told when the measurement has begun.</param>
    /// <param name="cancellationToken">The reviewer left.</param>
    /// <returns>What takes the result over, to be run in turn with the reviewer's other commands; null when nobody wants it any more.</returns>
    public async Task<Func<Task>?> MeasureAsync(BoundingBox box, Action begun, CancellationToken cancellationToken)
    {
        IsDrawing = false;
        if (_session.Shown is not { } shown || Measured is not null)
        {
            return null;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            (_stopMeasuring, Measured) = (stop, box);
            begun();
            var drawing = await _faces.DrawAsync(shown.AnalysisId, box, _viewer.Actor, stop.Token);
            return () => TakeAsync(shown.ImageId, drawing, cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            (_stopMeasuring, Measured) = (null, null);
        }
    }

    private async Task TakeAsync(long imageId, Drawing drawing, CancellationToken cancellationToken)
    {
        if (_session.Shown?.ImageId != imageId)
        {
            return;
        }

        await _session.ReloadAsync(cancellationToken);
        var face = _session.Shown?.Faces.FirstOrDefault(face => face.Id == drawing.FaceId);
        if (face is not null)
        {
            _session.ActiveIndex = face.Index;
        }

        _session.Notice = (drawing.Result, face) switch
        {
            (DrawingResult.Added, { } added) => new ReviewNotice(_texts["Face {0} added: {1}", added.Number, _texts[LabelLook.Of(added.Label).Word]], ReviewCommand.Undo),
            (DrawingResult.AlreadyThere, { } there) => new ReviewNotice(_texts["Face {0} is there already", there.Number]),
            (DrawingResult.TooSmall, _) => new ReviewNotice(_texts["The box is too small: a face needs {0} pixels of the photograph each way", DrawnFaces.MinSidePixels]),
            _ => new ReviewNotice(_texts["The photograph, or this result of it, is gone; nothing was added."]),
        };
    }
}
