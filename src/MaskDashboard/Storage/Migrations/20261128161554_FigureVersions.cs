using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MaskDashboard.Storage.Migrations
{
    /// <inheritdoc />
    public partial class FigureVersions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Faces_AnalysisId_Counted_EffectiveCounted_Label_EffectiveLabel",
                table: "Faces");

            migrationBuilder.DropIndex(
                name: "IX_Analyses_Review",
                table: "Analyses");

            migrationBuilder.AddColumn<long>(
                name: "Version",
                table: "FigureRollups",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateIndex(
                name: "IX_FigureRollups_Version",
                table: "FigureRollups",
                column: "Version");

            migrationBuilder.CreateIndex(
                name: "IX_Faces_AnalysisId",
                table: "Faces",
                column: "AnalysisId");

            migrationBuilder.CreateIndex(
                name: "IX_Faces_Corrected",
                table: "Faces",
                columns: new[] { "AnalysisId", "Counted", "EffectiveCounted", "Label", "EffectiveLabel" },
                filter: "\"Counted\" <> \"EffectiveCounted\" OR \"Label\" <> \"EffectiveLabel\"");

            migrationBuilder.CreateIndex(
                name: "IX_Analyses_Review",
                table: "Analyses",
                columns: new[] { "ReviewedAtUtc", "Doubt", "CapturedAtUtc", "Id", "IsCurrent", "State", "SiteId", "Detector", "FaceCount", "SettingsVersionId", "ReviewedUnseen", "MaskCount", "NoMaskCount", "UncertainCount" });

            migrationBuilder.CreateIndex(
                name: "IX_Analyses_Unfinished",
                table: "Analyses",
                column: "CapturedAtUtc",
                filter: "\"State\" <> 2");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_FigureRollups_Version",
                table: "FigureRollups");

            migrationBuilder.DropIndex(
                name: "IX_Faces_AnalysisId",
                table: "Faces");

            migrationBuilder.DropIndex(
                name: "IX_Faces_Corrected",
                table: "Faces");

            migrationBuilder.DropIndex(
                name: "IX_Analyses_Review",
                table: "Analyses");

            migrationBuilder.DropIndex(
                name: "IX_Analyses_Unfinished",
                table: "Analyses");

            migrationBuilder.DropColumn(
                name: "Version",
                table: "FigureRollups");

            migrationBuilder.CreateIndex(
                name: "IX_Faces_AnalysisId_Counted_EffectiveCounted_Label_EffectiveLabel",
                table: "Faces",
                columns: new[] { "AnalysisId", "Counted", "EffectiveCounted", "Label", "EffectiveLabel" });

            migrationBuilder.CreateIndex(
                name: "IX_Analyses_Review",
                table: "Analyses",
                columns: new[] { "ReviewedAtUtc", "Doubt", "CapturedAtUtc", "Id", "IsCurrent", "State", "SiteId", "Detector", "FaceCount", "SettingsVersionId", "ReviewedUnseen" });
        }
    }
}
