using System.Globalization;
using System.Text.RegularExpressions;
using MaskDashboard.Localization;
using MaskDashboard.Tests.Components;

namespace MaskDashboard.Tests.Localization;

public sealed partial class TextCatalogueTests
{
    private readonly TextCatalogue _catalogue = new();

    [Fact]
    public void Localizer_KoreanViewer_SpeaksKorean()
    {
        using var culture = new CultureScope("ko-KR");
        Assert.Equal("개요", new TextLocalizer(_catalogue)["Overview"].Value);
    }

    [Fact]
    public void Localizer_SentenceWithoutTranslation_StaysEnglish()
    {
        using var culture = new CultureScope("ko-KR");
        var text = new TextLocalizer(_catalogue)["Nobody wrote this {0}", 3];
        Assert.Equal(("Nobody wrote this 3", true), (text.Value, text.ResourceNotFound));
    }

    [Theory]
    [InlineData(1, "1 face")]
    [InlineData(2, "2 faces")]
    [InlineData(0, "0 faces")]
    [InlineData(1234, "1,234 faces")]
    public void Count_Number_ChoosesTheForm(int count, string expected)
    {
        using var culture = new CultureScope("en-US");
        Assert.Equal(expected, new TextLocalizer(_catalogue).Count(count, "{0} face", "{0} faces"));
    }

    [Fact]
    public void Korean_EverySentence_HasTheSamePlaceholders()
    {
        var korean = _catalogue.All(CultureInfo.GetCultureInfo("ko"));
        Assert.NotEmpty(korean);
        Assert.All(korean, text => Assert.Equal(Placeholders(text.Key), Placeholders(text.Value)));
    }

    private static IEnumerable<string> Placeholders(string sentence) => Placeholder().Matches(sentence).Select(match => match.Value).Distinct().Order();

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Placeholder();
}
