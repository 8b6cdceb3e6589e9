using MaskDashboard.Components.Controls;
using MaskDashboard.Notifications;
using Microsoft.AspNetCore.Components;

namespace MaskDashboard.Components.Notifications;

/// <summary>A component that shows rules or notifications, and loads again when they change.</summary>
public abstract class NotificationLive : ComponentBase, IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _leaving = new();
    private LiveRefresh? _refresh;

    /// <summary>Tells of changes.</summary>
    [Inject]
    public required NotificationEvents Events { get; init; }

    /// <summary>Reads.</summary>
    [Inject]
    public required NotificationQueries Queries { get; init; }

    /// <summary>The present.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <summary>Cancelled when the component goes.</summary>
    protected CancellationToken Leaving { get; private set; }

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    protected override Task OnInitializedAsync()
    {
        Leaving = _leaving.Token;
        _refresh = new LiveRefresh(Clock, s_interval, () => InvokeAsync(RefreshAsync));
        Events.Changed += _refresh.Request;
        return LoadAsync();
    }

    /// <summary>Reads what is shown.</summary>
    protected abstract Task LoadAsync();

    /// <summary>Stops listening.</summary>
    /// <param name="disposing">Always true.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (_refresh is not null)
        {
            Events.Changed -= _refresh.Request;
            _refresh.Dispose();
        }

        _leaving.Cancel();
        _leaving.Dispose();
    }

    private async Task RefreshAsync()
    {
        try
        {
            await LoadAsync();
            StateHasChanged();
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The component is gone; nobody waits for this.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }
}
