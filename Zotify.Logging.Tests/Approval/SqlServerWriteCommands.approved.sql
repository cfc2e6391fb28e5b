-- Opening, adding a journal, and moving its cursor
SET NOCOUNT OFF; SET XACT_ABORT ON
IF OBJECT_ID(N'zotify_migrations') IS NOT NULL SELECT [MigrationId] FROM zotify_migrations;
SELECT USER_NAME(),
CASE WHEN OBJECT_ID(N'journals') IS NOT NULL THEN HAS_PERMS_BY_NAME(N'journals', N'OBJECT', N'SELECT') END,
CASE WHEN OBJECT_ID(N'journals') IS NOT NULL THEN HAS_PERMS_BY_NAME(N'journals', N'OBJECT', N'INSERT') END,
CASE WHEN OBJECT_ID(N'journals') IS NOT NULL THEN HAS_PERMS_BY_NAME(N'journals', N'OBJECT', N'UPDATE') END,
CASE WHEN OBJECT_ID(N'audit_events') IS NOT NULL THEN HAS_PERMS_BY_NAME(N'audit_events', N'OBJECT', N'SELECT') END,
CASE WHEN OBJECT_ID(N'audit_events') IS NOT NULL THEN HAS_PERMS_BY_NAME(N'audit_events', N'OBJECT', N'INSERT') END,
CASE WHEN OBJECT_ID(N'audit_counts') IS NOT NULL THEN HAS_PERMS_BY_NAME(N'audit_counts', N'OBJECT', N'SELECT') END,
CASE WHEN OBJECT_ID(N'audit_counts') IS NOT NULL THEN HAS_PERMS_BY_NAME(N'audit_counts', N'OBJECT', N'INSERT') END,
CASE WHEN OBJECT_ID(N'audit_counts') IS NOT NULL THEN HAS_PERMS_BY_NAME(N'audit_counts', N'OBJECT', N'UPDATE') END,
CASE WHEN OBJECT_ID(N'job_logs') IS NOT NULL THEN HAS_PERMS_BY_NAME(N'job_logs', N'OBJECT', N'SELECT') END,
CASE WHEN OBJECT_ID(N'job_logs') IS NOT NULL THEN HAS_PERMS_BY_NAME(N'job_logs', N'OBJECT', N'INSERT') END,
CASE WHEN OBJECT_ID(N'jobs') IS NOT NULL THEN HAS_PERMS_BY_NAME(N'jobs', N'OBJECT', N'SELECT') END,
CASE WHEN OBJECT_ID(N'jobs') IS NOT NULL THEN HAS_PERMS_BY_NAME(N'jobs', N'OBJECT', N'INSERT') END,
CASE WHEN OBJECT_ID(N'jobs') IS NOT NULL THEN HAS_PERMS_BY_NAME(N'jobs', N'OBJECT', N'UPDATE') END,
CASE WHEN OBJECT_ID(N'instances') IS NOT NULL THEN HAS_PERMS_BY_NAME(N'instances', N'OBJECT', N'SELECT') END,
CASE WHEN OBJECT_ID(N'instances') IS NOT NULL THEN HAS_PERMS_BY_NAME(N'instances', N'OBJECT', N'INSERT') END,
CASE WHEN OBJECT_ID(N'instances') IS NOT NULL THEN HAS_PERMS_BY_NAME(N'instances', N'OBJECT', N'UPDATE') END,
CASE WHEN OBJECT_ID(N'audit_text_runs') IS NOT NULL THEN HAS_PERMS_BY_NAME(N'audit_text_runs', N'OBJECT', N'SELECT') END,
CASE WHEN OBJECT_ID(N'audit_text_runs') IS NOT NULL THEN HAS_PERMS_BY_NAME(N'audit_text_runs', N'OBJECT', N'INSERT') END,
CASE WHEN OBJECT_ID(N'audit_text_runs') IS NOT NULL THEN HAS_PERMS_BY_NAME(N'audit_text_runs', N'OBJECT', N'DELETE') END,
CASE WHEN OBJECT_ID(N'audit_text_pages') IS NOT NULL THEN HAS_PERMS_BY_NAME(N'audit_text_pages', N'OBJECT', N'SELECT') END,
CASE WHEN OBJECT_ID(N'audit_text_pages') IS NOT NULL THEN HAS_PERMS_BY_NAME(N'audit_text_pages', N'OBJECT', N'INSERT') END,
CASE WHEN OBJECT_ID(N'audit_text_pages') IS NOT NULL THEN HAS_PERMS_BY_NAME(N'audit_text_pages', N'OBJECT', N'DELETE') END,
CASE WHEN OBJECT_ID(N'zotify_migrations') IS NOT NULL THEN HAS_PERMS_BY_NAME(N'zotify_migrations', N'OBJECT', N'SELECT') END
SELECT name, compatibility_level, is_read_committed_snapshot_on FROM sys.databases WHERE database_id = DB_ID()
SELECT j.id, j.journal, j.instance, j.name, j.seq, j.hash, j.segment, j."offset" FROM journals AS j
WHERE j.journal = @p0
ORDER BY j.id
SELECT j.id, j.journal, j.instance, j.name, j.seq, j.hash, j.segment, j."offset" FROM journals AS j
WHERE j.name = @p0
ORDER BY j.id
DECLARE @result int;
EXEC @result = sp_getapplock @Resource = @name, @LockMode = N'Exclusive', @LockOwner = N'Transaction', @LockTimeout = @timeout;
SELECT @result;
SELECT j.id, j.journal, j.instance, j.name, j.seq, j.hash, j.segment, j."offset" FROM journals AS j
WHERE j.name = @p0
ORDER BY j.id
INSERT INTO journals (journal, instance, name, seq, hash, segment, "offset")
VALUES (@p0, @p1, @p2,
  @p3, @p4, @p5, @p6)
