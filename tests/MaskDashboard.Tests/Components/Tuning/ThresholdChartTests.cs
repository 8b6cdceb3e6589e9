using Bunit;
using MaskDashboard.Components.Tuning;
using MaskDashboard.Settings;
using MaskDashboard.Tuning;
using MaskDashboard.Vision;

namespace MaskDashboard.Tests.Components.Tuning;

public sealed class ThresholdChartTests : ComponentTest
{
    [Fact]
    public void Chart_Curve_MarksSavedAndTriedAndHasATable()
    {
        using var culture = new CultureScope("en-US");
        var chosen = new List<double>();
        WhatIfPoint[] points = [.. Enumerable.Range(0, 11).Select(step => new WhatIfPoint(step * 100, new ComplianceFigures(6, 2, 2, step)))];

        var chart = Render<ThresholdChart>(parameters => parameters
            .Add(shown => shown.Setting, SettingDefinition.MinDistance(DistanceRule.PixelsTopLeft))
            .Add(shown => shown.Points, points)
            .Add(shown => shown.Saved, 130)
            .Add(shown => shown.Tried, 500)
            .Add(shown => shown.OnChoose, chosen.Add));

        Assert.Equal("130", chart.Find("line.saved").GetAttribute("x1"));
        Assert.Equal("500", chart.Find("line.tried").GetAttribute("x1"));
        Assert.Equal(["0 px", "500 px", "1,000 px"], chart.FindAll("tbody th").Select(cell => cell.TextContent));
        Assert.Contains("60–80%", chart.Find("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Contains("along MIN_DISTANCE, top-left corners from 0 px to 1,000 px", chart.Find("svg").GetAttribute("aria-label"), StringComparison.Ordinal);

        chart.FindAll("rect.hit")[3].Click();
        Assert.Equal(300, Assert.Single(chosen));
    }
}
