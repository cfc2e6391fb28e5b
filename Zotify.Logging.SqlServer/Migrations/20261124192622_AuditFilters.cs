using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Zotify.Logging.SqlServer.Migrations
{
    /// <summary>Indexes by which each filter of the audit log is read in the order of the answers, and one for the list of jobs.</summary>
    internal sealed partial class AuditFilters : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_audit_events_trace_id",
                table: "audit_events");

            migrationBuilder.CreateIndex(
                name: "IX_jobs_first_at_job_id",
                table: "jobs",
                columns: new[] { "first_at", "job_id" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_events_instance_timestamp_journal_id_seq",
                table: "audit_events",
                columns: new[] { "instance", "timestamp", "journal_id", "seq" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_events_source_ip_timestamp_journal_id_seq",
                table: "audit_events",
                columns: new[] { "source_ip", "timestamp", "journal_id", "seq" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_events_trace_id_timestamp_journal_id_seq",
                table: "audit_events",
                columns: new[] { "trace_id", "timestamp", "journal_id", "seq" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_jobs_first_at_job_id",
                table: "jobs");

            migrationBuilder.DropIndex(
                name: "IX_audit_events_instance_timestamp_journal_id_seq",
                table: "audit_events");

            migrationBuilder.DropIndex(
                name: "IX_audit_events_source_ip_timestamp_journal_id_seq",
                table: "audit_events");

            migrationBuilder.DropIndex(
                name: "IX_audit_events_trace_id_timestamp_journal_id_seq",
                table: "audit_events");

            migrationBuilder.CreateIndex(
                name: "IX_audit_events_trace_id",
                table: "audit_events",
                column: "trace_id");
        }
    }
}