SELECT j.id, j.journal, j.instance, j.name, j.seq, j.hash, j.segment, j."offset" FROM journals AS j
WHERE j.journal = @p0
ORDER BY j.id
SELECT j.id, j.journal, j.instance, j.name, j.seq, j.hash, j.segment, j."offset" FROM journals AS j
WHERE j.name = @p0
ORDER BY j.id
DECLARE @result int;
EXEC @result = sp_getapplock @Resource = @name, @LockMode = N'Exclusive', @LockOwner = N'Transaction', @LockTimeout = @timeout;
SELECT @result;
SELECT j.id, j.journal, j.instance, j.name, j.seq, j.hash, j.segment, j."offset" FROM journals AS j
WHERE j.name = @p0
ORDER BY j.id
UPDATE journals SET seq = @p0, hash = @p1, segment = @p2, "offset" = @p3
WHERE id = @p4 AND journal = @p5 AND seq = @p6 AND hash = @p7

-- Comparing lines with events
SELECT e.seq, e.id FROM audit_events AS e
WHERE e.journal_id = @p0 AND e.seq >= @p1 AND e.seq <= @p2

-- Comparing lines with entries
SELECT l.id, l.journal_id, l.seq, l.job_id, l.instance, l.timestamp, l.level, l.category, l.event_id, l.event_name, l.message, l.exception, l.properties, l.progress_done, l.progress_total, l.trace_id, l.span_id
FROM job_logs AS l
WHERE l.journal_id = @p0
  AND l.seq >= @p1
  AND l.seq <= @p2

-- Counting events
INSERT INTO audit_counts (hour, event_type, count)
SELECT a.hour, a.event_type, 0 FROM (SELECT TOP (100000) r.hour, MIN(r.event_type) AS event_type, SUM(r.count) AS count
FROM (SELECT hour, event_type COLLATE Latin1_General_100_BIN2 AS event_type, count FROM OPENJSON(@s0_rows) WITH (hour datetime2(7), event_type nvarchar(4000), count bigint) AS given) AS r
GROUP BY r.hour, r.event_type
ORDER BY r.hour, r.event_type) AS a
WHERE NOT EXISTS (SELECT 1 FROM audit_counts AS c WHERE c.hour = a.hour AND c.event_type = a.event_type);
UPDATE audit_counts SET count = audit_counts.count + a.count
FROM (SELECT TOP (100000) r.hour, MIN(r.event_type) AS event_type, SUM(r.count) AS count
FROM (SELECT hour, event_type COLLATE Latin1_General_100_BIN2 AS event_type, count FROM OPENJSON(@s1_rows) WITH (hour datetime2(7), event_type nvarchar(4000), count bigint) AS given) AS r
GROUP BY r.hour, r.event_type
ORDER BY r.hour, r.event_type) AS a
WHERE audit_counts.hour = a.hour AND audit_counts.event_type = a.event_type;
DECLARE @changed1 int = @@ROWCOUNT;
IF @changed1 <> (SELECT SUM(1) FROM (SELECT TOP (100000) r.hour, MIN(r.event_type) AS event_type, SUM(r.count) AS count
FROM (SELECT hour, event_type COLLATE Latin1_General_100_BIN2 AS event_type, count FROM OPENJSON(@s1_rows) WITH (hour datetime2(7), event_type nvarchar(4000), count bigint) AS given) AS r
GROUP BY r.hour, r.event_type
ORDER BY r.hour, r.event_type) AS e) THROW 51000, N'Somebody else changed a row.', 1;

