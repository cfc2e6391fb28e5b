-- Indexes by which each filter of the audit log is read in the order of the answers, and one for the list of jobs.
-- The index of the texts: audit_text has the trigrams of messages and details and nothing else of them. An FTS5 index gives what it finds in
-- the order of its row ids and cannot sort. Hence these are places in time, in units of 6.4 µs: a place is never before the event's time, and
-- after it only by its lag, where that place was taken. audit_text_order has the row of each place. Whoever inserts rows adds them to both,
-- because FTS5 writes a segment at every statement of a trigger. When rows are deleted, whoever does it, they are deleted from both.

DROP INDEX "IX_audit_events_trace_id";

CREATE INDEX "IX_jobs_first_at_job_id" ON "jobs" ("first_at", "job_id");

CREATE INDEX "IX_audit_events_instance_timestamp_journal_id_seq" ON "audit_events" ("instance", "timestamp", "journal_id", "seq");

CREATE INDEX "IX_audit_events_source_ip_timestamp_journal_id_seq" ON "audit_events" ("source_ip", "timestamp", "journal_id", "seq");

CREATE INDEX "IX_audit_events_trace_id_timestamp_journal_id_seq" ON "audit_events" ("trace_id", "timestamp", "journal_id", "seq");

CREATE VIRTUAL TABLE audit_text USING fts5 (message, details, content='', contentless_delete=1, detail=none, tokenize='trigram');

CREATE TABLE audit_text_order (place INTEGER NOT NULL PRIMARY KEY, lag INTEGER NOT NULL, row_id INTEGER NOT NULL);

CREATE INDEX audit_text_order_lag ON audit_text_order (lag) WHERE lag > 0;

INSERT INTO audit_text_order (place, lag, row_id)
  SELECT place, place - first, row_id
  FROM (
    SELECT row_id, first, number + max(first - number) OVER (ORDER BY number) AS place
    FROM (
      SELECT row_id, row_number() OVER (ORDER BY timestamp, journal_id, seq) AS number, ((unixepoch(substr(timestamp, 1, 19)) + 62135596800) * 10000000 + CAST(substr(timestamp, 21, 7) AS INTEGER)) >> 6 AS first
      FROM audit_events))
  WHERE NOT EXISTS (SELECT 1 FROM audit_text_order);

INSERT INTO audit_text (rowid, message, details)
  SELECT o.place, e.message, e.details
  FROM audit_text_order AS o
  JOIN audit_events AS e ON e.row_id = o.row_id
  WHERE NOT EXISTS (SELECT 1 FROM audit_text_docsize)
  ORDER BY o.place;

CREATE TRIGGER audit_text_delete AFTER DELETE ON audit_events BEGIN
  DELETE FROM audit_text WHERE rowid IN (SELECT place FROM audit_text_order WHERE row_id = old.row_id AND place BETWEEN ((unixepoch(substr(old.timestamp, 1, 19)) + 62135596800) * 10000000 + CAST(substr(old.timestamp, 21, 7) AS INTEGER)) >> 6 AND (((unixepoch(substr(old.timestamp, 1, 19)) + 62135596800) * 10000000 + CAST(substr(old.timestamp, 21, 7) AS INTEGER)) >> 6) + coalesce((SELECT max(lag) FROM audit_text_order WHERE lag > 0), 0));
  DELETE FROM audit_text_order WHERE row_id = old.row_id AND place BETWEEN ((unixepoch(substr(old.timestamp, 1, 19)) + 62135596800) * 10000000 + CAST(substr(old.timestamp, 21, 7) AS INTEGER)) >> 6 AND (((unixepoch(substr(old.timestamp, 1, 19)) + 62135596800) * 10000000 + CAST(substr(old.timestamp, 21, 7) AS INTEGER)) >> 6) + coalesce((SELECT max(lag) FROM audit_text_order WHERE lag > 0), 0);
END;
