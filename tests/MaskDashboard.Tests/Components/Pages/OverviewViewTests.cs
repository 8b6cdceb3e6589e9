using MaskDashboard.Components.Charts;
using MaskDashboard.Components.Pages;
using MaskDashboard.Compliance;

namespace MaskDashboard.Tests.Components.Pages;

public sealed class OverviewViewTests
{
    private static readonly DateOnly _today = new(2026, 5, 13);

    [Theory]
    [InlineData("?from=2026-05-01&to=2026-05-10&site=3&reviewed=no&step=week&heat=tooclose")]
    [InlineData("?period=any")]
    [InlineData("?weekday=monday&hour=9&site=3&period=any")]
    [InlineData("?since=2026-05-01T05%3A00Z&until=2026-05-01T06%3A00Z")]
    public void ToAddress_WhatParseRead_ShowsTheSameView(string query)
    {
        var view = OverviewView.Parse(query, _today);
        Assert.Equal(view, OverviewView.Parse(new Uri("http://localhost" + view.ToAddress()).Query, _today.AddDays(40)));
    }

    [Fact]
    public void Parse_NoTime_IsTheLastThirtyDays() =>
        Assert.Equal(new OverviewView(new ImageFilter { From = new(2026, 4, 14), To = _today, SiteId = 3 }, null, ChartMeasure.Compliance), OverviewView.Parse("?site=3&step=nonsense&heat=2x", _today));
}
