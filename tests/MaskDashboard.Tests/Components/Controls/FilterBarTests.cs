using Bunit;
using MaskDashboard.Compliance;
using MaskDashboard.Components.Controls;
using MaskDashboard.Storage;
using MaskDashboard.Vision;

namespace MaskDashboard.Tests.Components.Controls;

public sealed class FilterBarTests : ComponentTest
{
    private readonly List<ImageFilter> _wanted = [];

    private IRenderedComponent<FilterBar> Show(ImageFilter filter) => Render<FilterBar>(parameters => parameters
        .Add(bar => bar.Filter, filter)
        .Add(bar => bar.FilterChanged, _wanted.Add)
        .Add(bar => bar.Sites, [new Site { Id = 7, Name = "Gate 3" }]));

    [Fact]
    public void Selects_ChosenOneAfterTheOther_EachChangesOneThing()
    {
        var bar = Show(new ImageFilter { Search = "gate" });

        bar.FindAll("select")[1].Change("7");
        bar.FindAll("select")[2].Change("Haar");
        bar.FindAll("select")[3].Change("no");
        bar.FindAll("select")[4].Change("Failed");

        Assert.Equal(
            [
                new ImageFilter { Search = "gate", SiteId = 7 },
                new ImageFilter { Search = "gate", Detector = DetectorKind.Haar },
                new ImageFilter { Search = "gate", Reviewed = false },
                new ImageFilter { Search = "gate", State = AnalysisState.Failed },
            ],
            _wanted);
    }

    [Fact]
    public void Period_Today_IsTheViewersDay()
    {
        var bar = Show(new ImageFilter());

        bar.FindAll("select")[0].Change("today");

        Assert.Equal(new ImageFilter { From = new(2026, 5, 13), To = new(2026, 5, 13) }, Assert.Single(_wanted));
    }

    [Fact]
    public void Period_OfOnesOwn_OffersTwoDays()
    {
        var bar = Show(new ImageFilter());
        Assert.Empty(bar.FindAll("input[type=date]"));

        bar.FindAll("select")[0].Change(FilterPeriod.Custom);
        bar.FindAll("input[type=date]")[0].Change("2026-04-01");

        Assert.Equal(new DateOnly(2026, 4, 1), Assert.Single(_wanted).From);
    }

    [Fact]
    public void Search_Typing_AsksOnceAfterAPause()
    {
        var bar = Show(new ImageFilter());

        bar.Find("input[type=search]").Input("ga");
        bar.Find("input[type=search]").Input("gate");
        Assert.Empty(_wanted);
        Clock.Advance(TimeSpan.FromMilliseconds(300));

        bar.WaitForAssertion(() => Assert.Equal("gate", Assert.Single(_wanted).Search));
    }

    [Fact]
    public void Clear_FilterInForce_AsksForNone()
    {
        var bar = Show(new ImageFilter { SiteId = 7 });

        bar.Find("button.clear").Click();

        Assert.True(Assert.Single(_wanted).IsEmpty);
    }

    [Fact]
    public void Part_BehindABar_IsNamedAndCanBeTakenAway()
    {
        using var culture = new CultureScope("en-GB");
        var bar = Show(new ImageFilter { SiteId = 7, Weekday = DayOfWeek.Monday, Hour = 9, SinceUtc = new DateTime(2026, 5, 11, 8, 0, 0, DateTimeKind.Utc), UntilUtc = new DateTime(2026, 5, 11, 9, 0, 0, DateTimeKind.Utc) });
        Assert.Equal(["11/05/2026 08:00–09:00×", "Monday, 09:00–10:00×"], bar.FindAll("button.part").Select(part => part.TextContent));

        bar.FindAll("button.part")[1].Click();

        var wanted = Assert.Single(_wanted);
        Assert.Equal((7L, null, null), (wanted.SiteId!.Value, wanted.Weekday, wanted.Hour));
        Assert.NotNull(wanted.SinceUtc);
    }

    [Fact]
    public void Clear_NoFilter_IsNotOffered() => Assert.Empty(Show(new ImageFilter()).FindAll("button.clear"));
}
