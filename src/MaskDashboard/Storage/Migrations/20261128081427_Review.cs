using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MaskDashboard.Storage.Migrations
{
    /// <inheritdoc />
    public partial class Review : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<double>(
                name: "Doubt",
                table: "Analyses",
                type: "REAL",
                nullable: false,
                defaultValue: 0.0);

            migrationBuilder.AddColumn<bool>(
                name: "ReviewedUnseen",
                table: "Analyses",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            // What StoredResult computes for new results.
            migrationBuilder.Sql("""
                UPDATE "Analyses" SET "Doubt" = COALESCE((
                    SELECT MAX(CASE WHEN "EffectiveLabel" = 2 THEN 2.0 ELSE 1.0 END - ABS("MaskProbability" - "NoMaskProbability"))
                    FROM "Faces" WHERE "Faces"."AnalysisId" = "Analyses"."Id" AND "EffectiveCounted" AND "Reviewed" IS NULL), 0.0)
                """);

            migrationBuilder.CreateIndex(
                name: "IX_Analyses_Review",
                table: "Analyses",
                columns: new[] { "ReviewedAtUtc", "Doubt", "CapturedAtUtc", "Id", "IsCurrent", "State", "SiteId", "Detector" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Analyses_Review",
                table: "Analyses");

            migrationBuilder.DropColumn(
                name: "Doubt",
                table: "Analyses");

            migrationBuilder.DropColumn(
                name: "ReviewedUnseen",
                table: "Analyses");
        }
    }
}
