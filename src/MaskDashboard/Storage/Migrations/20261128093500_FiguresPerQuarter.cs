using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MaskDashboard.Storage.Migrations
{
    /// <inheritdoc />
    public partial class FiguresPerQuarter : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Analyses_IsCurrent_CapturedAtUtc_Id",
                table: "Analyses");

            migrationBuilder.AddColumn<long>(
                name: "CapturedQuarter",
                table: "Analyses",
                type: "INTEGER",
                nullable: false,
                computedColumnSql: "(unixepoch(\"CapturedAtUtc\") + 62135596800) / 900",
                stored: false);

            // Clustered by its key: a period of a site is one stretch of the file. The triggers that fill it are RollupTriggers'.
            migrationBuilder.Sql("""
                CREATE TABLE "FigureRollups" (
                    "SiteId" INTEGER NOT NULL,
                    "Quarter" INTEGER NOT NULL,
                    "Detector" INTEGER NOT NULL,
                    "Reviewed" INTEGER NOT NULL,
                    "Images" INTEGER NOT NULL,
                    "Mask" INTEGER NOT NULL,
                    "NoMask" INTEGER NOT NULL,
                    "Uncertain" INTEGER NOT NULL,
                    "TooClose" INTEGER NOT NULL,
                    "FacesInPairs" INTEGER NOT NULL,
                    CONSTRAINT "PK_FigureRollups" PRIMARY KEY ("SiteId", "Quarter", "Detector", "Reviewed")
                ) WITHOUT ROWID
                """);

            migrationBuilder.CreateTable(
                name: "ModelUses",
                columns: table => new
                {
                    Detector = table.Column<int>(type: "INTEGER", nullable: false),
                    ModelVersion = table.Column<string>(type: "TEXT", nullable: false),
                    FirstUsedAtUtc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ModelUses", x => new { x.Detector, x.ModelVersion });
                });

            migrationBuilder.CreateIndex(
                name: "IX_Analyses_Lists",
                table: "Analyses",
                columns: new[] { "IsCurrent", "CapturedAtUtc", "Id", "SiteId", "Detector", "State", "ReviewedAtUtc", "CapturedQuarter" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "FigureRollups");

            migrationBuilder.DropTable(
                name: "ModelUses");

            migrationBuilder.DropIndex(
                name: "IX_Analyses_Lists",
                table: "Analyses");

            migrationBuilder.DropColumn(
                name: "CapturedQuarter",
                table: "Analyses");

            migrationBuilder.CreateIndex(
                name: "IX_Analyses_IsCurrent_CapturedAtUtc_Id",
                table: "Analyses",
                columns: new[] { "IsCurrent", "CapturedAtUtc", "Id" });
        }
    }
}
