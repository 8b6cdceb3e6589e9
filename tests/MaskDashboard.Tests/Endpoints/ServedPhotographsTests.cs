using System.Globalization;
using System.Net;
using MaskDashboard.Accounts;
using MaskDashboard.Endpoints;
using MaskDashboard.Privacy;
using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;
using OpenCvSharp;
using static MaskDashboard.Tests.Privacy.SharpOrBlurred;

namespace MaskDashboard.Tests.Endpoints;

/// <summary>Pictures of a photograph in the hands of a browser that has shown them before.</summary>
public sealed class ServedPhotographsTests
{
    [Theory]
    [InlineData("/images/{0}/original")]
    [InlineData("/images/{0}/annotated")]
    [InlineData("/faces/{1}/crop")]
    public async Task Get_KnownThenBlurred_IsSentOnceMore(string template)
    {
        await using var host = await AnalysedAsync();
        using var client = await host.ServeAsync(app => app.MapImages());
        await using var context = await host.OpenAsync();
        var analysis = await context.Analyses.Include(stored => stored.Faces).SingleAsync();
        var address = string.Format(CultureInfo.InvariantCulture, template, analysis.ImageId, analysis.Faces[0].Id);
        using var first = await client.GetAsync(address);
        using var known = await client.AskAgainAsync(first);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified), (first.StatusCode, known.StatusCode));
        Assert.Empty(await known.Content.ReadAsByteArrayAsync());

        await host.Get<FaceBlurring>().SaveAsync(FaceBlurMode.Always, Actor.Program);
        Assert.Equal(1, await host.Get<FaceBlurring>().ApplyAsync());

        using var blurred = await client.AskAgainAsync(first);
        using var blurredKnown = await client.AskAgainAsync(blurred);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified), (blurred.StatusCode, blurredKnown.StatusCode));
        using var before = Cv2.ImDecode(await first.Content.ReadAsByteArrayAsync(), ImreadModes.Color);
        using var after = Cv2.ImDecode(await blurred.Content.ReadAsByteArrayAsync(), ImreadModes.Color);
        Assert.Equal(before.Size(), after.Size());
        Assert.True(Cv2.Norm(before, after, NormTypes.INF) > 20, "The blurred picture is the sharp one.");
    }
}
