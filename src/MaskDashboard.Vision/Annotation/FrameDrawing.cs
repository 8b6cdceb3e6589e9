using SkiaSharp;

namespace MaskDashboard.Vision.Annotation;

/// <summary>
/// Draws one result over a picture: boxes (red and solid: too close; green, thin and dashed: far enough), lines between faces that are too close with their
/// distance, and a chip for each face's label. Every line has a dark rim, so it is seen on light and on dark ground.
/// </summary>
internal sealed class FrameDrawing
{
    private static readonly float[] s_sharesOfTheLine = [0.5f, 0.35f, 0.65f, 0.2f, 0.8f];

    private readonly SKCanvas _canvas;
    private readonly FrameAnalysis _analysis;
    private readonly AnnotationStyle _style;
    private readonly SKTypeface _typeface;
    private readonly SKRect[] _boxes;
    private readonly LabelPlacement _placement;

    /// <param name="canvas">Holds the picture.</param>
    /// <param name="analysis">The result.</param>
    /// <param name="style">Sizes.</param>
    /// <param name="typeface">The typeface of all text.</param>
    /// <param name="scale">Pixels of the picture for each pixel of the analysed image.</param>
    public FrameDrawing(SKCanvas canvas, FrameAnalysis analysis, AnnotationStyle style, SKTypeface typeface, float scale)
    {
        _canvas = canvas;
        _analysis = analysis;
        _style = style;
        _typeface = typeface;
        _boxes = [.. analysis.Faces.Select(face => SKRect.Create(face.Box.X * scale, face.Box.Y * scale, face.Box.Width * scale, face.Box.Height * scale))];
        _placement = new LabelPlacement(analysis.Measurement.Width * scale, analysis.Measurement.Height * scale);
    }

    /// <summary>Draws everything.</summary>
    /// <param name="lines">The pairs that get a line.</param>
    public void Draw(IReadOnlyList<FacePair> lines)
    {
        // Faces that are too close come last, on top of the others; largest first for labels, since they are looked at first.
        var counted = Enumerable.Range(0, _boxes.Length).Where(index => _analysis.Faces[index].Counted).ToArray();
        foreach (var pair in lines)
        {
            DrawLine(pair);
        }

        foreach (var index in counted.OrderBy(index => _analysis.Faces[index].TooClose))
        {
            DrawBox(_boxes[index], _analysis.Faces[index].TooClose);
            _placement.Avoid(_boxes[index]);
        }

        if (_style.FontSize <= 0)
        {
            return;
        }

        foreach (var index in counted.OrderByDescending(index => _boxes[index].Width * _boxes[index].Height))
        {
            DrawChip(_analysis.Faces[index], _boxes[index]);
        }

        foreach (var pair in lines.Reverse())
        {
            DrawDistance(pair);
        }
    }

    private void DrawBox(SKRect box, bool tooClose)
    {
        var width = tooClose ? _style.Stroke : _style.Stroke * 2 / 3;
        using var halo = Line(AnnotationStyle.HaloColor, width + (2 * _style.Halo));
        using var line = Line(tooClose ? AnnotationStyle.TooClose : AnnotationStyle.FarEnough, width);
        using var dashes = tooClose ? null : SKPathEffect.CreateDash([width * 4, width * 2.5f], 0);
        line.PathEffect = dashes;
        _canvas.DrawRect(box, halo);
        _canvas.DrawRect(box, line);
    }

    private void DrawLine(FacePair pair)
    {
        var (start, end) = Ends(pair);
        using var halo = Line(AnnotationStyle.HaloColor, (_style.Stroke * 0.7f) + (2 * _style.Halo));
        using var line = Line(AnnotationStyle.TooClose, _style.Stroke * 0.7f);
        _canvas.DrawLine(start, end, halo);
        _canvas.DrawLine(start, end, line);
    }

    /// <summary>Centre to centre without the parts inside the two boxes, so that no line runs over a face; boxes that overlap keep the whole line.</summary>
    private (SKPoint Start, SKPoint End) Ends(FacePair pair)
    {
        var (first, second) = (_boxes[pair.First], _boxes[pair.Second]);
        var (from, to) = (Middle(first), Middle(second));
        var (leave, enter) = (Exit(first, from, to), 1 - Exit(second, to, from));
        return leave < enter ? (Between(from, to, leave), Between(from, to, enter)) : (from, to);
    }

    /// <summary>The share of the way from the middle of a box to a point outside at which the box is left, 0 to 1.</summary>
    private static float Exit(SKRect box, SKPoint middle, SKPoint target)
    {
        var x = Math.Abs(target.X - middle.X);
        var y = Math.Abs(target.Y - middle.Y);
        return Math.Min(1, Math.Min(x == 0 ? 1 : box.Width / 2 / x, y == 0 ? 1 : box.Height / 2 / y));
    }

    private void DrawChip(FaceResult face, SKRect box)
    {
        var chip = FaceChip.For(face.Label);
        using var font = new SKFont(_typeface, _style.FontSize) { Subpixel = true };
        foreach (var text in chip.Texts(face))
        {
            var size = ChipSize(font, text);
            if (_placement.TryPlace(Around(box, size), own: box) is { } place)
            {
                DrawChip(chip, text, place, font);
                return;
            }
        }

        var mark = ChipSize(font, "");
        DrawChip(chip, "", _placement.Place(SKRect.Create(box.Left, box.Top - (mark.Height / 2), mark.Width, mark.Height)), font);
    }

