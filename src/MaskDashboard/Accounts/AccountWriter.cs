using MaskDashboard.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace MaskDashboard.Accounts;

/// <summary>Changes accounts by ASP.NET Core Identity inside the program's one writer, and tells the directory once it is committed. Thread-safe.</summary>
/// <param name="scopes">Makes the services Identity needs.</param>
/// <param name="writer">Writes.</param>
/// <param name="directory">Told afterwards.</param>
internal sealed class AccountWriter(IServiceScopeFactory scopes, DatabaseWriter writer, AccountDirectory directory)
{
    /// <summary>Changes an account.</summary>
    /// <param name="change">Given the users and the database; returns the account it changed.</param>
    /// <param name="cancellationToken">Gives up; nothing is kept then.</param>
    /// <returns>The account as it is now.</returns>
    /// <exception cref="AccountException">What <paramref name="change"/> threw; nothing is kept.</exception>
    public async Task<AccountFacts> ChangeAsync(
        Func<UserManager<DashboardUser>, DashboardDbContext, CancellationToken, Task<DashboardUser>> change, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await writer.WriteAsync(
            async (context, token) =>
            {
                using var store = new UserStore<DashboardUser>(context);
                using var users = ActivatorUtilities.CreateInstance<UserManager<DashboardUser>>(scope.ServiceProvider, store);
                var user = await change(users, context, token);
                await context.SaveChangesAsync(token);
                var facts = await AccountDirectory.FactsAsync(context, context.Users.Where(stored => stored.Id == user.Id), token);
                return facts.Count == 1 ? facts[0] : throw new AccountException(AccountProblem.Gone);
            },
            directory.Put,
            cancellationToken);
    }

    /// <summary>Turns what Identity refuses into the program's own words.</summary>
    /// <param name="result">What it said.</param>
    /// <exception cref="AccountException">It refused.</exception>
    public static void Check(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new AccountException(result.Errors.First().Code switch
            {
                nameof(IdentityErrorDescriber.DuplicateUserName) => AccountProblem.NameTaken,
                nameof(IdentityErrorDescriber.InvalidUserName) => AccountProblem.BadName,
                nameof(IdentityErrorDescriber.PasswordTooShort) => AccountProblem.PasswordTooShort,
                nameof(IdentityErrorDescriber.PasswordRequiresUniqueChars) => AccountProblem.PasswordTooSimple,
                PasswordWithoutName.Code => AccountProblem.PasswordHasName,
                // Somebody else changed the account between reading and writing.
                _ => AccountProblem.Gone,
            });
        }
    }
}

/// <summary>Refuses passwords that have the account's name in them.</summary>
internal sealed class PasswordWithoutName : IPasswordValidator<DashboardUser>
{
    /// <summary>Code of the refusal.</summary>
    public const string Code = "PasswordHasName";

    public Task<IdentityResult> ValidateAsync(UserManager<DashboardUser> manager, DashboardUser user, string? password) => Task.FromResult(
        user.UserName is { Length: > 2 } name && password?.Contains(name, StringComparison.OrdinalIgnoreCase) == true
            ? IdentityResult.Failed(new IdentityError { Code = Code, Description = "The password has the name in it." })
            : IdentityResult.Success);
}
