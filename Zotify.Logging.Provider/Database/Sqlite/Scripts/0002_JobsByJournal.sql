CREATE INDEX "IX_job_logs_job_id_journal_id_seq" ON "job_logs" ("job_id", "journal_id", "seq");
