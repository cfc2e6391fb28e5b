using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Zotify.Logging.SqlServer.Migrations
{
    /// <summary>
    /// The index of the texts of audit events, which also finds events by address, instance and id. Rows that are already there become runs
    /// that are not indexed yet: searches read them, and the projector indexes them, the newest first.
    /// </summary>
    internal sealed partial class AuditText : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "audit_text_pages",
                columns: table => new
                {
                    journal_id = table.Column<long>(type: "bigint", nullable: false),
                    first_seq = table.Column<long>(type: "bigint", nullable: false),
                    page = table.Column<int>(type: "int", nullable: false),
                    data = table.Column<byte[]>(type: "varbinary(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_text_pages", x => new { x.journal_id, x.first_seq, x.page });
                });

            migrationBuilder.CreateTable(
                name: "audit_text_runs",
                columns: table => new
                {
                    journal_id = table.Column<long>(type: "bigint", nullable: false),
                    first_seq = table.Column<long>(type: "bigint", nullable: false),
                    last_seq = table.Column<long>(type: "bigint", nullable: false),
                    block_rows = table.Column<int>(type: "int", nullable: false),
                    earliest = table.Column<DateTime>(type: "datetime2(7)", precision: 7, nullable: false),
                    latest = table.Column<DateTime>(type: "datetime2(7)", precision: 7, nullable: false),
                    pages = table.Column<byte[]>(type: "varbinary(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_text_runs", x => new { x.journal_id, x.first_seq });
                });

            migrationBuilder.CreateIndex(
                name: "IX_audit_events_trace_id",
                table: "audit_events",
                column: "trace_id");

            migrationBuilder.Sql(
                """
                INSERT INTO audit_text_runs (journal_id, first_seq, last_seq, block_rows, earliest, latest)
                SELECT journal_id, seq - (seq - 1) % 4096, MAX(seq), 16, MIN([timestamp]), MAX([timestamp])
                FROM audit_events
                GROUP BY journal_id, seq - (seq - 1) % 4096;
                """);

            // Last, because nobody can read the table from the first drop to the commit.
            migrationBuilder.DropIndex(
                name: "IX_audit_events_id",
                table: "audit_events");

            // Only databases have them that were migrated before the migration AuditFilters left them out.
            foreach (var column in new[] { "instance", "source_ip", "trace_id" })
            {
                migrationBuilder.Sql($"DROP INDEX IF EXISTS [IX_audit_events_{column}_timestamp_journal_id_seq] ON [audit_events];");
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit_text_pages");

            migrationBuilder.DropTable(
                name: "audit_text_runs");

            migrationBuilder.DropIndex(
                name: "IX_audit_events_trace_id",
                table: "audit_events");

            migrationBuilder.CreateIndex(
                name: "IX_audit_events_id",
                table: "audit_events",
                column: "id");
        }
    }
}
