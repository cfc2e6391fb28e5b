using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Zotify.Logging.SqlServer.Migrations
{
    /// <summary>
    /// An index for the list of jobs. It also built indexes of single filters of the audit log, which the next migration drops: databases
    /// that were migrated then have them.
    /// </summary>
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_jobs_first_at_job_id",
                table: "jobs");

            migrationBuilder.CreateIndex(
                name: "IX_audit_events_trace_id",
                table: "audit_events",
                column: "trace_id");
        }
    }
}
