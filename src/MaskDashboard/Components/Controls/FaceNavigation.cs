namespace MaskDashboard.Components.Controls;

/// <summary>Which face an arrow key leads to.</summary>
public static class FaceNavigation
{
    /// <summary>
    /// The face to go to: with an arrow the nearest one that way, where a step aside counts double;
    /// with Home and End the first and last in reading order.
    /// </summary>
    /// <param name="faces">The faces that can be reached.</param>
    /// <param name="current">Index of the face to leave; null for none.</param>
    /// <param name="key">Name of the key, as a browser gives it.</param>
    /// <returns>Index of a face; null when the key leads nowhere.</returns>
    public static int? Next(IReadOnlyList<OverlayFace> faces, int? current, string key)
    {
        if (faces.Count == 0)
        {
            return null;
        }

        var from = faces.FirstOrDefault(face => face.Index == current);
        if (key is "Home" or "End" || (from is null && key.StartsWith("Arrow", StringComparison.Ordinal)))
        {
            var ordered = faces.OrderBy(face => face.Box.CentreY + face.Box.CentreX / 1e6f);
            return (key == "End" ? ordered.Last() : ordered.First()).Index;
        }

        (double X, double Y)? direction = key switch
        {
            "ArrowLeft" => (-1, 0),
            "ArrowRight" => (1, 0),
            "ArrowUp" => (0, -1),
            "ArrowDown" => (0, 1),
            _ => null,
        };
        if (from is null || direction is not { } way)
        {
            return null;
        }

        return faces
            .Where(face => face.Index != from.Index)
            .Select(face => (face.Index, Along: Along(face), Aside: Aside(face)))
            .Where(step => step.Along > 0)
            .OrderBy(step => step.Along + 2 * step.Aside)
            .Select(step => (int?)step.Index)
            .FirstOrDefault();

        double Along(OverlayFace face) => (face.Box.CentreX - from.Box.CentreX) * way.X + (face.Box.CentreY - from.Box.CentreY) * way.Y;

        double Aside(OverlayFace face) => Math.Abs((face.Box.CentreX - from.Box.CentreX) * way.Y) + Math.Abs((face.Box.CentreY - from.Box.CentreY) * way.X);
    }
}
