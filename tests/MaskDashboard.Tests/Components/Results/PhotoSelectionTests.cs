using MaskDashboard.Compliance;
using MaskDashboard.Components.Results;
using MaskDashboard.Exports;

namespace MaskDashboard.Tests.Components.Results;

public sealed class PhotoSelectionTests
{
    private static readonly ListPosition s_row = new(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), 1);

    [Fact]
    public void Set_SomeTicked_ChoosesThemByNumber()
    {
        var selection = new PhotoSelection();
        selection.Set([1, 2, 3], ticked: true, s_row);
        selection.Set([2], ticked: false, s_row);

        Assert.Equal((2, true, false), (selection.Count(10), selection.Contains(1), selection.Contains(2)));
        Assert.Equal("1,3", string.Join(",", selection.ToSelection(new ImageFilter(), TimeZoneInfo.Utc).ImageIds!.Order()));
    }

    [Fact]
    public void SelectAll_OneUnticked_IsAllOfTheFilterButThat()
    {
        var selection = new PhotoSelection();
        selection.Set([1], ticked: true, s_row);
        selection.SelectAll();
        selection.Set([7], ticked: false, s_row);

        var chosen = selection.ToSelection(new ImageFilter { SiteId = 3 }, TimeZoneInfo.Utc);
        Assert.Equal((9, true, false), (selection.Count(10), selection.Contains(1), selection.Contains(7)));
        Assert.Null(chosen.ImageIds);
        Assert.Equal(3, chosen.Filter.SiteId);
        Assert.Equal(7, Assert.Single(chosen.ExceptImageIds));

        selection.Set([7], ticked: true, s_row);
        Assert.Equal(10, selection.Count(10));
        selection.Clear();
        Assert.Equal(0, selection.Count(10));
    }
}
