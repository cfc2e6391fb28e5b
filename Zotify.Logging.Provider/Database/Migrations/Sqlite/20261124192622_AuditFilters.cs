using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Zotify.Logging.Provider.Database.Migrations.Sqlite
{
    /// <summary>
    /// Indexes by which each filter of the audit log is read in the order of the answers, one for the list of jobs, and the index of the
    /// texts: audit_text has the trigrams of messages and details and nothing else of them. An FTS5 index gives what it finds in the order of its row
    /// ids and cannot sort. Hence these are places in time, in units of 6.4 µs: a place is never before the event's time, and after it
    /// only by its lag, where that place was taken. audit_text_order has the row of each place. Who inserts rows adds them to both, for FTS5
    /// writes a segment at every statement of a trigger; when they are deleted, whoever does it, they are deleted from both.
    /// </summary>
    internal sealed partial class AuditFilters : Migration
    {
        private const string MakeText =
            """
            CREATE VIRTUAL TABLE audit_text USING fts5 (message, details, content='', contentless_delete=1, detail=none, tokenize='trigram');

            CREATE TABLE audit_text_order (place INTEGER NOT NULL PRIMARY KEY, lag INTEGER NOT NULL, row_id INTEGER NOT NULL);

            CREATE INDEX audit_text_order_lag ON audit_text_order (lag) WHERE lag > 0;
            """;

        // In the order of time, each at the first place that is free. Nothing where that is done.
        private static readonly string FillText =
            $"""
            INSERT INTO audit_text_order (place, lag, row_id)
              SELECT place, place - first, row_id
              FROM (
                SELECT row_id, first, number + max(first - number) OVER (ORDER BY number) AS place
                FROM (
                  SELECT row_id, row_number() OVER (ORDER BY timestamp, journal_id, seq) AS number, {PlaceOf("timestamp")} AS first
                  FROM audit_events))
              WHERE NOT EXISTS (SELECT 1 FROM audit_text_order);

            INSERT INTO audit_text (rowid, message, details)
              SELECT o.place, e.message, e.details
              FROM audit_text_order AS o
              JOIN audit_events AS e ON e.row_id = o.row_id
              WHERE NOT EXISTS (SELECT 1 FROM audit_text_docsize)
              ORDER BY o.place;
            """;

        private static readonly string KeepText =
            $"""
            CREATE TRIGGER audit_text_delete AFTER DELETE ON audit_events BEGIN
              DELETE FROM audit_text WHERE rowid IN (SELECT place FROM audit_text_order WHERE {OfOldRow});
              DELETE FROM audit_text_order WHERE {OfOldRow};
            END;
            """;

        private static string OfOldRow =>
            $"row_id = old.row_id AND place BETWEEN {PlaceOf("old.timestamp")} AND ({PlaceOf("old.timestamp")}) + coalesce((SELECT max(lag) FROM audit_text_order WHERE lag > 0), 0)";

        // Of a text like 2026-11-23T15:06:10.1234567Z.
        private static string PlaceOf(string time) => $"((unixepoch(substr({time}, 1, 19)) + 62135596800) * 10000000 + CAST(substr({time}, 21, 7) AS INTEGER)) >> 6";

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

            migrationBuilder.Sql(MakeText);
            migrationBuilder.Sql(FillText);
            migrationBuilder.Sql(KeepText);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER audit_text_delete; DROP TABLE audit_text_order; DROP TABLE audit_text;");

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
