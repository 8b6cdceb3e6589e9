using MaskDashboard.Accounts;
using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Tests.Accounts;

public sealed class ApiKeyTests
{
    [Fact]
    public async Task CreateAsync_Key_IsFoundByItsSecretWhichIsNotStored()
    {
        await using var host = await AccountServiceTests.HostAsync();
        var (ann, keys) = (await AccountServiceTests.SetUpAsync(host), host.Get<ApiKeyService>());

        var secret = await keys.CreateAsync("build", AccountRole.Reviewer, 30, By(ann));

        Assert.Equal((ann, "build", AccountRole.Reviewer), await keys.FindAsync(secret));
        Assert.Null(await keys.FindAsync(secret + "x"));
        Assert.Null(await keys.FindAsync("mdk_"));
        var stored = Assert.Single(await keys.ListAsync(ann.UserId));
        Assert.Equal(32, stored.Hash.Length);
        Assert.StartsWith(stored.Beginning, secret, StringComparison.Ordinal);
        Assert.InRange(stored.LastUsedAtUtc!.Value, DateTime.UtcNow.AddMinutes(-1), DateTime.UtcNow);
        Assert.InRange(stored.ExpiresAtUtc - stored.CreatedAtUtc, TimeSpan.FromDays(29.9), TimeSpan.FromDays(30.1));
        var database = await File.ReadAllBytesAsync(Path.Combine(host.Folder, "dashboard.db-wal"));
        Assert.Equal(-1, database.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(secret)));
    }

    [Fact]
    public async Task FindAsync_OwnerHasLessNow_HasNoMoreThanTheOwner()
    {
        await using var host = await AccountServiceTests.HostAsync();
        await AccountServiceTests.SetUpAsync(host);
        var kim = await AccountServiceTests.AddAsync(host, "kim", AccountRole.Reviewer);
        var keys = host.Get<ApiKeyService>();
        var secret = await keys.CreateAsync("build", AccountRole.Reviewer, 30, By(kim));

        await host.Get<AccountService>().ChangeRoleAsync(kim.UserId, AccountRole.Viewer, Actor.Program);

        Assert.Equal(AccountRole.Viewer, (await keys.FindAsync(secret))?.Role);
    }

    [Fact]
    public async Task FindAsync_RevokedLockedDeletedOrTooOld_IsNobody()
    {
        await using var host = await AccountServiceTests.HostAsync();
        await AccountServiceTests.SetUpAsync(host);
        var (keys, accounts) = (host.Get<ApiKeyService>(), host.Get<AccountService>());
        var (kim, lee) = (await AccountServiceTests.AddAsync(host, "kim", AccountRole.Viewer), await AccountServiceTests.AddAsync(host, "lee", AccountRole.Viewer));
        var revoked = await keys.CreateAsync("a", AccountRole.Viewer, 30, By(kim));
        var locked = await keys.CreateAsync("b", AccountRole.Viewer, 30, By(kim));
        var old = await keys.CreateAsync("c", AccountRole.Viewer, 30, By(lee));
        var deleted = await keys.CreateAsync("d", AccountRole.Viewer, 30, By(lee));

        Assert.True(await keys.RevokeAsync((await keys.ListAsync(kim.UserId))[^1].Id, By(kim)));
        Assert.Null(await keys.FindAsync(revoked));
        Assert.NotNull(await keys.FindAsync(locked));
        await accounts.LockAsync(kim.UserId, Actor.Program);
        Assert.Null(await keys.FindAsync(locked));
        await accounts.UnlockAsync(kim.UserId, Actor.Program);
        Assert.Null(await keys.FindAsync(locked));

        var oldest = (await keys.ListAsync(lee.UserId))[^1].Id;
        await host.Get<DatabaseWriter>().WriteAsync((context, token) => context.ApiKeys.Where(key => key.Id == oldest)
            .ExecuteUpdateAsync(update => update.SetProperty(key => key.ExpiresAtUtc, DateTime.UtcNow.AddSeconds(-1)), token));
        Assert.Null(await keys.FindAsync(old));
        Assert.NotNull(await keys.FindAsync(deleted));
        await accounts.DeleteAsync(lee.UserId, Actor.Program);
        Assert.Null(await keys.FindAsync(deleted));
        await using var context = await host.OpenAsync();
        Assert.False(await context.ApiKeys.AnyAsync(key => key.UserId == lee.UserId));
    }

    [Fact]
    public async Task CreateAsync_MoreThanOnesOwn_IsRefused()
    {
        await using var host = await AccountServiceTests.HostAsync();
        await AccountServiceTests.SetUpAsync(host);
        var kim = await AccountServiceTests.AddAsync(host, "kim", AccountRole.Viewer);
        var keys = host.Get<ApiKeyService>();

        Assert.Equal(AccountProblem.BadKey, (await Assert.ThrowsAsync<AccountException>(() => keys.CreateAsync("a", AccountRole.Reviewer, 30, By(kim)))).Problem);
        Assert.Equal(AccountProblem.BadKey, (await Assert.ThrowsAsync<AccountException>(() => keys.CreateAsync("a", AccountRole.Viewer, 731, By(kim)))).Problem);
        Assert.Equal(AccountProblem.BadKey, (await Assert.ThrowsAsync<AccountException>(() => keys.CreateAsync("a", AccountRole.None, 30, By(kim)))).Problem);
        Assert.Equal(AccountProblem.BadKeyName, (await Assert.ThrowsAsync<AccountException>(() => keys.CreateAsync(" ", AccountRole.Viewer, 30, By(kim)))).Problem);
        await keys.CreateAsync("mine", AccountRole.Viewer, 30, By(kim));
        var mine = (await keys.ListAsync(kim.UserId))[0].Id;
        await Assert.ThrowsAsync<AccessDeniedException>(() => keys.RevokeAsync(mine, new Actor("lee", "lee", null, AccountRole.Reviewer)));
    }

    private static Actor By(AccountFacts account) => new(account.UserId, account.Name, "127.0.0.1", account.Role);
}
