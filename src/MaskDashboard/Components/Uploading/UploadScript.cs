using System.Globalization;
using MaskDashboard.Components.Viewer;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace MaskDashboard.Components.Uploading;

/// <summary>The page's end of <c>wwwroot/js/upload.js</c>, which holds the chosen files and posts them.</summary>
public sealed class UploadScript : IAsyncDisposable
{
    private readonly IJSObjectReference _module;
    private readonly DotNetObjectReference<UploadScript> _self;
    private readonly Func<IReadOnlyList<BrowserFile>, Task> _onChange;

    private UploadScript(IJSObjectReference module, Func<IReadOnlyList<BrowserFile>, Task> onChange)
    {
        (_module, _onChange) = (module, onChange);
        _self = DotNetObjectReference.Create(this);
    }

    /// <summary>Loads the script and lets it listen on the page. It first tells of every file it already holds.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="address">Address of the script.</param>
    /// <param name="zone">Where files may be dropped.</param>
    /// <param name="filesInput">The file picker.</param>
    /// <param name="folderInput">The folder picker.</param>
    /// <param name="maxBytes">Largest file worth sending.</param>
    /// <param name="onChange">Told of every change, a hundred files at most at once.</param>
    public static async Task<UploadScript> AttachAsync(
        IJSRuntime browser,
        string address,
        ElementReference zone,
        ElementReference filesInput,
        ElementReference folderInput,
        long maxBytes,
        Func<IReadOnlyList<BrowserFile>, Task> onChange)
    {
        var script = new UploadScript(await browser.InvokeAsync<IJSObjectReference>("import", address), onChange);
        await script._module.InvokeVoidAsync("attach", script._self, zone, filesInput, folderInput, new { maxBytes });
        return script;
    }

    /// <summary>Called by the script.</summary>
    /// <param name="files">What changed.</param>
    [JSInvokable]
    public Task RowsChanged(IReadOnlyList<BrowserFile> files) => _onChange(files);

    /// <summary>Sets the form fields of every file that is added from now on.</summary>
    /// <param name="details">The fields.</param>
    public ValueTask SetDetailsAsync(UploadDetails details) => _module.InvokeVoidAsync("setDetails", details);

    /// <summary>Adds the program's own photographs as if they had been chosen.</summary>
    /// <param name="samples">Which.</param>
    /// <exception cref="JSException">One could not be read.</exception>
    public ValueTask AddAsync(IEnumerable<SampleImage> samples) =>
        _module.InvokeVoidAsync("addAddresses", samples.Select(sample => new { address = sample.Address, name = sample.File }));

    /// <summary>Takes a file back that is not yet stored.</summary>
    /// <param name="id">The script's number of the file.</param>
    public ValueTask CancelAsync(int id) => _module.InvokeVoidAsync("cancel", id);

    /// <summary>Takes every file back that is not yet stored.</summary>
    public ValueTask CancelAllAsync() => _module.InvokeVoidAsync("cancelAll");

    /// <summary>Sends files again.</summary>
    /// <param name="ids">The script's numbers of the files.</param>
    public ValueTask RetryAsync(IEnumerable<int> ids) => _module.InvokeVoidAsync("retry", ids);

    /// <summary>Forgets files.</summary>
    /// <param name="ids">The script's numbers of the files.</param>
    public ValueTask RemoveAsync(IEnumerable<int> ids) => _module.InvokeVoidAsync("remove", ids);

    /// <summary>Leaves the script to itself: what is under way goes on.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _module.InvokeVoidAsync("detach");
            await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone; so has its script.
        }

        _self.Dispose();
    }
}

/// <summary>Form fields that go with a file.</summary>
/// <param name="SiteName">The site; null for none.</param>
/// <param name="CapturedAt">When it was taken, ISO 8601 with offset; null for the photograph's own time.</param>
/// <param name="Detector">The engine; null for the settings'.</param>
public sealed record UploadDetails(string? SiteName, string? CapturedAt, string? Detector)
{
    /// <summary>What is set, in the viewer's words; null for nothing.</summary>
    /// <param name="time">The viewer's time.</param>
    public string? Words(ViewerTime time)
    {
        var capturedAt = CapturedAt is { } moment ? time.DateAndTime(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture).UtcDateTime) : null;
        var set = new[] { SiteName, capturedAt, Detector }.Where(part => part is not null).ToList();
        return set.Count > 0 ? string.Join(" · ", set) : null;
    }
}
