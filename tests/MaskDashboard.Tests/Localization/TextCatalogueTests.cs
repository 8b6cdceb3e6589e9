using System.Globalization;
using System.Text.RegularExpressions;
using MaskDashboard.Analysis;
using MaskDashboard.Localization;
using MaskDashboard.Tests.Components;
using MaskDashboard.Vision.Classification;
using MaskDashboard.Vision.Decoding;

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

    [Fact]
    public void Korean_EverySentenceInTheSource_IsTranslated()
    {
        var korean = _catalogue.All(CultureInfo.GetCultureInfo("ko"));
        var source = new DirectoryInfo(Path.Combine(DashboardHost.Root, "src", "MaskDashboard"));
        var sentences = source.EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => file.Extension is ".razor" or ".cs" && !file.FullName.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Localized().Matches(File.ReadAllText(file.FullName)))
            .SelectMany(match => match.Groups["text"].Captures.Select(capture => Regex.Unescape(capture.Value)))
            .Distinct().ToList();

        Assert.True(sentences.Count > 300, $"Only {sentences.Count} sentences were found: they are written in another way now.");
        Assert.DoesNotContain(sentences, sentence => !korean.ContainsKey(sentence));
    }

    [Fact]
    public void Reason_WithFigures_IsTranslatedWithItsFigures()
    {
        using var culture = new CultureScope("ko-KR");
        var sentence = "The image has 61.2 megapixels (8740 x 7000) and the limit is 50: reduce it and upload it again.";
        Assert.Equal("이미지가 61.2메가픽셀(8740 x 7000)로 한도인 50메가픽셀을 넘습니다. 크기를 줄여 다시 업로드하세요.", new TextLocalizer(_catalogue).Reason(sentence));
    }

    [Fact]
    public void Reason_EverySentenceOfTheProgram_IsTranslated()
    {
        var korean = _catalogue.All(CultureInfo.GetCultureInfo("ko"));
        string[] sentences = [.. RejectionSentences.All, .. ProviderSentences.All, AnalysisService.OriginalMissing, AnalysisService.FacesBlurred, AnalysisService.StoppedTheProgram, AnalysisService.Unexpected, OutcomeStore.NotStored];
        Assert.All(sentences, sentence => Assert.True(korean.ContainsKey(sentence), sentence));
    }

    [Fact]
    public void Reason_SentenceOfAnOlderProgram_StaysReadable()
    {
        using var culture = new CultureScope("ko-KR");
        Assert.Equal("Something went wrong in 2025.", new TextLocalizer(_catalogue).Reason("Something went wrong in 2025."));
    }

    private static IEnumerable<string> Placeholders(string sentence) => Placeholder().Matches(sentence).Select(match => match.Value).Distinct().Order();

    // L["sentence"...] and L.Count(number, "one", "many").
    [GeneratedRegex(@"\b(?:L|_?texts)(?:\[|\.Count\([^""]*?,\s*""(?<text>(?:[^""\\]|\\.)*)"",\s*)""(?<text>(?:[^""\\]|\\.)*)""")]
    private static partial Regex Localized();

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Placeholder();
}
