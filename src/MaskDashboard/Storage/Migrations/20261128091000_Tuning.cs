using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MaskDashboard.Storage.Migrations
{
    /// <inheritdoc />
    public partial class Tuning : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "SiteFieldsOfViewJson",
                table: "SettingsVersions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsStale",
                table: "Thumbnails",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "HistoryJobs",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    SettingsVersionId = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    StartedAtUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    EndedAtUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    StartedById = table.Column<string>(type: "TEXT", nullable: true),
                    Total = table.Column<int>(type: "INTEGER", nullable: false),
                    Judged = table.Column<int>(type: "INTEGER", nullable: false),
                    Changed = table.Column<int>(type: "INTEGER", nullable: false),
                    LookAgain = table.Column<int>(type: "INTEGER", nullable: false),
                    LookedAgain = table.Column<int>(type: "INTEGER", nullable: false),
                    LeftAlone = table.Column<int>(type: "INTEGER", nullable: false),
                    TakenBack = table.Column<int>(type: "INTEGER", nullable: false),
                    LastAnalysisId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HistoryJobs", x => x.Id);
                    table.ForeignKey(
                        name: "FK_HistoryJobs_SettingsVersions_SettingsVersionId",
                        column: x => x.SettingsVersionId,
                        principalTable: "SettingsVersions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "HistoryJobItems",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    JobId = table.Column<long>(type: "INTEGER", nullable: false),
                    AnalysisId = table.Column<long>(type: "INTEGER", nullable: false),
                    Previous = table.Column<byte[]>(type: "BLOB", nullable: true),
                    NewAnalysisId = table.Column<long>(type: "INTEGER", nullable: true),
                    Done = table.Column<bool>(type: "INTEGER", nullable: false),
                    TakenBack = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HistoryJobItems", x => x.Id);
                    table.ForeignKey(
                        name: "FK_HistoryJobItems_Analyses_AnalysisId",
                        column: x => x.AnalysisId,
                        principalTable: "Analyses",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_HistoryJobItems_HistoryJobs_JobId",
                        column: x => x.JobId,
                        principalTable: "HistoryJobs",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_HistoryJobItems_AnalysisId",
                table: "HistoryJobItems",
                column: "AnalysisId");

            migrationBuilder.CreateIndex(
                name: "IX_HistoryJobItems_JobId_Done",
                table: "HistoryJobItems",
                columns: new[] { "JobId", "Done" });

            migrationBuilder.CreateIndex(
                name: "IX_HistoryJobItems_JobId_TakenBack",
                table: "HistoryJobItems",
                columns: new[] { "JobId", "TakenBack" });

            migrationBuilder.CreateIndex(
                name: "IX_HistoryJobs_SettingsVersionId",
                table: "HistoryJobs",
                column: "SettingsVersionId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "HistoryJobItems");

            migrationBuilder.DropTable(
                name: "HistoryJobs");

            migrationBuilder.DropColumn(
                name: "IsStale",
                table: "Thumbnails");

            migrationBuilder.DropColumn(
                name: "SiteFieldsOfViewJson",
                table: "SettingsVersions");
        }
    }
}
