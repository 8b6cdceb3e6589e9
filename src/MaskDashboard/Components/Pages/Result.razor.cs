using MaskDashboard.Accounts;
using MaskDashboard.Compliance;
using MaskDashboard.Components.Results;
using MaskDashboard.Components.Viewer;
using MaskDashboard.Localization;
using MaskDashboard.Queue;
using MaskDashboard.Storage;
using MaskDashboard.Vision;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace MaskDashboard.Components.Pages;

/// <summary>One photograph and what was found on it; while it is analysed, where it stands.</summary>
public sealed partial class Result
{
    private ImageResult? _result;
    private long _shownImageId;
    private bool _compare;
    private bool _deleting;

    /// <summary>The image.</summary>
    [Parameter]
    public long ImageId { get; set; }

    /// <summary>The viewer's language.</summary>
    [Inject]
    public required IStringLocalizer<Text> L { get; init; }

    /// <summary>Results.</summary>
    [Inject]
    public required ResultQueries Results { get; init; }

    /// <summary>Who looks.</summary>
    [Inject]
    public required ViewerIdentity Viewer { get; init; }

    /// <summary>The queue.</summary>
    [Inject]
    public required AnalysisQueue Queue { get; init; }

    /// <summary>Shows dialogs.</summary>
    [Inject]
    public required IDialogService Dialogs { get; init; }

    /// <summary>The viewer's time zone.</summary>
    [Inject]
    public required ViewerTime Time { get; init; }

    /// <summary>The address.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    private string JsonName => $"{Path.GetFileNameWithoutExtension(_result!.Image.FileName)}.json";

    /// <inheritdoc />
    protected override TimeSpan RefreshInterval => TimeSpan.FromMilliseconds(200);

    /// <inheritdoc />
    protected override bool Concerns(AnalysisEvent news) => news.ImageId == ImageId && !_deleting;

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_shownImageId != ImageId)
        {
            (_shownImageId, _result, _compare) = (ImageId, null, false);
            await LoadAsync();
        }
    }

    private static ComplianceFigures FiguresOf(ImageAnalysis analysis) =>
        new(analysis.MaskCount, analysis.NoMaskCount, analysis.UncertainCount, analysis.TooCloseCount);

    private static string? Neighbour(long? imageId) => imageId is null ? null : $"/images/{imageId}";

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        _result = await Results.FindAsync(ImageId, Leaving);
        if (_result is null)
        {
            Navigation.NotFound();
        }
    }

    private async Task DeleteAsync()
    {
        _deleting = true;
        var deleted = await DeleteDialog.AskAsync(Dialogs, ImageSelection.Of(ImageId));
        _deleting = false;
        if (deleted)
        {
            Navigation.NavigateTo("/history");
        }
    }

    private Task CancelAsync()
    {
        Viewer.Actor.Require(AccountRole.Reviewer);
        return Queue.CancelAsync(_result!.Analysis.Id, Leaving);
    }

    private Task RetryAsync()
    {
        Viewer.Actor.Require(AccountRole.Reviewer);
        return Queue.RetryAsync(_result!.Analysis.Id, Leaving);
    }
}
