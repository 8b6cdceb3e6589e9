using Bunit;
using MaskDashboard.Components.Results;
using MaskDashboard.Storage;
using MaskDashboard.Vision;

namespace MaskDashboard.Tests.Components.Results;

public sealed class AnalysisViewTests : ComponentTest
{
    [Fact]
    public void View_FacesAndCandidates_DrawsTheCandidatesOnDemand()
    {
        var view = Show([FaceAt(0, counted: true), FaceAt(1, counted: false)]);
        Assert.Single(view.FindAll("rect.box"));
        Assert.Empty(view.FindAll("rect.candidate"));

        view.Find("input[type=checkbox]").Change(true);

        Assert.Single(view.FindAll("rect.candidate"));
    }

    [Fact]
    public void View_NoFace_SaysWhatToDo() =>
        Assert.Contains("lower the threshold", Show([]).Markup);

    [Fact]
    public void View_PhotographRemoved_KeepsTheFigures()
    {
        var view = Show([FaceAt(0, counted: true)], hasOriginal: false);

        Assert.Empty(view.FindAll(".photo"));
        Assert.Contains("The photograph was removed", view.Markup);
        Assert.Single(view.FindAll("ul.faces li"));
    }

    private static Face FaceAt(int index, bool counted) => new()
    {
        Id = index + 1,
        Index = index,
        X = 100 * index,
        Y = 40,
        Width = 50,
        Height = 60,
        Score = 0.9f,
        MaskProbability = 0.9f,
        Counted = counted,
        EffectiveCounted = counted,
        Label = MaskLabel.Mask,
        EffectiveLabel = MaskLabel.Mask,
    };

    private IRenderedComponent<AnalysisView> Show(IReadOnlyList<Face> faces, bool hasOriginal = true) => Render<AnalysisView>(parameters => parameters
        .Add(view => view.ImageAddress, "/images/1/original")
        .Add(view => view.Alt, "gate.jpg")
        .Add(view => view.Width, 800)
        .Add(view => view.Height, 600)
        .Add(view => view.HasOriginal, hasOriginal)
        .Add(view => view.Detector, DetectorKind.YuNet)
        .Add(view => view.Settings, new AnalysisSettings())
        .Add(view => view.Faces, faces)
        .Add(view => view.Pairs, [])
        .Add(view => view.Figures, new ComplianceFigures(faces.Count(face => face.Counted), 0, 0, 0)));
}
