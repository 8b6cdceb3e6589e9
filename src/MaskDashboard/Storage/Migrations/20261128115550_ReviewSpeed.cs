using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MaskDashboard.Storage.Migrations
{
    /// <inheritdoc />
    public partial class ReviewSpeed : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Faces_AnalysisId",
                table: "Faces");

            migrationBuilder.DropIndex(
                name: "IX_Analyses_Review",
                table: "Analyses");

            migrationBuilder.DropIndex(
                name: "IX_Analyses_SettingsVersionId",
                table: "Analyses");

            migrationBuilder.CreateIndex(
                name: "IX_Faces_AnalysisId_Counted_EffectiveCounted_Label_EffectiveLabel",
                table: "Faces",
                columns: new[] { "AnalysisId", "Counted", "EffectiveCounted", "Label", "EffectiveLabel" });

            migrationBuilder.CreateIndex(
                name: "IX_Analyses_Review",
                table: "Analyses",
                columns: new[] { "ReviewedAtUtc", "Doubt", "CapturedAtUtc", "Id", "IsCurrent", "State", "SiteId", "Detector", "FaceCount", "SettingsVersionId", "ReviewedUnseen" });

            migrationBuilder.CreateIndex(
                name: "IX_Analyses_Versions",
                table: "Analyses",
                columns: new[] { "SettingsVersionId", "Detector", "ModelVersion", "IsCurrent", "State", "CapturedAtUtc", "SiteId", "ReviewedAtUtc" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Faces_AnalysisId_Counted_EffectiveCounted_Label_EffectiveLabel",
                table: "Faces");

            migrationBuilder.DropIndex(
                name: "IX_Analyses_Review",
                table: "Analyses");

            migrationBuilder.DropIndex(
                name: "IX_Analyses_Versions",
                table: "Analyses");

            migrationBuilder.CreateIndex(
                name: "IX_Faces_AnalysisId",
                table: "Faces",
                column: "AnalysisId");

            migrationBuilder.CreateIndex(
                name: "IX_Analyses_Review",
                table: "Analyses",
                columns: new[] { "ReviewedAtUtc", "Doubt", "CapturedAtUtc", "Id", "IsCurrent", "State", "SiteId", "Detector" });

            migrationBuilder.CreateIndex(
                name: "IX_Analyses_SettingsVersionId",
                table: "Analyses",
                column: "SettingsVersionId");
        }
    }
}