-- Reserving jobs
SELECT j.job_id, j.job_type, j.status, j.instance, j.progress_done, j.progress_total, j.progress_at, j.entries, j.warnings, j.errors, j.first_at, j.last_at, j.ended_at, j.last_message
FROM (SELECT TOP (100000) job_id FROM (SELECT given.value COLLATE Latin1_General_100_BIN2 AS job_id FROM OPENJSON(@ids) WITH (value nvarchar(4000) '$') AS given) AS given ORDER BY job_id) AS ids
INNER LOOP JOIN jobs AS j WITH (UPDLOCK, ROWLOCK) ON j.job_id = ids.job_id

-- Adding up three jobs that are known and three that are new
UPDATE jobs SET ended_at = r.ended_at, entries = r.entries, errors = r.errors, first_at = r.first_at, instance = r.instance, job_type = r.job_type, last_at = r.last_at, last_message = r.last_message, progress_at = r.progress_at, progress_done = r.progress_done, progress_total = r.progress_total, status = r.status, warnings = r.warnings
FROM (SELECT job_id COLLATE Latin1_General_100_BIN2 AS job_id, ended_at, entries, errors, first_at, instance COLLATE Latin1_General_100_BIN2 AS instance, job_type COLLATE Latin1_General_100_BIN2 AS job_type, last_at, last_message COLLATE Latin1_General_100_BIN2 AS last_message, progress_at, progress_done, progress_total, status COLLATE Latin1_General_100_BIN2 AS status, warnings, entries_before FROM OPENJSON(@s0_changed) WITH (job_id nvarchar(4000), ended_at datetime2(7), entries bigint, errors bigint, first_at datetime2(7), instance nvarchar(4000), job_type nvarchar(4000), last_at datetime2(7), last_message nvarchar(max), progress_at datetime2(7), progress_done bigint, progress_total bigint, status nvarchar(4000), warnings bigint, entries_before bigint) AS given) AS r
WHERE jobs.job_id = r.job_id AND jobs.entries = r.entries_before;
DECLARE @changed0 int = @@ROWCOUNT;
IF @changed0 <> @expected0 THROW 51000, N'Somebody else changed a row.', 1;
INSERT INTO jobs (job_id, ended_at, entries, errors, first_at, instance, job_type, last_at, last_message, progress_at, progress_done, progress_total, status, warnings)
SELECT job_id, ended_at, entries, errors, first_at, instance, job_type, last_at, last_message, progress_at, progress_done, progress_total, status, warnings FROM (SELECT job_id COLLATE Latin1_General_100_BIN2 AS job_id, ended_at, entries, errors, first_at, instance COLLATE Latin1_General_100_BIN2 AS instance, job_type COLLATE Latin1_General_100_BIN2 AS job_type, last_at, last_message COLLATE Latin1_General_100_BIN2 AS last_message, progress_at, progress_done, progress_total, status COLLATE Latin1_General_100_BIN2 AS status, warnings FROM OPENJSON(@s1_added) WITH (job_id nvarchar(4000), ended_at datetime2(7), entries bigint, errors bigint, first_at datetime2(7), instance nvarchar(4000), job_type nvarchar(4000), last_at datetime2(7), last_message nvarchar(max), progress_at datetime2(7), progress_done bigint, progress_total bigint, status nvarchar(4000), warnings bigint) AS given) AS r;
DECLARE @changed1 int = @@ROWCOUNT;
IF @changed1 <> @expected1 THROW 51000, N'Somebody else changed a row.', 1;

-- Interrupting the jobs of an earlier run
UPDATE jobs SET status = @s0_p3, ended_at = last_at
WHERE ended_at IS NULL
  AND status = @s0_p0
  AND EXISTS (
    SELECT 1 FROM job_logs AS o
    WHERE o.job_id = jobs.job_id AND o.journal_id = @s0_p1 AND o.instance = jobs.instance)
  AND NOT EXISTS (
    SELECT 1 FROM job_logs AS l
    WHERE l.job_id = jobs.job_id AND l.journal_id = @s0_p1 AND l.seq > @s0_p2);
