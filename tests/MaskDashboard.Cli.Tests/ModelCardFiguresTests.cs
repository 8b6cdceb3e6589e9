using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MaskDashboard.Cli.Tests.Commands;

namespace MaskDashboard.Cli.Tests;

/// <summary>The model card states what <c>evaluate</c> prints for the committed photographs with the committed models.</summary>
public sealed partial class ModelCardFiguresTests
{
    // One face in a hundred; other processors round differently.
    private const double TolerancePoints = 1;

    [Fact]
    public async Task ModelCard_FiguresOnTheSamples_AreThoseOfEvaluate()
    {
        var stated = File.ReadLines(Path.Combine(Repository.Models, "README.md")).Select(line => Row().Match(line)).Where(match => match.Success).ToList();

        var shell = await Shell.RunAsync(
            "evaluate", "--images", Repository.Samples, "--annotations", Repository.SampleAnnotations, "--json", "-", "--models", Repository.Models);

        Assert.True(stated.Count >= 8, "The table of figures on the samples is gone from models/README.md.");
        Assert.All(stated, row =>
        {
            var measured = row.Groups["name"].Value.Split('.').Aggregate(shell.Json, (element, name) => element.GetProperty(name)).GetDouble() * 100;
            Assert.Equal(double.Parse(row.Groups["percent"].Value, CultureInfo.InvariantCulture), measured, TolerancePoints);
        });
    }

    /// <summary>| what it is | `name.in.the.json` | 12.3 % |</summary>
    [GeneratedRegex(@"^\| [^|]+ \| `(?<name>[A-Za-z0-9.]+)` \| (?<percent>[0-9.]+) % \|$")]
    private static partial Regex Row();
}
