using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Zotify.Logging.Provider.Database.Migrations.Sqlite
{
    /// <inheritdoc />
    internal sealed partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "audit_counts",
                columns: table => new
                {
                    hour = table.Column<string>(type: "TEXT", nullable: false),
                    event_type = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    count = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_counts", x => new { x.hour, x.event_type });
                });

            migrationBuilder.CreateTable(
                name: "jobs",
                columns: table => new
                {
                    job_id = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    job_type = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    status = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    instance = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    progress_done = table.Column<long>(type: "INTEGER", nullable: true),
                    progress_total = table.Column<long>(type: "INTEGER", nullable: true),
                    progress_at = table.Column<string>(type: "TEXT", nullable: true),
                    entries = table.Column<long>(type: "INTEGER", nullable: false),
                    warnings = table.Column<long>(type: "INTEGER", nullable: false),
                    errors = table.Column<long>(type: "INTEGER", nullable: false),
                    first_at = table.Column<string>(type: "TEXT", nullable: false),
                    last_at = table.Column<string>(type: "TEXT", nullable: false),
                    ended_at = table.Column<string>(type: "TEXT", nullable: true),
                    last_message = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_jobs", x => x.job_id);
                });

            migrationBuilder.CreateTable(
                name: "journals",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    journal = table.Column<string>(type: "TEXT", nullable: false),
                    instance = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    seq = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    segment = table.Column<long>(type: "INTEGER", nullable: false),
                    offset = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_journals", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_events",
                columns: table => new
                {
                    row_id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    journal_id = table.Column<long>(type: "INTEGER", nullable: false),
                    seq = table.Column<long>(type: "INTEGER", nullable: false),
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    timestamp = table.Column<string>(type: "TEXT", nullable: false),
                    event_type = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    user_id = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    source_ip = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    level = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    category = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    event_id = table.Column<int>(type: "INTEGER", nullable: true),
                    message = table.Column<string>(type: "TEXT", nullable: true),
                    details = table.Column<string>(type: "TEXT", nullable: true),
                    scope = table.Column<string>(type: "TEXT", nullable: true),
                    exception = table.Column<string>(type: "TEXT", nullable: true),
                    trace_id = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    span_id = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    instance = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    key_id = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    hash = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_events", x => x.row_id);
                    table.ForeignKey(
                        name: "FK_audit_events_journals_journal_id",
                        column: x => x.journal_id,
                        principalTable: "journals",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "job_logs",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    journal_id = table.Column<long>(type: "INTEGER", nullable: false),
                    seq = table.Column<long>(type: "INTEGER", nullable: false),
                    job_id = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    instance = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    timestamp = table.Column<string>(type: "TEXT", nullable: false),
                    level = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    category = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    event_id = table.Column<int>(type: "INTEGER", nullable: true),
                    event_name = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    message = table.Column<string>(type: "TEXT", nullable: true),
                    exception = table.Column<string>(type: "TEXT", nullable: true),
                    properties = table.Column<string>(type: "TEXT", nullable: true),
                    progress_done = table.Column<long>(type: "INTEGER", nullable: true),
                    progress_total = table.Column<long>(type: "INTEGER", nullable: true),
                    trace_id = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    span_id = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_job_logs", x => x.id);
                    table.ForeignKey(
                        name: "FK_job_logs_journals_journal_id",
                        column: x => x.journal_id,
                        principalTable: "journals",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_audit_events_event_type_timestamp_journal_id_seq",
                table: "audit_events",
                columns: new[] { "event_type", "timestamp", "journal_id", "seq" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_events_id",
                table: "audit_events",
                column: "id");

            migrationBuilder.CreateIndex(
                name: "IX_audit_events_journal_id_seq",
                table: "audit_events",
                columns: new[] { "journal_id", "seq" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_audit_events_timestamp_journal_id_seq",
                table: "audit_events",
                columns: new[] { "timestamp", "journal_id", "seq" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_events_trace_id",
                table: "audit_events",
                column: "trace_id");

            migrationBuilder.CreateIndex(
                name: "IX_audit_events_user_id_timestamp_journal_id_seq",
                table: "audit_events",
                columns: new[] { "user_id", "timestamp", "journal_id", "seq" });

            migrationBuilder.CreateIndex(
                name: "IX_job_logs_job_id_id",
                table: "job_logs",
                columns: new[] { "job_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_job_logs_journal_id_seq",
                table: "job_logs",
                columns: new[] { "journal_id", "seq" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_job_logs_timestamp",
                table: "job_logs",
                column: "timestamp");

            migrationBuilder.CreateIndex(
                name: "IX_jobs_instance_status",
                table: "jobs",
                columns: new[] { "instance", "status" });

            migrationBuilder.CreateIndex(
                name: "IX_journals_journal",
                table: "journals",
                column: "journal",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit_counts");

            migrationBuilder.DropTable(
                name: "audit_events");

            migrationBuilder.DropTable(
                name: "job_logs");

            migrationBuilder.DropTable(
                name: "jobs");

            migrationBuilder.DropTable(
                name: "journals");
        }
    }
}
