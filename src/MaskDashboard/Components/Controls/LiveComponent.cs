using MaskDashboard.Queue;
using Microsoft.AspNetCore.Components;

namespace MaskDashboard.Components.Controls;

/// <summary>A component that shows what the queue does: it loads again, now and then, while there is news that concerns it.</summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private LiveRefresh? _refresh;
    private IDisposable? _subscription;

    /// <summary>What the queue does.</summary>
    [Inject]
    public required AnalysisEvents Events { get; init; }

    /// <summary>The present.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <summary>Cancelled when the component goes.</summary>
    protected CancellationToken Leaving { get; private set; }

    /// <summary>Shortest time between two loads.</summary>
    protected virtual TimeSpan RefreshInterval => TimeSpan.FromMilliseconds(500);

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        Leaving = _leaving.Token;
        _refresh = new LiveRefresh(Clock, RefreshInterval, () => InvokeAsync(RefreshAsync));
        _subscription = Events.Subscribe(news =>
        {
            if (Concerns(news))
            {
                _refresh.Request();
            }
        });
    }

    /// <summary>Reads what is shown.</summary>
    protected abstract Task LoadAsync();

    /// <summary>Whether news changes what is shown. Called on the publisher's thread.</summary>
    /// <param name="news">The news.</param>
    protected virtual bool Concerns(AnalysisEvent news) => true;

    /// <summary>Loads again and shows it; an error is shown by the page's error boundary.</summary>
    protected async Task RefreshAsync()
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

    /// <summary>Stops listening and whatever is being read.</summary>
    /// <param name="disposing">Always true.</param>
    protected virtual void Dispose(bool disposing)
    {
        _subscription?.Dispose();
        _refresh?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }
}
