using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace MaskDashboard.Components.Reviewing;

/// <summary>The script of the review desk (review.js); it is asked for what is new only, and for nothing before it is there.</summary>
internal sealed class DeskScript : IAsyncDisposable
{
    private IJSObjectReference? _module;
    private IJSObjectReference? _desk;
    private bool _left;
    private bool _drawing;
    private (long? ImageId, int? Index) _shownFace;
    private string? _preloaded;

    /// <summary>Loads the script and lets it listen.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="address">Address of the script.</param>
    /// <param name="page">A reference to the page, which is told of keys and drawn boxes.</param>
    /// <param name="root">What it looks after.</param>
    public async Task AttachAsync(IJSRuntime browser, string address, object page, ElementReference root)
    {
        _module = await browser.InvokeAsync<IJSObjectReference>("import", $"./{address}");
        if (!_left)
        {
            _desk = await _module.InvokeAsync<IJSObjectReference>("attach", page, root);
        }

        // The page went while its script was on the way: a script that stays would take the keys from the page that came after it.
        if (_left)
        {
            await DisposeAsync();
        }
    }

    /// <summary>Begins or ends the drawing of a face.</summary>
    /// <param name="active">Whether one is drawn from now on.</param>
    public Task SetDrawingAsync(bool active)
    {
        if (_desk is null || active == _drawing)
        {
            return Task.CompletedTask;
        }

        _drawing = active;
        return CallAsync("setDrawing", active);
    }

    /// <summary>Has the browser load a photograph that is looked at soon.</summary>
    /// <param name="address">Its address; null for none.</param>
    public Task PreloadAsync(string? address)
    {
        if (_desk is null || address is null || address == _preloaded)
        {
            return Task.CompletedTask;
        }

        _preloaded = address;
        return CallAsync("preload", address);
    }

    /// <summary>Scrolls a face of the list into sight.</summary>
    /// <param name="imageId">The photograph; null for none.</param>
    /// <param name="index">Index of the face; null for none.</param>
    public Task ShowFaceAsync(long? imageId, int? index)
    {
        if (_desk is null || (imageId, index) == _shownFace)
        {
            return Task.CompletedTask;
        }

        _shownFace = (imageId, index);
        return CallAsync("showFace", index);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _left = true;
        var (desk, module) = (_desk, _module);
        (_desk, _module) = (null, null);
        try
        {
            if (desk is not null)
            {
                await desk.InvokeVoidAsync("dispose");
                await desk.DisposeAsync();
            }

            if (module is not null)
            {
                await module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone; so has its script.
        }
    }

    private Task CallAsync(string name, object? argument) => _desk?.InvokeVoidAsync(name, argument).AsTask() ?? Task.CompletedTask;
}
