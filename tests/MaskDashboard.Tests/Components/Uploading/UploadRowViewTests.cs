using Bunit;
using MaskDashboard.Components.Uploading;
using MaskDashboard.Storage;
using MaskDashboard.Vision;

namespace MaskDashboard.Tests.Components.Uploading;

public sealed class UploadRowViewTests : ComponentTest
{
    private readonly List<string> _calls = [];

    private IRenderedComponent<UploadRowView> Show(BrowserFile file, AnalysisNews? news = null)
    {
        var list = new UploadList();
        list.Take([file]);
        list.Take(news is null ? Array.Empty<AnalysisNews>() : [news]);
        return Render<UploadRowView>(parameters => parameters
            .Add(view => view.Row, list.Rows[0])
            .Add(view => view.MaxBytes, 25000000)
            .Add(view => view.OnCancel, row => _calls.Add($"cancel {row.Id}"))
            .Add(view => view.OnRetry, row => _calls.Add($"retry {row.Id}")));
    }

    [Fact]
    public void Row_Sending_ShowsItsBytesAndCanBeCancelled()
    {
        var view = Show(new BrowserFile(4, "gate.jpg", 200, 50, "sending", null, null, false, null, null));

        Assert.Equal("0.25", view.Find("progress").GetAttribute("value"));
        Assert.Empty(view.FindAll("a"));
        view.Find("button").Click();
        Assert.Equal("cancel 4", Assert.Single(_calls));
    }

    [Theory]
    [InlineData("type", "not a JPEG, PNG or WebP")]
    [InlineData("large", "larger than 25 MB")]
    [InlineData("empty", "empty")]
    [InlineData("network", "could not be reached")]
    public void Row_RefusedByTheBrowser_SaysWhyAndCanBeRetried(string code, string expected)
    {
        var view = Show(new BrowserFile(4, "gate.jpg", 200, 0, "failed", null, null, false, code, null));

        Assert.Contains(expected, view.Find(".reason").TextContent);
        view.Find("button").Click();
        Assert.Equal("retry 4", Assert.Single(_calls));
    }

    [Fact]
    public void Row_RefusedByTheProgram_SaysItsSentence()
    {
        var view = Show(new BrowserFile(4, "gate.jpg", 200, 200, "failed", null, null, false, null, "The image has 61 megapixels."));
        Assert.Equal("The image has 61 megapixels.", view.Find(".reason").TextContent);
    }

    [Fact]
    public void Row_Done_LinksToItsResultWithItsFigures()
    {
        var view = Show(
            new BrowserFile(4, "gate.jpg", 200, 200, "sent", 9, 70, false, null, null),
            new AnalysisNews(70, AnalysisState.Done, null, new ComplianceFigures(2, 1, 0, 2), "/images/9/thumbnail?v=1"));

        Assert.Equal("/images/9", view.Find("a").GetAttribute("href"));
        Assert.Equal("/images/9/thumbnail?v=1", view.Find("img").GetAttribute("src"));
        Assert.Equal("3 faces · 2 with a mask · 1 without · 2 too close", view.Find(".below").TextContent);
        Assert.Empty(view.FindAll("button"));
    }

    [Fact]
    public void Row_Duplicate_SaysSoAndLinksToTheEarlierResult()
    {
        var view = Show(new BrowserFile(4, "gate.jpg", 200, 200, "sent", 9, 70, true, null, null));

        Assert.Equal("/images/9", view.Find("a").GetAttribute("href"));
        Assert.Contains("Uploaded before", view.Find(".below").TextContent);
    }
}
