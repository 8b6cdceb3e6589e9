using MaskDashboard.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MaskDashboard.Tests.Review;

public sealed class ReviewMigrationTests
{
    [Fact]
    public async Task Migrate_DatabaseOfBefore_GivesItsAnalysesTheirDoubt()
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();
        await using var context = new DashboardDbContext(new DbContextOptionsBuilder<DashboardDbContext>().UseSqlite(connection).Options);
        var migrator = context.Database.GetService<IMigrator>();
        var migrations = context.Database.GetMigrations().ToList();
        var review = migrations.FindIndex(name => name.EndsWith("_Review", StringComparison.Ordinal));
        await migrator.MigrateAsync(migrations[review - 1]);
        await context.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys = OFF");
        await InsertAsync("Analyses", ("Id", "1"));
        await InsertAsync("Analyses", ("Id", "2"), ("ModelVersion", "'other'"));
        // A decided face, an uncertain one, and one that does not count.
        await InsertAsync("Faces", ("AnalysisId", "1"), ("EffectiveCounted", "1"), ("EffectiveLabel", "0"), ("MaskProbability", "0.75"));
        await InsertAsync("Faces", ("AnalysisId", "2"), ("EffectiveCounted", "1"), ("EffectiveLabel", "2"), ("MaskProbability", "0.5"), ("NoMaskProbability", "0.25"));
        await InsertAsync("Faces", ("AnalysisId", "2"), ("EffectiveLabel", "2"));

        await migrator.MigrateAsync(migrations[review]);

        Assert.Equal([0.25, 1.75], await context.Database.SqlQuery<double>($"SELECT Doubt AS Value FROM Analyses ORDER BY Id").ToListAsync());

        // Every column that must have a value gets nothing in particular, the given ones theirs.
        async Task InsertAsync(string table, params (string Column, string Value)[] given)
        {
            var required = await context.Database
                .SqlQuery<string>($"SELECT name AS Value FROM pragma_table_info({table}) WHERE \"notnull\" = 1 AND pk = 0").ToListAsync();
            var values = required.ToDictionary(column => column, _ => "0");
            foreach (var (column, value) in given)
            {
                values[column] = value;
            }

#pragma warning disable EF1002 // Names of columns cannot be parameters; all of it is written above.
            await context.Database.ExecuteSqlRawAsync(
                $"INSERT INTO {table} ({string.Join(", ", values.Keys.Select(column => $"\"{column}\""))}) VALUES ({string.Join(", ", values.Values)})");
#pragma warning restore EF1002
        }
    }
}
