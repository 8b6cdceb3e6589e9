using MaskDashboard.Accounts;
using MaskDashboard.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace MaskDashboard.Tests.Accounts;

public sealed class AccountServiceTests
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task CreateFirstAdministrator_TokenOnce_MakesOneAndNoMore()
    {
        await using var host = await HostAsync();
        var (maker, token) = (host.Get<AccountMaker>(), host.Get<SetupToken>().Text);

        await RefusedAsync(AccountProblem.WrongToken, () => maker.CreateFirstAdministratorAsync("guess", "ann", Password, null));
        await RefusedAsync(AccountProblem.PasswordTooShort, () => maker.CreateFirstAdministratorAsync(token, "ann", "short", null));
        await RefusedAsync(AccountProblem.PasswordHasName, () => maker.CreateFirstAdministratorAsync(token, "ann", "my name is Ann Lee", null));
        await RefusedAsync(AccountProblem.PasswordTooSimple, () => maker.CreateFirstAdministratorAsync(token, "ann", "abababababababab", null));
        await RefusedAsync(AccountProblem.BadName, () => maker.CreateFirstAdministratorAsync(token, " \t ", Password, null));
        Assert.False(host.Get<AccountDirectory>().HasAdministrator);

        var made = await maker.CreateFirstAdministratorAsync(token, " 김 안전 ", Password, "127.0.0.1");

        Assert.Equal(("김 안전", AccountRole.Administrator, false), (made.Name, made.Role, made.MustChangePassword));
        await RefusedAsync(AccountProblem.WrongToken, () => maker.CreateFirstAdministratorAsync(token, "eve", Password, null));
        await using var context = await host.OpenAsync();
        Assert.Equal("김 안전", (await context.Users.SingleAsync()).UserName);
        Assert.DoesNotContain(Password, (await context.Users.SingleAsync()).PasswordHash!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TryAsync_FiveWrongPasswords_LockTheAccountAgainstTheRightOne()
    {
        await using var host = await HostAsync();
        var (ann, passwords) = (await SetUpAsync(host), host.Get<PasswordSignIn>());

        Assert.Null(await passwords.TryAsync("nobody", Password, "192.0.2.1"));
        for (var wrong = 0; wrong < 4; wrong++)
        {
            Assert.Null(await passwords.TryAsync("ann", "wrong", "192.0.2.1"));
        }

        Assert.Equal(ann, await passwords.TryAsync("ANN", Password, "192.0.2.1"));
        // The right one began the count anew.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => passwords.TryAsync("ann", "wrong", "192.0.2.1")));
        Assert.Null(await passwords.TryAsync("ann", Password, "192.0.2.1"));

        await host.Get<AccountService>().UnlockAsync(ann.UserId, Actor.Program);
        Assert.Equal(ann, await passwords.TryAsync("ann", Password, "192.0.2.1"));
        await using var context = await host.OpenAsync();
        var entries = await context.AuditEntries.Where(entry => entry.Action == AuditAction.SignInFailed || entry.Action == AuditAction.SignIn).OrderBy(entry => entry.Id).ToListAsync();
        Assert.All(entries, entry => Assert.Equal("192.0.2.1", entry.RemoteAddress));
        Assert.Equal(("Sign-in refused: no account has the name", (string?)null), (entries[0].Details, entries[0].UserName));
        Assert.Equal(2, entries.Count(entry => entry is { Details: "Signed in", UserName: "ann" }));
        Assert.Single(entries, entry => entry.Details == "Sign-in refused: wrong password; too many, locked out for 15 minutes");
        Assert.Equal(4, entries.Count(entry => entry.Details == "Sign-in refused: too many wrong passwords before"));
    }

    [Fact]
    public async Task TryAsync_LockedOut_OpensAgainByItselfAfterTheTime()
    {
        await using var host = await HostAsync();
        var (ann, clock) = (await SetUpAsync(host), new FakeTimeProvider(DateTimeOffset.UtcNow));
        using var passwords = new PasswordSignIn(
            host.Get<IDbContextFactory<DashboardDbContext>>(), host.Get<AccountWriter>(), host.Get<IPasswordHasher<DashboardUser>>(), host.Get<ILookupNormalizer>(),
            host.Get<AuditLog>(), host.Get<IOptions<AccountOptions>>(), clock);
        for (var wrong = 0; wrong < 5; wrong++)
        {
            Assert.Null(await passwords.TryAsync("ann", "wrong", "192.0.2.1"));
        }

        clock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1));
        Assert.Null(await passwords.TryAsync("ann", Password, "192.0.2.1"));
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(ann, await passwords.TryAsync("ann", Password, "192.0.2.1"));
    }

    [Fact]
    public async Task TryAsync_ManyTriesFromOneAddress_FailUnseen()
    {
        await using var host = await DashboardHost.CreateAsync(arguments: ["--Accounts:MaxSignInsPerMinute", "2"]);
        await SetUpAsync(host);
        var passwords = host.Get<PasswordSignIn>();
        await passwords.TryAsync("nobody", "1", "192.0.2.1");
        await passwords.TryAsync("nobody", "2", "192.0.2.1");

        Assert.Null(await passwords.TryAsync("ann", Password, "192.0.2.1"));
        Assert.NotNull(await passwords.TryAsync("ann", Password, "192.0.2.2"));
        await using var context = await host.OpenAsync();
        Assert.Equal(2, await context.AuditEntries.CountAsync(entry => entry.Action == AuditAction.SignInFailed));
    }

    [Fact]
    public async Task LastAdministrator_Always_Stays()
    {
        await using var host = await HostAsync();
        var (ann, service) = (await SetUpAsync(host), host.Get<AccountService>());
        // One who never signed in does not count: nobody knows whether they will.
        await host.Get<AccountMaker>().CreateAsync("new", AccountRole.Administrator, Actor.Program);

        await RefusedAsync(AccountProblem.LastAdministrator, () => service.DeleteAsync(ann.UserId, Actor.Program));
        await RefusedAsync(AccountProblem.LastAdministrator, () => service.LockAsync(ann.UserId, Actor.Program));
        await RefusedAsync(AccountProblem.LastAdministrator, () => service.ChangeRoleAsync(ann.UserId, AccountRole.Reviewer, Actor.Program));
        await RefusedAsync(AccountProblem.LastAdministrator, () => service.ResetPasswordAsync(ann.UserId, Actor.Program));
        Assert.Equal(ann, host.Get<AccountDirectory>().Find(ann.UserId));

        var bob = await AddAsync(host, "bob", AccountRole.Administrator);
        await service.ChangeRoleAsync(ann.UserId, AccountRole.Viewer, Actor.Program);
        await RefusedAsync(AccountProblem.LastAdministrator, () => service.DeleteAsync(bob.UserId, Actor.Program));
        await service.DeleteAsync(ann.UserId, Actor.Program);
        Assert.Null(host.Get<AccountDirectory>().Find(ann.UserId));
    }

    [Fact]
    public async Task OneTimePassword_Used_AllowsAPasswordOfOnesOwnOnly()
    {
        await using var host = await HostAsync();
        await SetUpAsync(host);
        var (service, passwords) = (host.Get<AccountService>(), host.Get<PasswordSignIn>());

        var once = await host.Get<AccountMaker>().CreateAsync("kim", AccountRole.Reviewer, Actor.Program);
        var kim = (await passwords.TryAsync("kim", once.Password, null))!;
        Assert.True(kim.MustChangePassword);
        Assert.Equal(AccountRole.None, Actor.Of(AccountClaims.Sign(kim), null).Role);

        var by = new Actor(kim.UserId, "kim", "192.0.2.7");
        await RefusedAsync(AccountProblem.WrongPassword, () => service.ChangePasswordAsync("wrong", Password, by));
        await RefusedAsync(AccountProblem.PasswordUnchanged, () => service.ChangePasswordAsync(once.Password, once.Password, by));
        kim = await service.ChangePasswordAsync(once.Password, Password, by);

        Assert.False(kim.MustChangePassword);
        Assert.Equal(AccountRole.Reviewer, Actor.Of(AccountClaims.Sign(kim), null).Role);
        Assert.Null(await passwords.TryAsync("kim", once.Password, null));
        await using var context = await host.OpenAsync();
        Assert.Contains(await context.AuditEntries.ToListAsync(), entry => entry is { Action: AuditAction.Account, Details: "Account kim has a new password", UserName: "kim", RemoteAddress: "192.0.2.7" });
    }

    [Fact]
    public async Task Administration_ByOthers_IsRefused()
    {
        await using var host = await HostAsync();
        var (ann, service) = (await SetUpAsync(host), host.Get<AccountService>());
        var reviewer = new Actor("kim", "kim", null, AccountRole.Reviewer);

        await Assert.ThrowsAsync<AccessDeniedException>(() => host.Get<AccountMaker>().CreateAsync("eve", AccountRole.Administrator, reviewer));
        await Assert.ThrowsAsync<AccessDeniedException>(() => service.ChangeRoleAsync(ann.UserId, AccountRole.Viewer, reviewer));
        await Assert.ThrowsAsync<AccessDeniedException>(() => service.LockAsync(ann.UserId, reviewer));
        await Assert.ThrowsAsync<AccessDeniedException>(() => service.UnlockAsync(ann.UserId, reviewer));
        await Assert.ThrowsAsync<AccessDeniedException>(() => service.ResetPasswordAsync(ann.UserId, reviewer));
        await Assert.ThrowsAsync<AccessDeniedException>(() => service.SignOutEverywhereAsync(ann.UserId, reviewer));
        await Assert.ThrowsAsync<AccessDeniedException>(() => service.DeleteAsync(ann.UserId, reviewer));
        Assert.Equal(ann, host.Get<AccountDirectory>().Find(ann.UserId));
    }

    [Fact]
    public async Task SignOutEverywhere_OpenPage_MayDoNothingFromThatMoment()
    {
        await using var host = await HostAsync();
        var (ann, directory, viewer) = (await SetUpAsync(host), host.Get<AccountDirectory>(), new ViewerIdentity());
        var signIn = AccountClaims.Sign(ann);
        using var circuit = new CircuitAccount(Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance, directory, viewer, Microsoft.Extensions.Options.Options.Create(new AccountOptions()));
        circuit.SetAuthenticationState(Task.FromResult(new Microsoft.AspNetCore.Components.Authorization.AuthenticationState(signIn)));
        viewer.Use(Actor.Of(signIn, "192.0.2.7"));
        Assert.True(viewer.May(AccountRole.Administrator));

        await host.Get<AccountService>().SignOutEverywhereAsync(ann.UserId, viewer.Actor);

        Assert.False(directory.IsCurrent(signIn));
        Assert.False(viewer.May(AccountRole.Viewer));
        Assert.False((await circuit.GetAuthenticationStateAsync()).User.Identity!.IsAuthenticated);
    }

    [Fact]
    public async Task EndAsync_OneSignIn_LeavesTheAccountsOthersAndOutlivesTheProgram()
    {
        await using var host = await HostAsync();
        var (ann, directory) = (await SetUpAsync(host), host.Get<AccountDirectory>());
        var (here, there) = (AccountClaims.Sign(ann), AccountClaims.Sign(ann));

        await host.Get<SignOut>().EndAsync(here, Actor.Of(here, "192.0.2.7"));
        await host.Get<SignOut>().EndAsync(here, Actor.Of(here, "192.0.2.7"));

        Assert.Equal((false, true), (directory.IsCurrent(here), directory.IsCurrent(there)));
        var again = new AccountDirectory(host.Get<IDbContextFactory<DashboardDbContext>>());
        await again.LoadAsync();
        Assert.Equal((false, true), (again.IsCurrent(here), again.IsCurrent(there)));
    }

    [Fact]
    public async Task EndAsync_LaterThanAnyCookieOfAnEarlierOne_ForgetsIt()
    {
        await using var host = await HostAsync();
        var ann = await SetUpAsync(host);
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var signOut = new SignOut(host.Get<DatabaseWriter>(), host.Get<AccountDirectory>(), host.Get<AuditLog>(), host.Get<IOptions<AccountOptions>>(), clock);
        await signOut.EndAsync(AccountClaims.Sign(ann), Actor.Program);

        clock.Advance(TimeSpan.FromDays(host.Get<IOptions<AccountOptions>>().Value.StayDays + 1));
        await signOut.EndAsync(AccountClaims.Sign(ann), Actor.Program);

        await using var context = await host.OpenAsync();
        Assert.Equal(1, await context.EndedSessions.CountAsync());
    }

    [Fact]
    public async Task LoadAsync_AfterARestart_KnowsTheAccounts()
    {
        await using var host = await HostAsync();
        var ann = await SetUpAsync(host);
        var again = new AccountDirectory(host.Get<IDbContextFactory<DashboardDbContext>>());

        await again.LoadAsync();

        Assert.Equal(ann, again.Find(ann.UserId));
        Assert.True(again.HasAdministrator);
    }

    internal static Task<DashboardHost> HostAsync() => DashboardHost.CreateAsync(arguments: ["--Accounts:MaxSignInsPerMinute", "1000"]);

    internal static Task<AccountFacts> SetUpAsync(DashboardHost host) =>
        host.Get<AccountMaker>().CreateFirstAdministratorAsync(host.Get<SetupToken>().Text, "ann", Password, "127.0.0.1");

    internal static async Task<AccountFacts> AddAsync(DashboardHost host, string name, AccountRole role)
    {
        var once = await host.Get<AccountMaker>().CreateAsync(name, role, Actor.Program);
        var made = (await host.Get<PasswordSignIn>().TryAsync(name, once.Password, null))!;
        return await host.Get<AccountService>().ChangePasswordAsync(once.Password, Password, new Actor(made.UserId, name, null));
    }

    private static async Task RefusedAsync(AccountProblem problem, Func<Task> change) => Assert.Equal(problem, (await Assert.ThrowsAsync<AccountException>(change)).Problem);
}
