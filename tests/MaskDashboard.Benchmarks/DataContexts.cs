using MaskDashboard.Storage;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Benchmarks;

/// <summary>Reads a data folder without the program.</summary>
/// <param name="folder">The data folder.</param>
internal sealed class DataContexts(string folder) : IDbContextFactory<DashboardDbContext>
{
    private readonly DbContextOptions<DashboardDbContext> _options = new DbContextOptionsBuilder<DashboardDbContext>()
        .UseSqlite($"Data Source={Path.Combine(folder, "dashboard.db")}").UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).Options;

    public DashboardDbContext CreateDbContext() => new(_options);

    public Task<DashboardDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default) => Task.FromResult(CreateDbContext());
}
