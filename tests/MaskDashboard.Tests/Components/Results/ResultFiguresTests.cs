using Bunit;
using MaskDashboard.Components.Results;
using MaskDashboard.Vision;

namespace MaskDashboard.Tests.Components.Results;

public sealed class ResultFiguresTests : ComponentTest
{
    [Fact]
    public void Distance_OneFace_MakesNoStatement()
    {
        var text = Show(new ComplianceFigures(1, 0, 0, 0), 1);

        Assert.Contains("No statement: it takes two faces", text);
        Assert.DoesNotContain("too close", text);
    }

    [Fact]
    public void Distance_TwoFacesTooClose_SaysHowManyOfHowManyAndTheNearest()
    {
        var text = Show(new ComplianceFigures(1, 1, 0, 2), 2);

        Assert.Contains("2 too close", text);
        Assert.Contains("of 2 faces; minimum 130 px", text);
        Assert.Contains("100 px", text);
    }

    [Fact]
    public void Compliance_KoreanViewer_IsKorean()
    {
        using var culture = new CultureScope("ko-KR");
        Assert.Contains("마스크", Show(new ComplianceFigures(1, 1, 0, 0), 2));
    }

    private string Show(ComplianceFigures figures, int faces) => Render<ResultFigures>(parameters => parameters
        .Add(result => result.Figures, figures)
        .Add(result => result.Settings, new AnalysisSettings())
        .Add(result => result.Faces, [.. Enumerable.Range(0, faces).Select(index => TestFaces.At(index, 100 * index, 0, nearest: faces > 1 ? 100 : null))])).Find("dl").TextContent;
}
