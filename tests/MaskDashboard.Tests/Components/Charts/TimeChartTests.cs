using Bunit;
using MaskDashboard.Components.Charts;
using MaskDashboard.Components.Viewer;
using MaskDashboard.Compliance;
using MaskDashboard.Vision;
using Microsoft.Extensions.DependencyInjection;

namespace MaskDashboard.Tests.Components.Charts;

public sealed class TimeChartTests : ComponentTest
{
    private static readonly DateTime _start = new(2026, 5, 11, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Bar_OfADay_LeadsToThePhotographsBehindIt()
    {
        using var culture = new CultureScope("en-US");
        var chart = Show(ChartMeasure.Compliance, ChartStep.Day, new ImageFilter { SiteId = 7, From = new(2026, 5, 11), To = new(2026, 5, 13) });

        var bars = chart.FindAll("a.slot");
        Assert.Equal(2, bars.Count);
        Assert.Equal("/history?from=2026-05-12&to=2026-05-12&site=7", bars[1].GetAttribute("href"));
        Assert.Equal("Tue 5/12/2026: 60–80% · 6 of 10 faces with a mask, 2 uncertain", bars[1].GetAttribute("aria-label"));
        Assert.Equal(["height:60%", "height:20%"], bars[1].Children.Select(segment => segment.GetAttribute("style")));
        Assert.Equal(["0", "-1"], bars.Select(bar => bar.GetAttribute("tabindex")));
    }

    [Fact]
    public void Bar_OfAnHour_LeadsToItsMoments()
    {
        var chart = Show(ChartMeasure.TooClose, ChartStep.Hour, new ImageFilter { From = new(2026, 5, 11), To = new(2026, 5, 11) });
        Assert.Equal("/history?since=2026-05-12T00%3A00Z&until=2026-05-13T00%3A00Z", chart.FindAll("a.slot")[1].GetAttribute("href"));
    }

    [Fact]
    public void Table_Asked_HasTheSameFiguresNewestFirst()
    {
        using var culture = new CultureScope("en-US");
        var chart = Show(ChartMeasure.TooClose, ChartStep.Day, new ImageFilter());

        chart.Find("button.chart-switch").Click();

        Assert.Equal("Tue 5/12/2026 | 50% | 4 of 8 people in pairs | 3", string.Join(" | ", chart.Find("tbody tr").Children.Select(cell => cell.TextContent)));
        Assert.Empty(chart.FindAll("a.slot"));
    }

    [Fact]
    public void Labels_ScaleAndPatterns_AreWritten()
    {
        var chart = Show(ChartMeasure.Labels, ChartStep.Day, new ImageFilter());
        Assert.Equal(["10", "5", "0"], chart.FindAll(".chart-axis span").Select(label => label.TextContent));
        Assert.Equal(["Mask", "Uncertain", "No mask"], chart.FindAll(".chart-key").Select(key => key.TextContent));
    }

    [Fact]
    public void Mark_SettingsChanged_StandsWhereItHappened()
    {
        var chart = Show(ChartMeasure.Compliance, ChartStep.Day, new ImageFilter(), new ChangeMark(_start.AddHours(36), 2, "Stricter", null, null));
        var mark = chart.Find(".mark");
        Assert.Equal("left:50%", mark.GetAttribute("style"));
        Assert.Contains("settings version 2 came into force (Stricter)", mark.GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.Equal("v2", mark.TextContent);
    }

    [Fact]
    public void Nothing_ToCount_SaysWhatToDo()
    {
        var overview = Overview(ChartStep.Day) with { Slots = TimeSlots.Cut(_start, _start.AddDays(3), ChartStep.Day, TimeZoneInfo.Utc, DayOfWeek.Monday) };
        var chart = Render<TimeChart>(parameters => parameters.Add(c => c.Measure, ChartMeasure.Compliance).Add(c => c.Overview, overview).Add(c => c.Filter, new ImageFilter()));
        Assert.Contains("Choose a longer one", chart.Markup, StringComparison.Ordinal);
        Assert.Empty(chart.FindAll("button"));
    }

    [Fact]
    public void HeatMap_Cell_LeadsToTheHourOfTheWeekday()
    {
        using var culture = new CultureScope("en-US");
        var map = Render<HeatMap>(parameters => parameters.Add(c => c.Measure, ChartMeasure.Compliance).Add(c => c.Overview, Overview(ChartStep.Day)).Add(c => c.Filter, new ImageFilter { SiteId = 7 }));
        var cell = Assert.Single(map.FindAll("a.heat-cell"));
        Assert.Equal("/history?weekday=tuesday&hour=9&site=7", cell.GetAttribute("href"));
        Assert.Equal("75", cell.TextContent);
        Assert.Equal("Sun", map.Find("tbody th").TextContent);
    }

    [Theory]
    [InlineData(0.33, 0.1, 0.4)]
    [InlineData(0.02, 0.1, 0.1)]
    [InlineData(7, 1, 8)]
    [InlineData(2400, 1, 3000)]
    public void NiceTop_HighestBar_IsNextRoundNumber(double highest, double least, double expected) => Assert.Equal(expected, TimeChart.NiceTop(highest, least), 9);

    private IRenderedComponent<TimeChart> Show(ChartMeasure measure, ChartStep step, ImageFilter filter, params ChangeMark[] marks)
    {
        Services.GetRequiredService<ViewerTime>().Use("UTC");
        return Render<TimeChart>(parameters => parameters.Add(c => c.Measure, measure).Add(c => c.Overview, Overview(step) with { Marks = marks }).Add(c => c.Filter, filter));
    }

    private static PeriodOverview Overview(ChartStep step)
    {
        PeriodFigures[] figures = [new(1, new(1, 1, 0, 0), 2), new(3, new(6, 2, 2, 4), 8), PeriodFigures.None];
        var hours = Enumerable.Range(0, 7).Select(_ => Enumerable.Repeat(PeriodFigures.None, 24).ToArray()).ToArray();
        hours[(int)DayOfWeek.Tuesday][9] = figures[1];
        return new PeriodOverview(
            figures[0] + figures[1],
            null,
            step,
            _start,
            _start.AddDays(3),
            [.. TimeSlots.Cut(_start, _start.AddDays(3), ChartStep.Day, TimeZoneInfo.Utc, DayOfWeek.Monday).Select((slot, index) => slot with { Figures = figures[index] })],
            hours,
            [],
            []);
    }
}