    /// <summary>Above, below, to the right, to the left, then inside at the top and at the bottom.</summary>
    private IEnumerable<SKRect> Around(SKRect box, SKSize size)
    {
        var gap = (_style.Stroke / 2) + _style.Halo;
        yield return SKRect.Create(box.Left - gap, box.Top - size.Height - gap, size.Width, size.Height);
        yield return SKRect.Create(box.Left - gap, box.Bottom + gap, size.Width, size.Height);
        yield return SKRect.Create(box.Right + gap, box.Top - gap, size.Width, size.Height);
        yield return SKRect.Create(box.Left - size.Width - gap, box.Top - gap, size.Width, size.Height);
        if (size.Width <= box.Width && size.Height * 3 <= box.Height)
        {
            yield return SKRect.Create(box.Left, box.Top, size.Width, size.Height);
            yield return SKRect.Create(box.Left, box.Bottom - size.Height, size.Width, size.Height);
        }
    }

    private SKSize ChipSize(SKFont font, string text)
    {
        var mark = _style.FontSize * 0.72f;
        var padding = _style.FontSize * 0.32f;
        var textWidth = text.Length == 0 ? 0 : font.MeasureText(text) + (padding * 0.9f);
        return new SKSize(mark + (padding * 2) + textWidth, _style.FontSize * 1.36f);
    }

    private void DrawChip(FaceChip chip, string text, SKRect place, SKFont font)
    {
        DrawGround(place, chip.Ground, chip.DashedRim ? AnnotationStyle.Dark : AnnotationStyle.Light, chip.DashedRim);
        var mark = _style.FontSize * 0.72f;
        var padding = _style.FontSize * 0.32f;
        chip.DrawMark(_canvas, SKRect.Create(place.Left + padding, place.MidY - (mark / 2), mark, mark), _typeface);
        using var ink = new SKPaint { Color = chip.Ink, IsAntialias = true };
        _canvas.DrawText(text, place.Left + mark + (padding * 1.9f), place.MidY + (font.Metrics.CapHeight / 2), SKTextAlign.Left, font, ink);
    }

    private void DrawDistance(FacePair pair)
    {
        using var font = new SKFont(_typeface, _style.FontSize * 0.92f) { Subpixel = true };
        var text = DistanceLines.Text(pair, _analysis.Settings.DistanceRule);
        var size = new SKSize(font.MeasureText(text) + (_style.FontSize * 0.6f), _style.FontSize * 1.24f);
        var (start, end) = Ends(pair);
        if (_placement.TryPlace(Along(start, end, size)) is not { } place)
        {
            return; // No room: the line still says who; the result page and the JSON have the figure.
        }

        DrawGround(place, AnnotationStyle.DistanceGround, AnnotationStyle.TooClose, dashed: false);
        using var ink = new SKPaint { Color = AnnotationStyle.Light, IsAntialias = true };
        _canvas.DrawText(text, place.MidX, place.MidY + (font.Metrics.CapHeight / 2), SKTextAlign.Center, font, ink);
    }

    /// <summary>On the line, from its middle outwards; then beside its middle.</summary>
    private static IEnumerable<SKRect> Along(SKPoint start, SKPoint end, SKSize size)
    {
        SKRect Around(SKPoint at, float x, float y) => SKRect.Create(at.X + x - (size.Width / 2), at.Y + y - (size.Height / 2), size.Width, size.Height);
        foreach (var share in s_sharesOfTheLine)
        {
            yield return Around(Between(start, end, share), 0, 0);
        }

        var middle = Between(start, end, 0.5f);
        yield return Around(middle, 0, -size.Height);
        yield return Around(middle, 0, size.Height);
        yield return Around(middle, (size.Width / 2) + 2, 0);
        yield return Around(middle, (-size.Width / 2) - 2, 0);
    }

    private void DrawGround(SKRect place, SKColor ground, SKColor rim, bool dashed)
    {
        var radius = _style.FontSize * 0.22f;
        var rimWidth = Math.Max(1, _style.FontSize * 0.08f);
        using var fill = new SKPaint { Color = ground, IsAntialias = true };
        using var line = Line(rim, rimWidth);
        using var dashes = dashed ? SKPathEffect.CreateDash([rimWidth * 3, rimWidth * 2], 0) : null;
        line.PathEffect = dashes;
        _canvas.DrawRoundRect(place, radius, radius, fill);
        _canvas.DrawRoundRect(SKRect.Inflate(place, -rimWidth / 2, -rimWidth / 2), radius, radius, line);
    }

    private static SKPaint Line(SKColor color, float width) => new()
    {
        Color = color, IsAntialias = true, IsStroke = true, StrokeWidth = width, StrokeJoin = SKStrokeJoin.Round,
    };

    private static SKPoint Middle(SKRect rect) => new(rect.MidX, rect.MidY);

    private static SKPoint Between(SKPoint from, SKPoint to, float share) => new(from.X + ((to.X - from.X) * share), from.Y + ((to.Y - from.Y) * share));
}
