using MaskDashboard.Compliance;
using MaskDashboard.Exports;

namespace MaskDashboard.Components.Results;

/// <summary>What a viewer ticked in a list: photographs one by one, or all of the filter but some.</summary>
public sealed class PhotoSelection
{
    private readonly HashSet<long> _ids = [];

    /// <summary>Whether all photographs of the filter are ticked, but those unticked since.</summary>
    public bool AllOfFilter { get; private set; }

    /// <summary>The photograph ticked or unticked last, where a range begins; null without one.</summary>
    public ListPosition? Anchor { get; private set; }

    /// <summary>Whether a photograph is ticked.</summary>
    /// <param name="imageId">The photograph.</param>
    public bool Contains(long imageId) => _ids.Contains(imageId) != AllOfFilter;

    /// <summary>How many are ticked.</summary>
    /// <param name="total">Photographs of the filter.</param>
    public int Count(int total) => AllOfFilter ? Math.Max(0, total - _ids.Count) : _ids.Count;

    /// <summary>Ticks or unticks photographs.</summary>
    /// <param name="imageIds">The photographs.</param>
    /// <param name="ticked">Whether they are ticked.</param>
    /// <param name="anchor">Where the next range begins.</param>
    public void Set(IEnumerable<long> imageIds, bool ticked, ListPosition anchor)
    {
        foreach (var imageId in imageIds)
        {
            _ = ticked != AllOfFilter ? _ids.Add(imageId) : _ids.Remove(imageId);
        }

        Anchor = anchor;
    }

    /// <summary>Ticks all of the filter.</summary>
    public void SelectAll()
    {
        Clear();
        AllOfFilter = true;
    }

    /// <summary>Unticks all.</summary>
    public void Clear()
    {
        _ids.Clear();
        AllOfFilter = false;
        Anchor = null;
    }

    /// <summary>The choice, to be deleted or exported.</summary>
    /// <param name="filter">The list's filter.</param>
    /// <param name="zone">The viewer's time zone.</param>
    public ImageSelection ToSelection(ImageFilter filter, TimeZoneInfo zone) => AllOfFilter
        ? new ImageSelection(filter, zone) { ExceptImageIds = [.. _ids] }
        : new ImageSelection(filter, zone) { ImageIds = [.. _ids] };
}
