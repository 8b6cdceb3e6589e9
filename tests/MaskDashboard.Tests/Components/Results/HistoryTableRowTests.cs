using Bunit;
using MaskDashboard.Compliance;
using MaskDashboard.Components.Results;
using MaskDashboard.Storage;
using MaskDashboard.Vision;

namespace MaskDashboard.Tests.Components.Results;

public sealed class HistoryTableRowTests : ComponentTest
{
    [Fact]
    public void Row_Done_LinksToItsResultWithTheListsQuery()
    {
        var row = Show(AnalysisState.Done, null, new ComplianceFigures(5, 2, 1, 3));

        Assert.Equal("/images/7?site=3", row.Find("a").GetAttribute("href"));
        Assert.Equal("/images/7/thumbnail?a=9&f=8-3&v=0", row.Find("img").GetAttribute("src"));
        Assert.Contains("5 of 8", row.Find(".history-share").TextContent);
        Assert.Contains("3 too close", row.Find(".history-close").TextContent);
    }

    [Theory]
    [InlineData("en-US", "The image is 10 x 12 pixels, too small for a face: upload one with at least 16 pixels on each side.")]
    [InlineData("ko-KR", "이미지가 10 x 12픽셀로 얼굴을 담기에 너무 작습니다. 가로와 세로가 각각 16픽셀 이상인 이미지를 업로드하세요.")]
    public void Row_Failed_SaysWhyInTheViewersLanguage(string culture, string expected)
    {
        using var scope = new CultureScope(culture);
        var row = Show(AnalysisState.Failed, "The image is 10 x 12 pixels, too small for a face: upload one with at least 16 pixels on each side.", default);

        Assert.Equal(expected, row.Find(".history-reason").TextContent);
        Assert.Empty(row.FindAll("img"));
    }

    private IRenderedComponent<HistoryTableRow> Show(AnalysisState state, string? reason, ComplianceFigures figures) => Render<HistoryTableRow>(parameters => parameters
        .Add(row => row.Row, new HistoryRow(7, 9, "gate.jpg", "Gate 3", Clock.GetUtcNow().UtcDateTime, Clock.GetUtcNow().UtcDateTime, DetectorKind.YuNet, state, reason, figures, null, 0))
        .Add(row => row.Query, "?site=3"));
}
