using Bunit;
using MaskDashboard.Components.Results;
using MaskDashboard.Housekeeping;
using MaskDashboard.Uploads;
using Microsoft.Extensions.DependencyInjection;

namespace MaskDashboard.Tests.Components.Results;

public sealed class StoredAboutTests : ComponentTest
{
    [Fact]
    public async Task Show_AnalysedImage_NamesFilesAndHowLong()
    {
        await using var host = await DashboardHost.CreateAsync();
        await using (var sample = File.OpenRead(Path.Combine(DashboardHost.Root, "wwwroot", "samples", "two-too-close.jpg")))
        {
            await host.Get<ImageIntake>().AcceptAsync(sample, new IntakeRequest("gate.jpg"));
        }

        await host.RunQueueAsync();
        Services.AddSingleton(host.Get<StoredPartsReader>());
        var parts = (await host.Get<StoredPartsReader>().ReadAsync(1))!;
        var panel = Render<StoredAbout>(parameters => parameters.Add(about => about.ImageId, 1));

        await panel.Find("button").ClickAsync(new());

        Assert.Contains(parts.Original!.Sha256, panel.Markup, StringComparison.Ordinal);
        Assert.Contains(parts.Thumbnails[0].Sha256, panel.Markup, StringComparison.Ordinal);
        Assert.Contains("kept until somebody deletes it", panel.Markup, StringComparison.Ordinal);
        Assert.Contains("Image 1 uploaded", panel.Find(".log").TextContent, StringComparison.Ordinal);
        Assert.Equal("/api/v1/images/1/archive", panel.Find("a[download]").GetAttribute("href"));
    }

    [Fact]
    public async Task Show_ErasedImage_SaysThatNothingIsStored()
    {
        await using var host = await DashboardHost.CreateAsync();
        Services.AddSingleton(host.Get<StoredPartsReader>());
        var panel = Render<StoredAbout>(parameters => parameters.Add(about => about.ImageId, 1));

        await panel.Find("button").ClickAsync(new());

        Assert.Equal("Nothing is stored about this image any more.", panel.Find("[role=status]").TextContent);
    }
}
