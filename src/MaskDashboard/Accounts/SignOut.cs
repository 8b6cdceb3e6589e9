using System.Security.Claims;
using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace MaskDashboard.Accounts;

/// <summary>Ends single sign-ins. That outlives the program: a cookie copied before is refused by the next start, too.</summary>
/// <param name="writer">Writes.</param>
/// <param name="directory">Refuses the cookie.</param>
/// <param name="audit">Keeps who signed out.</param>
/// <param name="options">How long a cookie can be valid.</param>
/// <param name="clock">The time.</param>
internal sealed class SignOut(DatabaseWriter writer, AccountDirectory directory, AuditLog audit, IOptions<AccountOptions> options, TimeProvider clock)
{
    /// <summary>Ends a sign-in, and forgets those whose cookies have expired by themselves.</summary>
    /// <param name="user">The sign-in.</param>
    /// <param name="by">Whose it is.</param>
    public async Task EndAsync(ClaimsPrincipal user, Actor by)
    {
        var session = user.FindFirstValue(AccountClaims.Session);
        var now = clock.GetUtcNow().UtcDateTime;
        // Whoever signs out does not wait to see whether it is so: it is, also when the browser has gone.
        await writer.WriteAsync(
            async (context, token) =>
            {
                await context.EndedSessions.Where(ended => ended.ExpiresAtUtc < now).ExecuteDeleteAsync(token);
                if (session is not null && !await context.EndedSessions.AnyAsync(ended => ended.Session == session, token))
                {
                    context.EndedSessions.Add(new EndedSession { Session = session, ExpiresAtUtc = now.AddDays(options.Value.StayDays).AddHours(options.Value.SessionHours) });
                }

                audit.Append(context, AuditAction.SignOut, "Signed out", by);
                return session;
            },
            ended =>
            {
                if (ended is not null)
                {
                    directory.End(ended);
                }
            },
            CancellationToken.None);
    }
}
