using MaskDashboard.Cli.Output;

namespace MaskDashboard.Cli.Evaluation;

/// <summary>Prints confusion counts.</summary>
internal static class ConfusionTable
{
    public static void Write(string heading, ConfusionReport confusion, TextWriter output)
    {
        var table = new TextTable(heading, ">mask", ">no mask");
        table.Add("mask", Format.Count(confusion.Mask.Mask), Format.Count(confusion.Mask.NoMask));
        table.Add("no mask", Format.Count(confusion.NoMask.Mask), Format.Count(confusion.NoMask.NoMask));
        table.WriteTo(output);
        output.WriteLine();
    }
}
