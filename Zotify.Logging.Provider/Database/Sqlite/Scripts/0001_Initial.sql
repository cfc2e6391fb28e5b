CREATE TABLE "audit_counts" (
    "hour" TEXT NOT NULL,
    "event_type" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    CONSTRAINT "PK_audit_counts" PRIMARY KEY ("hour", "event_type")
);

CREATE TABLE "jobs" (
    "job_id" TEXT NOT NULL CONSTRAINT "PK_jobs" PRIMARY KEY,
    "job_type" TEXT NULL,
    "status" TEXT NOT NULL,
    "instance" TEXT NOT NULL,
    "progress_done" INTEGER NULL,
    "progress_total" INTEGER NULL,
    "progress_at" TEXT NULL,
    "entries" INTEGER NOT NULL,
    "warnings" INTEGER NOT NULL,
    "errors" INTEGER NOT NULL,
    "first_at" TEXT NOT NULL,
    "last_at" TEXT NOT NULL,
    "ended_at" TEXT NULL,
    "last_message" TEXT NULL
);

CREATE TABLE "journals" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_journals" PRIMARY KEY AUTOINCREMENT,
    "journal" TEXT NOT NULL,
    "instance" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "segment" INTEGER NOT NULL,
    "offset" INTEGER NOT NULL
);

CREATE TABLE "audit_events" (
    "row_id" INTEGER NOT NULL CONSTRAINT "PK_audit_events" PRIMARY KEY AUTOINCREMENT,
    "journal_id" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "timestamp" TEXT NOT NULL,
    "event_type" TEXT NOT NULL,
    "user_id" TEXT NULL,
    "source_ip" TEXT NULL,
    "level" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "event_id" INTEGER NULL,
    "message" TEXT NULL,
    "details" TEXT NULL,
    "scope" TEXT NULL,
    "exception" TEXT NULL,
    "trace_id" TEXT NULL,
    "span_id" TEXT NULL,
    "instance" TEXT NOT NULL,
    "key_id" TEXT NULL,
    "hash" TEXT NULL,
    CONSTRAINT "FK_audit_events_journals_journal_id" FOREIGN KEY ("journal_id") REFERENCES "journals" ("id") ON DELETE RESTRICT
);

CREATE TABLE "job_logs" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_job_logs" PRIMARY KEY AUTOINCREMENT,
    "journal_id" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "job_id" TEXT NOT NULL,
    "instance" TEXT NOT NULL,
    "timestamp" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "event_id" INTEGER NULL,
    "event_name" TEXT NULL,
    "message" TEXT NULL,
    "exception" TEXT NULL,
    "properties" TEXT NULL,
    "progress_done" INTEGER NULL,
    "progress_total" INTEGER NULL,
    "trace_id" TEXT NULL,
    "span_id" TEXT NULL,
    CONSTRAINT "FK_job_logs_journals_journal_id" FOREIGN KEY ("journal_id") REFERENCES "journals" ("id") ON DELETE RESTRICT
);

CREATE INDEX "IX_audit_events_event_type_timestamp_journal_id_seq" ON "audit_events" ("event_type", "timestamp", "journal_id", "seq");

CREATE INDEX "IX_audit_events_id" ON "audit_events" ("id");

CREATE UNIQUE INDEX "IX_audit_events_journal_id_seq" ON "audit_events" ("journal_id", "seq");

CREATE INDEX "IX_audit_events_timestamp_journal_id_seq" ON "audit_events" ("timestamp", "journal_id", "seq");

CREATE INDEX "IX_audit_events_trace_id" ON "audit_events" ("trace_id");

CREATE INDEX "IX_audit_events_user_id_timestamp_journal_id_seq" ON "audit_events" ("user_id", "timestamp", "journal_id", "seq");

CREATE INDEX "IX_job_logs_job_id_id" ON "job_logs" ("job_id", "id");

CREATE UNIQUE INDEX "IX_job_logs_journal_id_seq" ON "job_logs" ("journal_id", "seq");

CREATE INDEX "IX_job_logs_timestamp" ON "job_logs" ("timestamp");

CREATE INDEX "IX_jobs_instance_status" ON "jobs" ("instance", "status");

CREATE UNIQUE INDEX "IX_journals_journal" ON "journals" ("journal");
