using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Zotify.Logging.SqlServer.Migrations
{
    /// <summary>
    /// Creates the tables. The two that grow are clustered by (journal_id, seq) and not by their ascending numbers: every journal appends
    /// to the end of its own range, so that instances do not queue for the latch of one last page, and a batch is stored on a few
    /// neighbouring pages. Within a journal, the order of the keys is the order in which rows arrive, whether or not the server first sorts
    /// a bulk insert by its clustered key: numbers ascend with seq. All instances append at the same end only in the indexes of the numbers
    /// and of the times. Their rows have some 30 bytes, so hundreds share a page. Keys have at most 536 bytes, of the 1,700 that an index
    /// allows (900 for a clustered one).
    /// </summary>
    internal sealed partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "audit_counts",
                columns: table => new
                {
                    hour = table.Column<DateTime>(type: "datetime2(7)", precision: 7, nullable: false),
                    event_type = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false, collation: "Latin1_General_100_BIN2"),
                    count = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_counts", x => new { x.hour, x.event_type });
                });

            migrationBuilder.CreateTable(
                name: "jobs",
                columns: table => new
                {
                    job_id = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false, collation: "Latin1_General_100_BIN2"),
                    job_type = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: true, collation: "Latin1_General_100_BIN2"),
                    status = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false, collation: "Latin1_General_100_BIN2"),
                    instance = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    progress_done = table.Column<long>(type: "bigint", nullable: true),
                    progress_total = table.Column<long>(type: "bigint", nullable: true),
                    progress_at = table.Column<DateTime>(type: "datetime2(7)", precision: 7, nullable: true),
                    entries = table.Column<long>(type: "bigint", nullable: false),
                    warnings = table.Column<long>(type: "bigint", nullable: false),
                    errors = table.Column<long>(type: "bigint", nullable: false),
                    first_at = table.Column<DateTime>(type: "datetime2(7)", precision: 7, nullable: false),
                    last_at = table.Column<DateTime>(type: "datetime2(7)", precision: 7, nullable: false),
                    ended_at = table.Column<DateTime>(type: "datetime2(7)", precision: 7, nullable: true),
                    last_message = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_jobs", x => x.job_id);
                });

            migrationBuilder.CreateTable(
                name: "journals",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    journal = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    instance = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    name = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false, collation: "Latin1_General_100_BIN2"),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false, collation: "Latin1_General_100_BIN2"),
                    segment = table.Column<long>(type: "bigint", nullable: false),
                    offset = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_journals", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_events",
                columns: table => new
                {
                    row_id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    journal_id = table.Column<long>(type: "bigint", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    timestamp = table.Column<DateTime>(type: "datetime2(7)", precision: 7, nullable: false),
                    event_type = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false, collation: "Latin1_General_100_BIN2"),
                    user_id = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: true, collation: "Latin1_General_100_BIN2"),
                    source_ip = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: true, collation: "Latin1_General_100_BIN2"),
                    level = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false, collation: "Latin1_General_100_BIN2"),
                    category = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    event_id = table.Column<int>(type: "int", nullable: true),
                    message = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    details = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    scope = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    exception = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    trace_id = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: true, collation: "Latin1_General_100_BIN2"),
                    span_id = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: true, collation: "Latin1_General_100_BIN2"),
                    instance = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    key_id = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: true, collation: "Latin1_General_100_BIN2"),
                    hash = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: true, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_events", x => x.row_id)
                        .Annotation("SqlServer:Clustered", false);
                    table.CheckConstraint("CK_audit_events_details", "ISJSON([details]) = 1");
                    table.CheckConstraint("CK_audit_events_scope", "ISJSON([scope]) = 1");
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
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    journal_id = table.Column<long>(type: "bigint", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    job_id = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false, collation: "Latin1_General_100_BIN2"),
                    instance = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    timestamp = table.Column<DateTime>(type: "datetime2(7)", precision: 7, nullable: false),
                    level = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false, collation: "Latin1_General_100_BIN2"),
                    category = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    event_id = table.Column<int>(type: "int", nullable: true),
                    event_name = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: true, collation: "Latin1_General_100_BIN2"),
                    message = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    exception = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    properties = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    progress_done = table.Column<long>(type: "bigint", nullable: true),
                    progress_total = table.Column<long>(type: "bigint", nullable: true),
                    trace_id = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: true, collation: "Latin1_General_100_BIN2"),
                    span_id = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: true, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_job_logs", x => x.id)
                        .Annotation("SqlServer:Clustered", false);
                    table.CheckConstraint("CK_job_logs_properties", "ISJSON([properties]) = 1");
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
                unique: true)
                .Annotation("SqlServer:Clustered", true);

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
                name: "IX_job_logs_job_id_journal_id_seq",
                table: "job_logs",
                columns: new[] { "job_id", "journal_id", "seq" });

            migrationBuilder.CreateIndex(
                name: "IX_job_logs_journal_id_seq",
                table: "job_logs",
                columns: new[] { "journal_id", "seq" },
                unique: true)
                .Annotation("SqlServer:Clustered", true);

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
