CREATE INDEX "IX_jobs_last_at" ON "jobs" ("last_at");

CREATE INDEX "IX_jobs_ended_at_job_id" ON "jobs" ("ended_at", "job_id");
