using System.Globalization;
using MaskDashboard.Cli.Output;
using MaskDashboard.Vision;

namespace MaskDashboard.Cli.Commands;

/// <summary>Prints results of <c>analyze</c> for reading: a line for each photograph, the faces as well when there is only one, and the whole.</summary>
internal static class AnalyzeTable
{
    public static void Write(IReadOnlyList<AnalyzeReport> reports, TextWriter output)
    {
        if (reports.Count == 0)
        {
            return;
        }

        if (reports is [{ Faces.Count: > 0 } only])
        {
            WriteFaces(only, output);
            output.WriteLine();
        }

        var table = new TextTable("file", ">size", ">faces", ">mask", ">no mask", ">uncertain", ">too close", ">compliance");
        foreach (var report in reports)
        {
            table.Add(
                report.File, $"{report.Width} x {report.Height}", Format.Count(report.Faces.Count), Format.Count(report.Mask), Format.Count(report.NoMask),
                Format.Count(report.Uncertain), report.Faces.Count < 2 ? "-" : Format.Count(report.TooClose), Format.Percent(report.Compliance));
        }

        table.WriteTo(output);
        if (reports.Count > 1)
        {
            WriteTotal(reports, output);
        }
    }

    private static void WriteFaces(AnalyzeReport report, TextWriter output)
    {
        var table = new TextTable(">#", "label", ">mask", ">no mask", ">score", ">x", ">y", ">width", ">height", "too close", ">nearest corner", ">centre", ">metres");
        for (var i = 0; i < report.Faces.Count; i++)
        {
            var face = report.Faces[i];
            table.Add(
                Format.Count(i + 1), face.Label, Format.Percent(face.MaskProbability), Format.Percent(face.NoMaskProbability), Format.Number(face.Score, "0.00"),
                Format.Number(face.X, "0"), Format.Number(face.Y, "0"), Format.Number(face.Width, "0"), Format.Number(face.Height, "0"),
                report.Faces.Count < 2 ? "-" : face.TooClose ? "yes" : "no",
                Pixels(face.NearestPixelsTopLeft), Pixels(face.NearestPixelsCentre), face.NearestMetres is null ? "-" : $"≈{Format.Number(face.NearestMetres, "0.0")} m");
        }

        table.WriteTo(output);
    }

    private static void WriteTotal(IReadOnlyList<AnalyzeReport> reports, TextWriter output)
    {
        var total = reports.Aggregate(default(ComplianceFigures), (sum, report) => sum + new ComplianceFigures(report.Mask, report.NoMask, report.Uncertain, report.TooClose));
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reports.Count} images, {total.Faces} faces: {total.Mask} mask, {total.NoMask} no mask, {total.Uncertain} uncertain, {total.TooClose} too close. Compliance {Format.Percent(total.Compliance)} of {total.Mask + total.NoMask} decided faces."));
    }

    private static string Pixels(double? distance) => distance is null ? "-" : $"{Format.Number(distance, "0")} px";
}