UPDATE jobs SET status = @s1_p3, ended_at = last_at
WHERE instance IN (SELECT i.instance FROM instances AS i)
  AND status = @s1_p0
  AND ended_at > last_at
  AND EXISTS (
    SELECT 1 FROM job_logs AS o
    WHERE o.job_id = jobs.job_id AND o.journal_id = @s1_p1 AND o.instance = jobs.instance)
  AND NOT EXISTS (
    SELECT 1 FROM job_logs AS l
    WHERE l.job_id = jobs.job_id AND l.journal_id = @s1_p1 AND l.seq > @s1_p2);

-- Deleting the events of a journal
SET DEADLOCK_PRIORITY LOW
DECLARE @result int;
EXEC @result = sp_getapplock @Resource = @name, @LockMode = N'Exclusive', @LockOwner = N'Transaction', @LockTimeout = @timeout;
SELECT @result;
SELECT SUM(1), MAX(c.seq), MIN(c.timestamp), MAX(c.timestamp) FROM (
SELECT TOP (@p2 /* up to 1000 */) seq, timestamp FROM audit_events WHERE journal_id = @p0
  AND seq <= @p1
ORDER BY seq) AS c
UPDATE audit_counts SET count = audit_counts.count - gone.count
FROM (SELECT TOP (100000) DATEADD(hour, DATEDIFF(hour, '2000-01-01', timestamp), CAST('2000-01-01' AS datetime2(7))) AS hour, event_type, SUM(CAST(1 AS bigint)) AS count
FROM audit_events WHERE journal_id = @p0
  AND seq <= @p1
  AND seq <= @p2
GROUP BY DATEADD(hour, DATEDIFF(hour, '2000-01-01', timestamp), CAST('2000-01-01' AS datetime2(7))), event_type
ORDER BY hour, event_type) AS gone
WHERE audit_counts.hour = gone.hour AND audit_counts.event_type = gone.event_type
DELETE FROM audit_counts WHERE hour >= @p0 AND hour <= @p1 AND count <= 0
DELETE FROM audit_events WHERE journal_id = @p0
  AND seq <= @p1
  AND seq <= @p2
SELECT MIN(e.seq) FROM audit_events AS e WHERE e.journal_id = @p0
SELECT MAX(r.first_seq), MAX(r.last_seq) FROM audit_text_runs AS r
WHERE r.journal_id = @p0 AND r.first_seq <= @p1 AND r.last_seq < @p2

-- Deleting entries and jobs
SET DEADLOCK_PRIORITY LOW
DECLARE @result int;
EXEC @result = sp_getapplock @Resource = @name, @LockMode = N'Exclusive', @LockOwner = N'Transaction', @LockTimeout = @timeout;
SELECT @result;
DELETE job_logs
FROM (SELECT TOP (@p1 /* up to 1000 */) journal_id, seq FROM job_logs WHERE timestamp < @p0 ORDER BY timestamp) AS oldest
INNER LOOP JOIN job_logs ON job_logs.journal_id = oldest.journal_id AND job_logs.seq = oldest.seq
WHERE job_logs.timestamp < @p0
SET DEADLOCK_PRIORITY LOW
DECLARE @result int;
EXEC @result = sp_getapplock @Resource = @name, @LockMode = N'Exclusive', @LockOwner = N'Transaction', @LockTimeout = @timeout;
SELECT @result;
DELETE jobs
FROM (SELECT TOP (@p1 /* up to 1000 */) job_id FROM jobs WHERE last_at < @p0 ORDER BY last_at) AS oldest
INNER LOOP JOIN jobs ON jobs.job_id = oldest.job_id
WHERE jobs.last_at < @p0
SET DEADLOCK_PRIORITY LOW
DECLARE @result int;
EXEC @result = sp_getapplock @Resource = @name, @LockMode = N'Exclusive', @LockOwner = N'Transaction', @LockTimeout = @timeout;
SELECT @result;
DELETE instances
FROM (SELECT TOP (@p1 /* up to 1000 */) instance FROM instances WHERE seen_at < @p0 ORDER BY seen_at) AS oldest
INNER LOOP JOIN instances ON instances.instance = oldest.instance
WHERE instances.seen_at < @p0

-- Locking
DECLARE @result int;
EXEC @result = sp_getapplock @Resource = @name, @LockMode = N'Exclusive', @LockOwner = N'Transaction', @LockTimeout = @timeout;
SELECT @result;

