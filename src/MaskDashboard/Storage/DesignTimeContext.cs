using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace MaskDashboard.Storage;

/// <summary>Lets <c>dotnet ef migrations add</c> work without opening models or a data folder.</summary>
internal sealed class DesignTimeContext : IDesignTimeDbContextFactory<DashboardDbContext>
{
    public DashboardDbContext CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<DashboardDbContext>().UseSqlite("Data Source=:memory:").Options);
}
