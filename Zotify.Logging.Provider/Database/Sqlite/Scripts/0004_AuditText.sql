-- The index of the texts of audit events, the same as in SQL Server: see docs/sql.md. It also finds events by address, instance and id, so
-- that these need no index of their own. Rows that are already there become runs that are not indexed yet: searches read them, and the
-- projector indexes them, the newest first.

DROP TRIGGER audit_text_delete;

DROP TABLE audit_text;

DROP TABLE audit_text_order;

DROP INDEX "IX_audit_events_id";

DROP INDEX "IX_audit_events_instance_timestamp_journal_id_seq";

DROP INDEX "IX_audit_events_source_ip_timestamp_journal_id_seq";

DROP INDEX "IX_audit_events_trace_id_timestamp_journal_id_seq";

DROP INDEX "IX_audit_events_user_id_timestamp_journal_id_seq";

CREATE INDEX "IX_audit_events_trace" ON "audit_events" ("trace_id") WHERE "trace_id" IS NOT NULL;

CREATE INDEX "IX_audit_events_user" ON "audit_events" ("user_id", "timestamp", "journal_id", "seq") WHERE "user_id" IS NOT NULL;

CREATE TABLE "audit_text_runs" (
    "journal_id" INTEGER NOT NULL,
    "first_seq" INTEGER NOT NULL,
    "last_seq" INTEGER NOT NULL,
    "block_rows" INTEGER NOT NULL,
    "earliest" TEXT NOT NULL,
    "latest" TEXT NOT NULL,
    "pages" BLOB NULL,
    CONSTRAINT "PK_audit_text_runs" PRIMARY KEY ("journal_id", "first_seq")
);

CREATE TABLE "audit_text_pages" (
    "journal_id" INTEGER NOT NULL,
    "first_seq" INTEGER NOT NULL,
    "page" INTEGER NOT NULL,
    "data" BLOB NOT NULL,
    CONSTRAINT "PK_audit_text_pages" PRIMARY KEY ("journal_id", "first_seq", "page")
);

INSERT INTO "audit_text_runs" ("journal_id", "first_seq", "last_seq", "block_rows", "earliest", "latest")
  SELECT "journal_id", "seq" - ("seq" - 1) % 4096 AS "first", max("seq"), 16, min("timestamp"), max("timestamp")
  FROM "audit_events"
  WHERE NOT EXISTS (SELECT 1 FROM "audit_text_runs")
  GROUP BY "journal_id", "first";
