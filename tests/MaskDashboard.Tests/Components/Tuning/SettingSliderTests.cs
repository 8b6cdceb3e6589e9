using Bunit;
using MaskDashboard.Components.Tuning;
using MaskDashboard.Settings;
using MaskDashboard.Storage;
using MaskDashboard.Vision;

namespace MaskDashboard.Tests.Components.Tuning;

public sealed class SettingSliderTests : ComponentTest
{
    private readonly SettingsDraft _draft = new(new VersionedSettings(4, new AnalysisSettings()), [new Site { Id = 1, Name = "Gate" }]);

    private IRenderedComponent<SettingSlider> Show(string key) => Render<SettingSlider>(parameters => parameters
        .AddCascadingValue(_draft)
        .Add(slider => slider.Setting, SettingDefinition.Of(key)));

    [Fact]
    public void Slider_Moved_TriesTheValueAndMarksItAsChanged()
    {
        var slider = Show(nameof(AnalysisSettings.MinDistancePixelsTopLeft));
        Assert.Empty(slider.FindAll(".setting-changed"));

        slider.Find("input[type=range]").Input("151");

        Assert.Equal(151, _draft.Settings.MinDistancePixelsTopLeft);
        slider.WaitForAssertion(() => Assert.Contains("saved: 130 px", slider.Find(".setting-changed").TextContent, StringComparison.Ordinal));
        Assert.Equal("151", slider.Find("input[type=number]").GetAttribute("value"));
        Assert.Equal("151 px", slider.Find("input[type=range]").GetAttribute("aria-valuetext"));

        slider.Find("button[title='Undo the change']").Click();
        Assert.False(_draft.IsChanged);
    }

    [Fact]
    public void Field_BeyondTheSlider_StretchesIt()
    {
        var slider = Show(nameof(AnalysisSettings.MinDistancePixelsTopLeft));

        slider.Find("input[type=number]").Change("4000");

        Assert.Equal(4000, _draft.Settings.MinDistancePixelsTopLeft);
        slider.WaitForAssertion(() => Assert.Equal("4000", slider.Find("input[type=range]").GetAttribute("max")));
    }

    [Theory]
    [InlineData("20000")]
    [InlineData("-1")]
    [InlineData("")]
    [InlineData("many")]
    public void Field_OutOfBounds_SaysTheBoundsAndTriesNothing(string typed)
    {
        var slider = Show(nameof(AnalysisSettings.MinDistancePixelsTopLeft));

        slider.Find("input[type=number]").Change(typed);

        Assert.Equal("Enter a number from 0 px to 10,000 px.", slider.Find("[role=alert]").TextContent);
        Assert.Equal("true", slider.Find("input[type=number]").GetAttribute("aria-invalid"));
        Assert.False(_draft.IsChanged);
    }

    [Fact]
    public void Preset_Tried_MovesTheSliderAndSaysWhatIsNotInUse()
    {
        var (score, haar) = (Show(nameof(AnalysisSettings.MinDetectionScore)), Show(nameof(AnalysisSettings.HaarMinNeighbors)));
        Assert.Contains("not in use now", haar.Markup, StringComparison.Ordinal);

        _draft.Try(AnalysisSettings.Notebook);

        score.WaitForAssertion(() => Assert.Contains("not in use now", score.Markup, StringComparison.Ordinal));
        haar.WaitForAssertion(() => Assert.DoesNotContain("not in use now", haar.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void Site_WithoutAValue_UsesTheDefaultUntilOneIsGiven()
    {
        var sites = Render<SiteViews>(parameters => parameters.AddCascadingValue(_draft).Add(views => views.Sites, [new Site { Id = 1, Name = "Gate" }]));
        Assert.Equal("65", sites.Find("input[type=number]").GetAttribute("placeholder"));

        sites.Find("input[type=number]").Change("90");
        Assert.Equal(90, _draft.Tried.FieldOfViewDegrees(1));
        sites.WaitForAssertion(() => Assert.Contains("saved: the default (65°)", sites.Markup, StringComparison.Ordinal));

        sites.Find("input[type=number]").Change("");
        Assert.Null(_draft.Tried.FieldOfViewDegrees(1));
    }

    [Fact]
    public void SaveBar_WithoutReason_AsksForOneAndSavesNothing()
    {
        var saved = new List<string>();
        var bar = Render<SaveBar>(parameters => parameters.AddCascadingValue(_draft).Add(shown => shown.Save, reason =>
        {
            saved.Add(reason);
            return Task.FromResult(true);
        }));
        Assert.Empty(bar.FindAll("section"));

        _draft.Try(_draft.Settings with { MinDistanceMetres = 2 });
        bar.WaitForAssertion(() => Assert.Contains("1 change, not saved", bar.Markup, StringComparison.Ordinal));
        bar.Find("form").Submit();
        Assert.Contains("Say in a few words why", bar.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(saved);

        bar.Find("input[type=text]").Input("Guidance of May");
        bar.Find("form").Submit();
        Assert.Equal("Guidance of May", Assert.Single(saved));
    }
}
