using MaskDashboard.Accounts;
using MaskDashboard.Storage;
using MaskDashboard.Uploads;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Tests.Accounts;

public sealed class AuditLogTests
{
    private static readonly Actor s_someone = new("7", "kim", "192.0.2.7", AccountRole.Administrator);

    [Fact]
    public async Task AppendAsync_Sentence_IsKeptWithWhoAndWhen()
    {
        await using var host = await DashboardHost.CreateAsync();

        await host.Get<AuditLog>().AppendAsync(AuditAction.Export, "3 photographs as CSV", s_someone);

        await using var context = await host.OpenAsync();
        var entry = await context.AuditEntries.SingleAsync();
        Assert.Equal((AuditAction.Export, "3 photographs as CSV", "kim", "192.0.2.7"), (entry.Action, entry.Details, entry.UserName, entry.RemoteAddress));
        Assert.InRange(entry.AtUtc, DateTime.UtcNow.AddMinutes(-1), DateTime.UtcNow);
    }

    [Fact]
    public async Task AppendAsync_TooLong_IsCutAtAThousandCharacters()
    {
        await using var host = await DashboardHost.CreateAsync();

        await host.Get<AuditLog>().AppendAsync(AuditAction.Export, new string('x', 1001), Actor.Program);

        await using var context = await host.OpenAsync();
        Assert.Equal(new string('x', 999) + "…", (await context.AuditEntries.SingleAsync()).Details);
    }

    [Fact]
    public async Task Append_TransactionFails_KeepsNeitherChangeNorEntry()
    {
        await using var host = await DashboardHost.CreateAsync();
        var audit = host.Get<AuditLog>();

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Get<DatabaseWriter>().WriteAsync<bool>(async (context, token) =>
        {
            context.Add(new Site { Name = "Gate", CreatedAtUtc = DateTime.UtcNow });
            audit.Append(context, AuditAction.Administration, "Site 1 added", s_someone);
            await context.SaveChangesAsync(token);
            throw new InvalidOperationException();
        }));

        await using var context = await host.OpenAsync();
        Assert.Equal((0, 0), (await context.Sites.CountAsync(), await context.AuditEntries.CountAsync()));
    }

    [Theory]
    [InlineData("UPDATE AuditEntries SET Details = 'nothing'")]
    [InlineData("DELETE FROM AuditEntries")]
    [InlineData("INSERT OR REPLACE INTO AuditEntries (Id, AtUtc, Action, Details) VALUES (1, '2026-01-01', 0, 'nothing')")]
    public async Task Entry_ChangedOrDeleted_IsRefusedByTheDatabase(string sql)
    {
        await using var host = await DashboardHost.CreateAsync();
        await host.Get<AuditLog>().AppendAsync(AuditAction.Export, "kept", s_someone);
        await using var context = await host.OpenAsync();

        var refusal = await Assert.ThrowsAsync<SqliteException>(() => context.Database.ExecuteSqlRawAsync(sql));

        Assert.Contains("append-only", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("kept", (await context.AuditEntries.SingleAsync()).Details);
    }

    [Fact]
    public async Task AcceptAsync_Upload_IsLoggedByNumberWithoutItsFileName()
    {
        await using var host = await DashboardHost.CreateAsync();
        await using var sample = DashboardHost.Sample("one-bare.png");

        var result = await host.Get<ImageIntake>().AcceptAsync(sample, new IntakeRequest("secret.png", By: s_someone));

        await using var context = await host.OpenAsync();
        var entry = await context.AuditEntries.SingleAsync();
        Assert.Equal((AuditAction.Upload, $"Image {result.ImageId} uploaded", "kim"), (entry.Action, entry.Details, entry.UserName));
        Assert.Equal("7", (await context.Images.SingleAsync()).UploadedById);
    }
}
