using MaskDashboard.Compliance;
using MaskDashboard.Components.Reviewing;
using Microsoft.AspNetCore.Components.Routing;

namespace MaskDashboard.Components.Pages;

/// <content>How the page and its address follow one another.</content>
public sealed partial class ReviewDesk
{
    private readonly OwnMoves _ownMoves = new();
    private long? _imageIdBefore;

    /// <inheritdoc />
    protected override Task OnParametersSetAsync()
    {
        if (_loaded && (ImageId == _imageIdBefore || _ownMoves.Take(ImageId)))
        {
            _imageIdBefore = ImageId;
            return Task.CompletedTask;
        }

        _imageIdBefore = ImageId;
        return _commands.RunAsync(FollowAddressAsync);
    }

    private void Apply(ImageFilter filter) => Navigation.NavigateTo((filter with { Reviewed = Session.Filter.Reviewed }).ToAddress("/review"));

    private string AddressOf(long? imageId) => Session.Filter.ToAddress(imageId is { } image ? $"/review/{image}" : "/review");

    private void TakeFilter() => Session.Filter = ImageFilter.Parse(new Uri(Navigation.Uri).Query) with { State = null };

    private void LetAddressFollow(bool replace)
    {
        if (Session.ImageId != (_ownMoves.Last ?? ImageId))
        {
            _ownMoves.Add(Session.ImageId);
            Navigation.NavigateTo(AddressOf(Session.ImageId), replace: replace);
        }
    }

    // Another filter on the same empty page changes no parameter.
    private void TakeAddress(object? sender, LocationChangedEventArgs change) => InvokeAsync(async () =>
    {
        if (ImageId is null && new Uri(change.Location).AbsolutePath == "/review")
        {
            await GuardAsync(() => _commands.RunAsync(FollowAddressAsync));
        }
    });

    private async Task FollowAddressAsync()
    {
        TakeFilter();
        if (ImageId is { } imageId)
        {
            if (imageId != Session.Shown?.ImageId && !await Session.ShowAsync(imageId, Leaving))
            {
                Navigation.NotFound();
            }
        }
        else if (await Session.FirstAsync(Leaving) is { } first)
        {
            Navigation.NavigateTo(AddressOf(first), replace: true);
            return;
        }
        else
        {
            Session.ShowNothing();
        }

        await Session.CountAsync(Leaving);
        _loaded = true;
        StateHasChanged();
    }
}