-- Writing a run of the index of the texts
DELETE FROM audit_text_runs
WHERE journal_id = @s0_p0 AND first_seq >= @s0_p1 AND first_seq <= @s0_p2 AND last_seq <= @s0_p3;
DELETE FROM audit_text_pages
WHERE journal_id = @s1_p0 AND first_seq >= @s1_p1 AND first_seq <= @s1_p2 AND NOT EXISTS (
  SELECT 1 FROM audit_text_runs AS r
  WHERE r.journal_id = audit_text_pages.journal_id AND r.first_seq = audit_text_pages.first_seq);
INSERT INTO audit_text_runs (journal_id, first_seq, last_seq, block_rows, earliest, latest, pages)
VALUES (@s2_p0, @s2_p1, @s2_p2, @s2_p3, @s2_p4, @s2_p5, @s2_p6);
INSERT INTO audit_text_pages (journal_id, first_seq, page, data) VALUES
(@s3_p0, @s3_p1, @s3_p2, @s3_p3),
(@s3_p0, @s3_p1, @s3_p4, @s3_p5),
(@s3_p0, @s3_p1, @s3_p6, @s3_p7);

-- Indexing the texts of rows that were not indexed
SELECT TOP (@p0 /* up to 1 */) r.journal_id, r.first_seq, r.last_seq, r.block_rows, r.earliest, r.latest, r.pages FROM audit_text_runs AS r WHERE r.pages IS NULL
ORDER BY r.latest DESC
SELECT id FROM journals WITH (UPDLOCK, ROWLOCK)
WHERE id = @p0
SELECT first_seq FROM audit_text_runs WITH (UPDLOCK, ROWLOCK)
WHERE journal_id = @p0
  AND first_seq = @p1
  AND last_seq = @p2
  AND pages IS NULL

-- Indexing the last rows of a journal that nobody writes
SELECT TOP (@p0 /* up to 1 */) r.journal_id, r.first_seq, r.last_seq, r.block_rows, r.earliest, r.latest, r.pages FROM audit_text_runs AS r WHERE r.pages IS NULL
ORDER BY r.latest DESC
SELECT MAX(e.timestamp) FROM audit_events AS e
SELECT j.id, j.seq, (SELECT MIN(e.seq) FROM audit_events AS e WHERE e.journal_id = j.id AND e.seq > j.covered)
FROM (
  SELECT id, seq, COALESCE((SELECT MAX(r.last_seq) FROM audit_text_runs AS r WHERE r.journal_id = journals.id), 0) AS covered
  FROM journals WHERE id <> @p0) AS j
WHERE j.seq > j.covered
  AND EXISTS (SELECT 1 FROM audit_events AS e WHERE e.journal_id = j.id AND e.seq > j.covered)
  AND NOT EXISTS (
    SELECT 1 FROM audit_events AS e WHERE e.journal_id = j.id AND e.seq > j.covered AND e.timestamp >= @p1)
ORDER BY j.id
SELECT id FROM journals WITH (UPDLOCK, ROWLOCK)
WHERE id = @p0
SELECT 1 FROM audit_text_runs AS r
WHERE r.journal_id = @p0 AND r.first_seq <= @p1 AND r.last_seq >= @p2
SELECT e.row_id, e.journal_id, e.seq, e.id, e.timestamp, e.event_type, e.user_id, e.source_ip, e.level, e.category, e.event_id, e.message, e.details, e.scope, e.exception, e.trace_id, e.span_id, e.instance, e.key_id, e.hash
FROM audit_events AS e
WHERE e.journal_id = @p0
  AND e.seq >= @p1
  AND e.seq <= @p2
UPDATE audit_text_runs SET last_seq = @s0_p0
WHERE journal_id = @s0_p1 AND first_seq > @s0_p2 AND first_seq < @s0_p3 AND last_seq >= @s0_p4
  AND pages IS NULL;
DELETE FROM audit_text_runs
WHERE journal_id = @s1_p0 AND first_seq >= @s1_p1 AND first_seq <= @s1_p2 AND last_seq <= @s1_p3;
DELETE FROM audit_text_pages
WHERE journal_id = @s2_p0 AND first_seq >= @s2_p1 AND first_seq <= @s2_p2 AND NOT EXISTS (
  SELECT 1 FROM audit_text_runs AS r
  WHERE r.journal_id = audit_text_pages.journal_id AND r.first_seq = audit_text_pages.first_seq);

