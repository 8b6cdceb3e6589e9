using MaskDashboard.Compliance;
using MaskDashboard.Components.Results;
using MaskDashboard.Components.Viewer;
using MaskDashboard.Exports;
using MaskDashboard.Localization;
using MaskDashboard.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace MaskDashboard.Components.Pages;

/// <summary>Every photograph, newest first, as the filter in the address says. Rows come from the database as they are scrolled to.</summary>
public sealed partial class History
{
    // As many as a tall screen shows.
    private const int FirstRows = 24;

    private ImageFilter _filter = new();
    private readonly PhotoSelection _selection = new();
    private string _query = "";
    private IReadOnlyList<Site> _sites = [];
    private int? _total;
    private IReadOnlyList<HistoryRow> _firstRows = [];
    private Virtualize<HistoryRow>? _rows;

    /// <summary>The viewer's language.</summary>
    [Inject]
    public required IStringLocalizer<Text> L { get; init; }

    /// <summary>The lists.</summary>
    [Inject]
    public required HistoryQueries Queries { get; init; }

    /// <summary>Shows dialogs.</summary>
    [Inject]
    public required IDialogService Dialogs { get; init; }

    /// <summary>The viewer's days.</summary>
    [Inject]
    public required ViewerTime Time { get; init; }

    /// <summary>The address.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <inheritdoc />
    protected override TimeSpan RefreshInterval => TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        Navigation.LocationChanged -= TakeAddress;
        base.Dispose(disposing);
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        TakeFilter();
        Navigation.LocationChanged += TakeAddress;
        _sites = await Queries.SitesAsync(Leaving);
        var top = await Queries.PageAsync(_filter, Time.Zone, 0, FirstRows, Leaving);
        (_firstRows, _total) = (top.Rows, top.Total);
    }

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        if (_rows is null || _total == 0)
        {
            _total = (await Queries.PageAsync(_filter, Time.Zone, 0, 0, Leaving)).Total;
        }
        else
        {
            await _rows.RefreshDataAsync();
        }
    }

    private void Apply(ImageFilter filter) => Navigation.NavigateTo(filter.ToAddress("/history"));

    private void SelectAll() => _selection.SelectAll();

    private void Unselect() => _selection.Clear();

    private void ToggleAll(bool select)
    {
        if (select)
        {
            SelectAll();
        }
        else
        {
            Unselect();
        }
    }

    private async Task ToggleAsync(HistoryRow row, bool range)
    {
        var (position, ticked) = (new ListPosition(row.CapturedAtUtc, row.AnalysisId), !_selection.Contains(row.ImageId));
        var images = range && _selection.Anchor is { } anchor
            ? await Queries.ImagesBetweenAsync(_filter, Time.Zone, anchor, position, Leaving)
            : [row.ImageId];
        _selection.Set(images, ticked, position);
    }

    private Task KeyAsync(KeyboardEventArgs key)
    {
        switch (key.Key)
        {
            case "Delete" when _selection.Count(_total ?? 0) > 0:
                return DeleteAsync();
            case "Escape":
                _selection.Clear();
                break;
        }

        return Task.CompletedTask;
    }

    private async Task DeleteAsync()
    {
        if (await DeleteDialog.AskAsync(Dialogs, _selection.ToSelection(_filter, Time.Zone)))
        {
            _selection.Clear();
            await RefreshAsync();
        }
    }

    private void TakeFilter()
    {
        _query = new Uri(Navigation.Uri).Query;
        _filter = ImageFilter.Parse(_query);
    }

    private void TakeAddress(object? sender, LocationChangedEventArgs change) => InvokeAsync(async () =>
    {
        if (new Uri(change.Location).AbsolutePath == "/history")
        {
            TakeFilter();
            _selection.Clear();
            await RefreshAsync();
        }
    });

    private async ValueTask<ItemsProviderResult<HistoryRow>> RowsAsync(ItemsProviderRequest request)
    {
        var page = await Queries.PageAsync(_filter, Time.Zone, request.StartIndex, request.Count, request.CancellationToken);
        if (_total != page.Total || _firstRows.Count > 0)
        {
            (_firstRows, _total) = ([], page.Total);
            StateHasChanged();
        }

        return new ItemsProviderResult<HistoryRow>(page.Rows, page.Total);
    }
}
