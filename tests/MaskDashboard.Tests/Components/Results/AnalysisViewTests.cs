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
        var view = Show([FaceAt(0, counted: true)], TestFaces.Photograph(hasOriginal: false));

        Assert.Empty(view.FindAll(".photo"));
        Assert.Contains("The photograph was removed", view.Markup);
        Assert.Single(view.FindAll("ul.faces li"));
    }

    [Fact]
    public void View_BlurredWhileItIsOpen_AsksForEveryPictureAnew()
    {
        var view = Show([FaceAt(0, counted: true)]);
        var sharp = Pictures(view);

        view.Render(parameters => parameters.Add(shown => shown.Image, TestFaces.Photograph(timesBlurred: 1)));
        var blurred = Pictures(view);
        view.Render(parameters => parameters.Add(shown => shown.Image, TestFaces.Photograph(timesBlurred: 2)));

        Assert.Equal(["/images/1/original", "/faces/1/crop"], sharp);
        Assert.Equal(["/images/1/original?v=1", "/faces/1/crop?v=1"], blurred);
        Assert.Equal(["/images/1/original?v=2", "/faces/1/crop?v=2"], Pictures(view));
    }

    private static IEnumerable<string?> Pictures(IRenderedComponent<AnalysisView> view) => [.. view.FindAll("img").Select(picture => picture.GetAttribute("src"))];

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

    private IRenderedComponent<AnalysisView> Show(IReadOnlyList<Face> faces, StoredImage? image = null) => Render<AnalysisView>(parameters => parameters
        .Add(view => view.Image, image ?? TestFaces.Photograph())
        .Add(view => view.Detector, DetectorKind.YuNet)
        .Add(view => view.Settings, new AnalysisSettings())
        .Add(view => view.Faces, faces)
        .Add(view => view.Pairs, [])
        .Add(view => view.Figures, new ComplianceFigures(faces.Count(face => face.Counted), 0, 0, 0)));
}
