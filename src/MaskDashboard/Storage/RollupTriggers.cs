using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Storage;

/// <summary>
/// The triggers that keep <see cref="FigureRollup"/> and <see cref="ModelUse"/> equal to the analyses, in the transaction of
/// whoever writes: no writer can forget them, cascading deletes included.
/// </summary>
public static class RollupTriggers
{
    /// <summary>SQL of <see cref="ImageAnalysis.CapturedQuarter"/>; 62,135,596,800 seconds lie between the years 1 and 1970.</summary>
    public const string QuarterSql = "(unixepoch(\"CapturedAtUtc\") + 62135596800) / 900";

    private const string Columns = "\"SiteId\", \"Quarter\", \"Detector\", \"Reviewed\", \"Images\", \"Mask\", \"NoMask\", \"Uncertain\", \"TooClose\", \"FacesInPairs\", \"Version\"";

    private const string NextVersion = "(SELECT IFNULL(MAX(\"Version\"), 0) + 1 FROM \"FigureRollups\")";

    private const string Watched =
        "\"IsCurrent\", \"State\", \"CapturedAtUtc\", \"SiteId\", \"Detector\", \"ReviewedAtUtc\", \"MaskCount\", \"NoMaskCount\", \"UncertainCount\", \"TooCloseCount\"";

    private static readonly (string Name, string Sql)[] _triggers =
    [
        Trigger("Rollup_Insert", "INSERT", Counts("NEW"), Add),
        Trigger("Rollup_Delete", "DELETE", Counts("OLD"), Subtract),
        Trigger("Rollup_UpdateOut", $"UPDATE OF {Watched}", Counts("OLD"), Subtract),
        Trigger("Rollup_UpdateIn", $"UPDATE OF {Watched}", Counts("NEW"), Add),
        Trigger("ModelUse_Insert", "INSERT", Finished, FirstUse),
        Trigger("ModelUse_Update", "UPDATE OF \"State\"", Finished, FirstUse),
    ];

    private static string Finished => $"NEW.\"State\" = {(int)AnalysisState.Done} AND NEW.\"CompletedAtUtc\" IS NOT NULL";

    private static string FirstUse =>
        "INSERT INTO \"ModelUses\" (\"Detector\", \"ModelVersion\", \"FirstUsedAtUtc\") VALUES (NEW.\"Detector\", NEW.\"ModelVersion\", NEW.\"CompletedAtUtc\") ON CONFLICT DO NOTHING;";

    private static string Add => $"""
        INSERT INTO "FigureRollups" ({Columns}) VALUES ({FigureRollup.AllSites}, {Values("NEW")}), (IFNULL(NEW."SiteId", {FigureRollup.NoSite}), {Values("NEW")})
        ON CONFLICT DO UPDATE SET "Images" = "Images" + excluded."Images", "Mask" = "Mask" + excluded."Mask", "NoMask" = "NoMask" + excluded."NoMask",
          "Uncertain" = "Uncertain" + excluded."Uncertain", "TooClose" = "TooClose" + excluded."TooClose", "FacesInPairs" = "FacesInPairs" + excluded."FacesInPairs",
          "Version" = excluded."Version";
        """;

    private static string Subtract => $"""
        UPDATE "FigureRollups" SET "Images" = "Images" - 1, "Mask" = "Mask" - OLD."MaskCount", "NoMask" = "NoMask" - OLD."NoMaskCount",
          "Uncertain" = "Uncertain" - OLD."UncertainCount", "TooClose" = "TooClose" - OLD."TooCloseCount", "FacesInPairs" = "FacesInPairs" - {InPairs("OLD.")},
          "Version" = {NextVersion}
        WHERE {SameKey};
        """;

    private static string SameKey =>
        $"\"SiteId\" IN ({FigureRollup.AllSites}, IFNULL(OLD.\"SiteId\", {FigureRollup.NoSite})) AND \"Quarter\" = OLD.\"CapturedQuarter\" AND \"Detector\" = OLD.\"Detector\" AND \"Reviewed\" = (OLD.\"ReviewedAtUtc\" IS NOT NULL)";

    /// <summary>Creates the triggers where they are missing or older than this program, and counts everything anew then.</summary>
    /// <param name="context">The migrated database.</param>
    /// <param name="cancellationToken">Stops; nothing stays then.</param>
    /// <returns>Whether it counted.</returns>
    public static async Task<bool> EnsureAsync(DashboardDbContext context, CancellationToken cancellationToken = default)
    {
        // A later change of the table that rebuilds it drops its triggers without a word; what is here is compared, not believed.
        var present = await context.Database.SqlQuery<string>($"SELECT \"sql\" AS \"Value\" FROM \"sqlite_master\" WHERE \"type\" = 'trigger'").ToListAsync(cancellationToken);
        if (_triggers.All(trigger => present.Contains(trigger.Sql)))
        {
            await context.FigureRollups.Where(row => row.Images == 0).ExecuteDeleteAsync(cancellationToken);
            return false;
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var connection = (SqliteConnection)context.Database.GetDbConnection();
        await using var command = connection.CreateCommand();
        command.CommandText = string.Concat(_triggers.Select(trigger => $"DROP TRIGGER IF EXISTS \"{trigger.Name}\";\n{trigger.Sql};\n")) + RecountSql;
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>SQL that counts everything anew; the triggers make it unnecessary, and tests compare with it.</summary>
    internal static string RecountSql => $"""
        DELETE FROM "FigureRollups";
        INSERT INTO "FigureRollups" ({Columns}) {Recount("IFNULL(\"SiteId\", 0)")};
        INSERT INTO "FigureRollups" ({Columns}) {Recount("-1")};
        INSERT INTO "ModelUses" ("Detector", "ModelVersion", "FirstUsedAtUtc")
        SELECT "Detector", "ModelVersion", MIN("CompletedAtUtc") FROM "Analyses" WHERE "State" = {(int)AnalysisState.Done} AND "CompletedAtUtc" IS NOT NULL GROUP BY 1, 2
        ON CONFLICT DO NOTHING;
        """;

    private static string Recount(string site) => $"""
        SELECT {site}, "CapturedQuarter", "Detector", "ReviewedAtUtc" IS NOT NULL, COUNT(*), SUM("MaskCount"), SUM("NoMaskCount"), SUM("UncertainCount"), SUM("TooCloseCount"), SUM({InPairs("")}), 1
        FROM "Analyses" WHERE "IsCurrent" = 1 AND "State" = {(int)AnalysisState.Done} GROUP BY 1, 2, 3, 4
        """;

    private static string Counts(string row) => $"{row}.\"IsCurrent\" = 1 AND {row}.\"State\" = {(int)AnalysisState.Done}";

    private static string Values(string row) =>
        $"{row}.\"CapturedQuarter\", {row}.\"Detector\", {row}.\"ReviewedAtUtc\" IS NOT NULL, 1, {row}.\"MaskCount\", {row}.\"NoMaskCount\", {row}.\"UncertainCount\", {row}.\"TooCloseCount\", {InPairs(row + ".")}, {NextVersion}";

    private static string InPairs(string row) =>
        $"CASE WHEN {row}\"MaskCount\" + {row}\"NoMaskCount\" + {row}\"UncertainCount\" > 1 THEN {row}\"MaskCount\" + {row}\"NoMaskCount\" + {row}\"UncertainCount\" ELSE 0 END";

    private static (string Name, string Sql) Trigger(string name, string operation, string when, string body) =>
        (name, $"CREATE TRIGGER \"{name}\" AFTER {operation} ON \"Analyses\" WHEN {when} BEGIN\n{body}\nEND");
}
