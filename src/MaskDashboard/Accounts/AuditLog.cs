using MaskDashboard.Storage;

namespace MaskDashboard.Accounts;

/// <summary>Appends to the audit log.</summary>
/// <param name="writer">Writes.</param>
/// <param name="clock">The time.</param>
public sealed class AuditLog(DatabaseWriter writer, TimeProvider clock)
{
    private const int MaxDetailsLength = 1000;

    /// <summary>Adds an entry to the transaction that makes the change, so that neither is kept without the other.</summary>
    /// <param name="context">The context that a <see cref="DatabaseWriter"/> delegate was given.</param>
    /// <param name="action">What it is about.</param>
    /// <param name="details">One sentence: what happened to what. Images by number; no file names, no hashes, no search texts.</param>
    /// <param name="by">Who.</param>
    public void Append(DashboardDbContext context, AuditAction action, string details, Actor by) => context.Add(new AuditEntry
    {
        AtUtc = clock.GetUtcNow().UtcDateTime,
        Action = action,
        Details = details.Length <= MaxDetailsLength ? details : string.Concat(details.AsSpan(0, MaxDetailsLength - 1), "…"),
        UserName = by.Name,
        RemoteAddress = by.RemoteAddress,
    });

    /// <summary>Keeps an entry about something that changes no row, an export for instance.</summary>
    /// <param name="action">What it is about.</param>
    /// <param name="details">One sentence, as for <see cref="Append"/>.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task AppendAsync(AuditAction action, string details, Actor by, CancellationToken cancellationToken = default) => writer.WriteAsync(
        (context, _) =>
        {
            Append(context, action, details, by);
            return Task.FromResult(true);
        },
        cancellationToken);
}
