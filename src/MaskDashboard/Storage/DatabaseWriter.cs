using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Storage;

/// <summary>
/// The one way to write: SQLite takes one writer at a time, and waiting here is fairer and surer than its busy error.
/// </summary>
/// <param name="contexts">Makes contexts.</param>
public sealed class DatabaseWriter(IDbContextFactory<DashboardDbContext> contexts) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Runs <paramref name="work"/> in one transaction, alone, and commits it when it returns.</summary>
    /// <param name="work">Reads and writes; keep it short.</param>
    /// <param name="cancellationToken">Gives up waiting or working; nothing stays then.</param>
    public Task<T> WriteAsync<T>(Func<DashboardDbContext, CancellationToken, Task<T>> work, CancellationToken cancellationToken = default) => WriteAsync(work, null, cancellationToken);

    /// <summary>Runs <paramref name="work"/> in one transaction, alone, commits it when it returns, and tells of it before anybody else may write.</summary>
    /// <param name="work">Reads and writes; keep it short.</param>
    /// <param name="committed">Called with the result after the commit; must be quick and not throw. Null for nothing.</param>
    /// <param name="cancellationToken">Gives up waiting or working; nothing stays then.</param>
    public Task<T> WriteAsync<T>(Func<DashboardDbContext, CancellationToken, Task<T>> work, Action<T>? committed, CancellationToken cancellationToken = default) =>
        WriteAsync(work, committed, static () => Task.CompletedTask, cancellationToken);

    /// <summary>Runs <paramref name="work"/> in one transaction, alone, and commits it when it returns.</summary>
    /// <param name="work">Reads and writes; keep it short.</param>
    /// <param name="committed">Called with the result after the commit; must be quick and not throw. Null for nothing.</param>
    /// <param name="undo">Called, still alone, when nothing was committed: takes back what <paramref name="work"/> did outside the database.</param>
    /// <param name="cancellationToken">Gives up waiting or working; nothing stays then.</param>
    public async Task<T> WriteAsync<T>(Func<DashboardDbContext, CancellationToken, Task<T>> work, Action<T>? committed, Func<Task> undo, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
            // Microsoft.Data.Sqlite begins a serializable transaction as BEGIN IMMEDIATE: the write lock is taken at once.
            await using var transaction = await context.Database.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancellationToken);
            var result = await work(context, cancellationToken);
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            committed?.Invoke(result);
            return result;
        }
        catch
        {
            await undo();
            throw;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _gate.Dispose();
}
