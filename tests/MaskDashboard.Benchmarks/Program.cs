using System.CommandLine;
using MaskDashboard.Benchmarks;

var data = new Option<DirectoryInfo>("--data") { Description = "Data folder; it must not hold a database yet when one is generated, and hold a generated one when it is measured.", Required = true };
var keptData = new Option<DirectoryInfo?>("--data") { Description = "A generated data folder to measure; made anew in a temporary folder when left out." };
var faces = new Option<int>("--faces") { Description = "Faces in all, five to a photograph.", DefaultValueFactory = _ => 1_000_000 };
var days = new Option<int>("--days") { Description = "Days back from today that the photographs are spread over.", DefaultValueFactory = _ => 730 };
var thumbnails = new Option<bool>("--thumbnails") { Description = "Gives every photograph one of the sample pictures as its thumbnail." };
var requests = new Option<int>("--requests") { Description = "How often each page or curve is measured.", DefaultValueFactory = _ => 40 };

var generate = new Command("generate", "Makes a data folder full of believable results, without originals.") { data, faces, days, thumbnails };
generate.SetAction(async (arguments, stop) =>
{
    await new DataGenerator(arguments.GetRequiredValue(faces), arguments.GetRequiredValue(days), arguments.GetValue(thumbnails))
        .WriteAsync(arguments.GetRequiredValue(data).FullName, stop);
    return 0;
});

var pages = new Command("pages", "Measures how long the real program takes to answer with each page, and to read rows while one scrolls.") { keptData, faces, days, requests };
pages.SetAction(async (arguments, stop) =>
{
    var folder = arguments.GetValue(keptData)?.FullName;
    var own = folder is null ? Directory.CreateTempSubdirectory("mask-dashboard-benchmark-") : null;
    try
    {
        if (own is not null)
        {
            folder = own.FullName;
            await new DataGenerator(arguments.GetRequiredValue(faces), arguments.GetRequiredValue(days), withThumbnails: false).WriteAsync(folder, stop);
        }

        await new PageBenchmark(folder!, arguments.GetRequiredValue(requests)).RunAsync(stop);
        return 0;
    }
    finally
    {
        own?.Delete(recursive: true);
    }
});

var tuning = new Command("tuning", "Measures what a slider of the settings waits for: the curve over all stored faces, and the preview of a photograph.") { data, requests };
tuning.SetAction(async (arguments, stop) =>
{
    await new TuningBenchmark(arguments.GetRequiredValue(data).FullName, arguments.GetRequiredValue(requests)).RunAsync(stop);
    return 0;
});

return await new RootCommand("Measures the dashboard. Run it in Release on a machine that does nothing else.") { generate, pages, tuning }.Parse(args).InvokeAsync();
