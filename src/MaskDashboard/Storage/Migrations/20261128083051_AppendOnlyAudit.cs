using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MaskDashboard.Storage.Migrations
{
    /// <summary>Makes the audit log append-only, and takes file names out of it: what is deleted must not live on there.</summary>
    public partial class AppendOnlyAudit : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""UPDATE "AuditEntries" SET "Details" = substr("Details", 1, instr("Details", ':') - 1) || ' uploaded' WHERE "Action" = 3 AND instr("Details", ':') > 0""");
            foreach (var (name, when) in AuditTriggers)
            {
                migrationBuilder.Sql($"""CREATE TRIGGER "{name}" {when} BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END""");
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var (name, _) in AuditTriggers)
            {
                migrationBuilder.Sql($"""DROP TRIGGER "{name}" """);
            }
        }

        // An INSERT OR REPLACE deletes without asking the delete trigger, so an entry that is there cannot be inserted again either.
        private static readonly (string Name, string When)[] AuditTriggers =
        [
            ("AuditEntries_NoUpdate", """BEFORE UPDATE ON "AuditEntries" """),
            ("AuditEntries_NoDelete", """BEFORE DELETE ON "AuditEntries" """),
            ("AuditEntries_NoReplace", """BEFORE INSERT ON "AuditEntries" WHEN EXISTS (SELECT 1 FROM "AuditEntries" WHERE "Id" = NEW."Id")"""),
        ];
    }
}
