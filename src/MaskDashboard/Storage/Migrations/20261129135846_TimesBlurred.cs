using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MaskDashboard.Storage.Migrations
{
    /// <inheritdoc />
    public partial class TimesBlurred : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "FacesBlurred",
                table: "Images",
                newName: "TimesBlurred");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "TimesBlurred",
                table: "Images",
                newName: "FacesBlurred");
        }
    }
}
