using MaskDashboard.Compliance;
using MaskDashboard.Components.Controls;

namespace MaskDashboard.Tests.Components.Controls;

public sealed class FilterPeriodTests
{
    private static readonly DateOnly _today = new(2026, 5, 13);
    private static readonly DateOnly _monday = new(2026, 5, 11);

    [Fact]
    public void NameOf_EveryNamedPeriod_IsTheInverseOfApply()
    {
        foreach (var period in FilterPeriod.All.Where(period => period.Name != FilterPeriod.Custom))
        {
            var filter = FilterPeriod.Apply(new ImageFilter { SiteId = 3 }, period.Name, _today, _monday);
            Assert.Equal(period.Name, FilterPeriod.NameOf(filter, _today, _monday));
            Assert.Equal(3, filter.SiteId);
        }
    }

    [Fact]
    public void Apply_LastSevenDays_IncludesToday()
    {
        var filter = FilterPeriod.Apply(new ImageFilter(), "days7", _today, _monday);
        Assert.Equal((new DateOnly(2026, 5, 7), _today), (filter.From, filter.To));
    }

    [Fact]
    public void NameOf_OtherDays_IsCustom() =>
        Assert.Equal(FilterPeriod.Custom, FilterPeriod.NameOf(new ImageFilter { From = _today.AddDays(-3) }, _today, _monday));
}
