using MaskDashboard.Cli.Output;

namespace MaskDashboard.Cli.Tests.Output;

public class TextTableTests
{
    [Fact]
    public void WriteTo_Rows_AlignsColumns()
    {
        var output = new StringWriter { NewLine = "\n" };
        var table = new TextTable("file", ">faces");
        table.Add("a.jpg", "12");
        table.Add("longer.jpg", "3");

        table.WriteTo(output);

        Assert.Equal("file        faces\n----------  -----\na.jpg          12\nlonger.jpg      3\n", output.ToString());
    }

    [Fact]
    public void Add_WrongNumberOfCells_Throws() => Assert.Throws<ArgumentException>(() => new TextTable("a", "b").Add("1"));
}
