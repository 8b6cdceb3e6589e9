namespace MaskDashboard.Components.Controls;

/// <summary>A photograph as a page shows it.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Width">Width of the oriented photograph, pixels.</param>
/// <param name="Height">Height of the oriented photograph, pixels.</param>
public sealed record PhotoSource(string Address, int Width, int Height);
