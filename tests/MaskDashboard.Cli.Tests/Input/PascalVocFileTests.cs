using MaskDashboard.Cli.Input;
using MaskDashboard.Vision;

namespace MaskDashboard.Cli.Tests.Input;

public sealed class PascalVocFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_Annotation_GivesBoxesAndLabels()
    {
        var path = _folder.File("a.xml", $"<annotation>{Object("with_mask", 10, 20, 40, 60)}{Object("mask_weared_incorrect", 0, 0, 5, 5)}</annotation>");

        var faces = PascalVocFile.Read(path);

        Assert.Equal(new AnnotatedFace(new BoundingBox(10, 20, 30, 40), FaceKind.WithMask), faces[0]);
        Assert.Equal((true, 40f), (faces[0].IsMask, faces[0].LongerSide));
        Assert.Equal((FaceKind.WornIncorrectly, false), (faces[1].Kind, faces[1].IsMask));
    }

    [Fact]
    public void Read_NoObjects_IsEmpty() => Assert.Empty(PascalVocFile.Read(_folder.File("a.xml", "<annotation/>")));

    [Theory]
    [InlineData("not xml", "not an XML file")]
    [InlineData("<annotation><object><name>cat</name></object></annotation>", "'cat' is none of")]
    [InlineData("<annotation><object><name>with_mask</name></object></annotation>", "bndbox/xmin")]
    public void Read_BadFile_NamesFileAndReason(string content, string reason)
    {
        var path = _folder.File("bad.xml", content);

        var error = Assert.Throws<InputException>(() => PascalVocFile.Read(path));

        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BoxWithoutArea_IsRefused() => Assert.Throws<InputException>(() =>
        PascalVocFile.Read(_folder.File("a.xml", $"<annotation>{Object("with_mask", 10, 20, 10, 60)}</annotation>")));

    private static string Object(string name, int left, int top, int right, int bottom) =>
        $"<object><name>{name}</name><bndbox><xmin>{left}</xmin><ymin>{top}</ymin><xmax>{right}</xmax><ymax>{bottom}</ymax></bndbox></object>";
}
