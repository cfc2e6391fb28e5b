-- The newest audit events
SELECT TOP (@p0 /* up to 100 */) e.row_id, e.journal_id, e.seq, e.id, e.timestamp, e.event_type, e.user_id, e.source_ip, e.level, e.category, e.event_id, e.message, e.details, e.scope, e.exception, e.trace_id, e.span_id, e.instance, e.key_id, e.hash
FROM audit_events AS e

ORDER BY e.timestamp DESC, e.journal_id DESC, e.seq DESC

-- The next page of a user's
SELECT TOP (@p2 /* up to 100 */) e.* FROM (
SELECT p0.* FROM (
SELECT TOP (@p2 /* up to 100 */) e.row_id, e.journal_id, e.seq, e.id, e.timestamp, e.event_type, e.user_id, e.source_ip, e.level, e.category, e.event_id, e.message, e.details, e.scope, e.exception, e.trace_id, e.span_id, e.instance, e.key_id, e.hash
FROM audit_events AS e
WHERE (e.user_id = @p6 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(e.user_id) = DATALENGTH(@p6))
  AND ((e.event_type = @p0 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(e.event_type) = DATALENGTH(@p0)) OR CHARINDEX(@p1, e.event_type) = 1)
  AND e.timestamp < @p3
ORDER BY e.timestamp DESC, e.journal_id DESC, e.seq DESC) AS p0
UNION ALL
SELECT p1.* FROM (
SELECT TOP (@p2 /* up to 100 */) e.row_id, e.journal_id, e.seq, e.id, e.timestamp, e.event_type, e.user_id, e.source_ip, e.level, e.category, e.event_id, e.message, e.details, e.scope, e.exception, e.trace_id, e.span_id, e.instance, e.key_id, e.hash
FROM audit_events AS e
WHERE (e.user_id = @p7 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(e.user_id) = DATALENGTH(@p7))
  AND ((e.event_type = @p0 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(e.event_type) = DATALENGTH(@p0)) OR CHARINDEX(@p1, e.event_type) = 1)
  AND e.timestamp = @p3 AND e.journal_id < @p4
ORDER BY e.timestamp DESC, e.journal_id DESC, e.seq DESC) AS p1
UNION ALL
SELECT p2.* FROM (
SELECT TOP (@p2 /* up to 100 */) e.row_id, e.journal_id, e.seq, e.id, e.timestamp, e.event_type, e.user_id, e.source_ip, e.level, e.category, e.event_id, e.message, e.details, e.scope, e.exception, e.trace_id, e.span_id, e.instance, e.key_id, e.hash
FROM audit_events AS e
WHERE (e.user_id = @p8 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(e.user_id) = DATALENGTH(@p8))
  AND ((e.event_type = @p0 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(e.event_type) = DATALENGTH(@p0)) OR CHARINDEX(@p1, e.event_type) = 1)
  AND e.timestamp = @p3 AND e.journal_id = @p4 AND e.seq < @p5
ORDER BY e.timestamp DESC, e.journal_id DESC, e.seq DESC) AS p2) AS e
ORDER BY e.timestamp DESC, e.journal_id DESC, e.seq DESC

-- The newest of two types
SELECT TOP (@p0 /* up to 100 */) e.* FROM (
SELECT p0.* FROM (
SELECT TOP (@p0 /* up to 100 */) e.row_id, e.journal_id, e.seq, e.id, e.timestamp, e.event_type, e.user_id, e.source_ip, e.level, e.category, e.event_id, e.message, e.details, e.scope, e.exception, e.trace_id, e.span_id, e.instance, e.key_id, e.hash
FROM audit_events AS e
WHERE (e.event_type = @p1 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(e.event_type) = DATALENGTH(@p1))
ORDER BY e.timestamp DESC, e.journal_id DESC, e.seq DESC) AS p0
UNION ALL
SELECT p1.* FROM (
SELECT TOP (@p0 /* up to 100 */) e.row_id, e.journal_id, e.seq, e.id, e.timestamp, e.event_type, e.user_id, e.source_ip, e.level, e.category, e.event_id, e.message, e.details, e.scope, e.exception, e.trace_id, e.span_id, e.instance, e.key_id, e.hash
FROM audit_events AS e
WHERE (e.event_type = @p2 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(e.event_type) = DATALENGTH(@p2))
ORDER BY e.timestamp DESC, e.journal_id DESC, e.seq DESC) AS p1) AS e
ORDER BY e.timestamp DESC, e.journal_id DESC, e.seq DESC

-- Every filter
SELECT TOP (@p7 /* up to 100 */) e.row_id, e.journal_id, e.seq, e.id, e.timestamp, e.event_type, e.user_id, e.source_ip, e.level, e.category, e.event_id, e.message, e.details, e.scope, e.exception, e.trace_id, e.span_id, e.instance, e.key_id, e.hash
FROM audit_events AS e
WHERE (e.trace_id = @p8 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(e.trace_id) = DATALENGTH(@p8))
  AND e.timestamp >= @p0
  AND e.timestamp < @p1
  AND (e.user_id IN (@p2 COLLATE Latin1_General_100_BIN2, @p3 COLLATE Latin1_General_100_BIN2) AND CONCAT(e.user_id, N'.') IN (CONCAT(@p2, N'.') COLLATE Latin1_General_100_BIN2, CONCAT(@p3, N'.') COLLATE Latin1_General_100_BIN2))
  AND (e.source_ip = @p4 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(e.source_ip) = DATALENGTH(@p4))
  AND (e.event_type = @p5 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(e.event_type) = DATALENGTH(@p5))
  AND (e.instance = @p6 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(e.instance) = DATALENGTH(@p6))
ORDER BY e.timestamp ASC, e.journal_id ASC, e.seq ASC

-- The ids of a page's journals
SELECT j.id, j.journal FROM journals AS j WHERE j.id IN (@p0, @p1)

-- A page of a job
SELECT TOP (@p1 /* up to 100 */) l.id, l.journal_id, l.seq, l.job_id, l.instance, l.timestamp, l.level, l.category, l.event_id, l.event_name, l.message, l.exception, l.properties, l.progress_done, l.progress_total, l.trace_id, l.span_id
FROM job_logs AS l
WHERE l.job_id = @p0
  AND l.journal_id = @p2 AND l.seq > @p3
ORDER BY l.seq

-- A page of a job of two journals, filtered
SELECT TOP (@p7 /* up to 100 */) l.* FROM (
SELECT p0.* FROM (
SELECT TOP (@p7 /* up to 100 */) l.id, l.journal_id, l.seq, l.job_id, l.instance, l.timestamp, l.level, l.category, l.event_id, l.event_name, l.message, l.exception, l.properties, l.progress_done, l.progress_total, l.trace_id, l.span_id
FROM job_logs AS l
WHERE l.job_id = @p0
  AND (l.level IN (@p1 COLLATE Latin1_General_100_BIN2, @p2 COLLATE Latin1_General_100_BIN2, @p3 COLLATE Latin1_General_100_BIN2, @p4 COLLATE Latin1_General_100_BIN2) AND CONCAT(l.level, N'.') IN (CONCAT(@p1, N'.') COLLATE Latin1_General_100_BIN2, CONCAT(@p2, N'.') COLLATE Latin1_General_100_BIN2, CONCAT(@p3, N'.') COLLATE Latin1_General_100_BIN2, CONCAT(@p4, N'.') COLLATE Latin1_General_100_BIN2))
  AND l.timestamp >= @p5
  AND l.timestamp < @p6
  AND l.journal_id = @p8 AND l.seq > @p9
ORDER BY l.seq) AS p0
UNION ALL
SELECT p1.* FROM (
SELECT TOP (@p7 /* up to 100 */) l.id, l.journal_id, l.seq, l.job_id, l.instance, l.timestamp, l.level, l.category, l.event_id, l.event_name, l.message, l.exception, l.properties, l.progress_done, l.progress_total, l.trace_id, l.span_id
FROM job_logs AS l
WHERE l.job_id = @p0
  AND (l.level IN (@p1 COLLATE Latin1_General_100_BIN2, @p2 COLLATE Latin1_General_100_BIN2, @p3 COLLATE Latin1_General_100_BIN2, @p4 COLLATE Latin1_General_100_BIN2) AND CONCAT(l.level, N'.') IN (CONCAT(@p1, N'.') COLLATE Latin1_General_100_BIN2, CONCAT(@p2, N'.') COLLATE Latin1_General_100_BIN2, CONCAT(@p3, N'.') COLLATE Latin1_General_100_BIN2, CONCAT(@p4, N'.') COLLATE Latin1_General_100_BIN2))
  AND l.timestamp >= @p5
  AND l.timestamp < @p6
  AND l.journal_id = @p10 AND l.seq > @p11
ORDER BY l.seq) AS p1) AS l
ORDER BY l.id

-- The tail of a job
SELECT TOP (@p1 /* up to 100 */) l.* FROM (
SELECT TOP (@p2 /* up to 10 */) l.id, l.journal_id, l.seq, l.job_id, l.instance, l.timestamp, l.level, l.category, l.event_id, l.event_name, l.message, l.exception, l.properties, l.progress_done, l.progress_total, l.trace_id, l.span_id
FROM job_logs AS l
WHERE l.job_id = @p0
  AND l.journal_id = @p3 AND l.seq > @p4
ORDER BY l.seq DESC) AS l
ORDER BY l.id

-- The tail of a job of two journals
SELECT TOP (@p1 /* up to 100 */) l.* FROM (
SELECT TOP (@p2 /* up to 10 */) l.* FROM (
SELECT p0.* FROM (
SELECT TOP (@p2 /* up to 10 */) l.id, l.journal_id, l.seq, l.job_id, l.instance, l.timestamp, l.level, l.category, l.event_id, l.event_name, l.message, l.exception, l.properties, l.progress_done, l.progress_total, l.trace_id, l.span_id
FROM job_logs AS l
WHERE l.job_id = @p0
  AND l.journal_id = @p3 AND l.seq > @p4
ORDER BY l.seq DESC) AS p0
UNION ALL
SELECT p1.* FROM (
SELECT TOP (@p2 /* up to 10 */) l.id, l.journal_id, l.seq, l.job_id, l.instance, l.timestamp, l.level, l.category, l.event_id, l.event_name, l.message, l.exception, l.properties, l.progress_done, l.progress_total, l.trace_id, l.span_id
FROM job_logs AS l
WHERE l.job_id = @p0
  AND l.journal_id = @p5 AND l.seq > @p6
ORDER BY l.seq DESC) AS p1) AS l
ORDER BY l.id DESC) AS l
ORDER BY l.id

-- The newest jobs
SELECT TOP (@p0 /* up to 100 */) j.job_id, j.job_type, j.status, j.instance, j.progress_done, j.progress_total, j.progress_at, j.entries, j.warnings, j.errors, j.first_at, j.last_at, j.ended_at, j.last_message
FROM jobs AS j

ORDER BY j.first_at DESC, j.job_id DESC

-- The next page of jobs, every filter
SELECT TOP (@p5 /* up to 100 */) j.* FROM (
SELECT p0.* FROM (
SELECT TOP (@p5 /* up to 100 */) j.job_id, j.job_type, j.status, j.instance, j.progress_done, j.progress_total, j.progress_at, j.entries, j.warnings, j.errors, j.first_at, j.last_at, j.ended_at, j.last_message
FROM jobs AS j
WHERE (j.job_type = @p0 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(j.job_type) = DATALENGTH(@p0))
  AND j.last_at >= @p1
  AND j.first_at < @p2
  AND (j.status IN (@p3 COLLATE Latin1_General_100_BIN2, @p4 COLLATE Latin1_General_100_BIN2) AND CONCAT(j.status, N'.') IN (CONCAT(@p3, N'.') COLLATE Latin1_General_100_BIN2, CONCAT(@p4, N'.') COLLATE Latin1_General_100_BIN2))
  AND j.first_at < @p7
ORDER BY j.first_at DESC, j.job_id DESC) AS p0
UNION ALL
SELECT p1.* FROM (
SELECT TOP (@p5 /* up to 100 */) j.job_id, j.job_type, j.status, j.instance, j.progress_done, j.progress_total, j.progress_at, j.entries, j.warnings, j.errors, j.first_at, j.last_at, j.ended_at, j.last_message
FROM jobs AS j
WHERE (j.job_type = @p0 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(j.job_type) = DATALENGTH(@p0))
  AND j.last_at >= @p1
  AND j.first_at < @p2
  AND (j.status IN (@p3 COLLATE Latin1_General_100_BIN2, @p4 COLLATE Latin1_General_100_BIN2) AND CONCAT(j.status, N'.') IN (CONCAT(@p3, N'.') COLLATE Latin1_General_100_BIN2, CONCAT(@p4, N'.') COLLATE Latin1_General_100_BIN2))
  AND j.first_at = @p7 AND j.job_id < @p6
ORDER BY j.first_at DESC, j.job_id DESC) AS p1) AS j
ORDER BY j.first_at DESC, j.job_id DESC

-- The next page of jobs by their end
SELECT TOP (@p0 /* up to 100 */) j.* FROM (
SELECT p0.* FROM (
SELECT TOP (@p0 /* up to 100 */) j.job_id, j.job_type, j.status, j.instance, j.progress_done, j.progress_total, j.progress_at, j.entries, j.warnings, j.errors, j.first_at, j.last_at, j.ended_at, j.last_message
FROM jobs AS j
WHERE j.ended_at < @p2
ORDER BY j.ended_at DESC, j.job_id DESC) AS p0
UNION ALL
SELECT p1.* FROM (
SELECT TOP (@p0 /* up to 100 */) j.job_id, j.job_type, j.status, j.instance, j.progress_done, j.progress_total, j.progress_at, j.entries, j.warnings, j.errors, j.first_at, j.last_at, j.ended_at, j.last_message
FROM jobs AS j
WHERE j.ended_at = @p2 AND j.job_id < @p1
ORDER BY j.ended_at DESC, j.job_id DESC) AS p1
UNION ALL
SELECT p2.* FROM (
SELECT TOP (@p0 /* up to 100 */) j.job_id, j.job_type, j.status, j.instance, j.progress_done, j.progress_total, j.progress_at, j.entries, j.warnings, j.errors, j.first_at, j.last_at, j.ended_at, j.last_message
FROM jobs AS j
WHERE j.ended_at IS NULL
ORDER BY j.ended_at DESC, j.job_id DESC) AS p2) AS j
ORDER BY j.ended_at DESC, j.job_id DESC

-- The next page of jobs by their end
SELECT TOP (@p0 /* up to 100 */) j.job_id, j.job_type, j.status, j.instance, j.progress_done, j.progress_total, j.progress_at, j.entries, j.warnings, j.errors, j.first_at, j.last_at, j.ended_at, j.last_message
FROM jobs AS j
WHERE j.ended_at IS NULL AND j.job_id < @p1
ORDER BY j.ended_at DESC, j.job_id DESC

-- The newest events of ranges
SELECT TOP (@p2 /* up to 100 */) e.row_id, e.journal_id, e.seq, e.id, e.timestamp, e.event_type, e.user_id, e.source_ip, e.level, e.category, e.event_id, e.message, e.details, e.scope, e.exception, e.trace_id, e.span_id, e.instance, e.key_id, e.hash
FROM (SELECT journal_id, first_seq, last_seq FROM OPENJSON(@p0) WITH (journal_id bigint, first_seq bigint, last_seq bigint) AS given) AS k
INNER LOOP JOIN audit_events AS e
  ON e.journal_id = k.journal_id AND e.seq >= k.first_seq AND e.seq <= k.last_seq
WHERE (e.user_id = @p1 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(e.user_id) = DATALENGTH(@p1))
ORDER BY e.timestamp DESC, e.journal_id DESC, e.seq DESC

-- Pages of the index of the texts
SELECT p.journal_id, p.first_seq, p.page, p.data
FROM (SELECT journal_id, first_seq, page FROM OPENJSON(@p0) WITH (journal_id bigint, first_seq bigint, page bigint) AS given) AS k
INNER LOOP JOIN audit_text_pages AS p
  ON p.journal_id = k.journal_id AND p.first_seq = k.first_seq AND p.page = k.page

-- Which jobs have ended
SELECT j.job_id FROM jobs AS j WHERE j.job_id IN (SELECT given.value COLLATE Latin1_General_100_BIN2 FROM OPENJSON(@p0) WITH (value nvarchar(4000) '$') AS given)
  AND j.status <> @p1

-- A subscriber of a job reads its journals
SELECT TOP (1) l.journal_id, l.seq FROM job_logs AS l WHERE l.job_id = @p0
  AND l.journal_id < @p1
ORDER BY l.journal_id DESC, l.seq DESC

-- A stream of a job begins after a position, with a tail
SELECT j.id, j.seq FROM journals AS j
SELECT j.job_id, j.job_type, j.status, j.instance, j.progress_done, j.progress_total, j.progress_at, j.entries, j.warnings, j.errors, j.first_at, j.last_at, j.ended_at, j.last_message
FROM jobs AS j
WHERE j.job_id = @p0
SELECT COALESCE(SUM(CAST(1 AS bigint)), 0)
FROM job_logs AS l
WHERE l.job_id = @p0 AND l.journal_id = @p1 AND l.seq > @p2
SELECT j.job_id, j.job_type, j.status, j.instance, j.progress_done, j.progress_total, j.progress_at, j.entries, j.warnings, j.errors, j.first_at, j.last_at, j.ended_at, j.last_message
FROM jobs AS j
WHERE j.job_id = @p0
SELECT TOP (1) 1 FROM job_logs AS l WHERE l.job_id = @p0
  AND l.journal_id = @p1
  AND l.seq <= @p2
ORDER BY l.seq
SELECT f.journal_id, MIN(f.seq) FROM (
SELECT TOP (@p1 /* up to 10 */) l.* FROM (
SELECT TOP (@p2 /* up to 10 */) l.* FROM (
SELECT p0.* FROM (
SELECT TOP (@p2 /* up to 10 */) l.id, l.journal_id, l.seq, l.job_id, l.instance, l.timestamp, l.level, l.category, l.event_id, l.event_name, l.message, l.exception, l.properties, l.progress_done, l.progress_total, l.trace_id, l.span_id
FROM job_logs AS l
WHERE l.job_id = @p0
  AND l.journal_id = @p3 AND l.seq > @p4
ORDER BY l.seq DESC) AS p0
UNION ALL
SELECT p1.* FROM (
SELECT TOP (@p2 /* up to 10 */) l.id, l.journal_id, l.seq, l.job_id, l.instance, l.timestamp, l.level, l.category, l.event_id, l.event_name, l.message, l.exception, l.properties, l.progress_done, l.progress_total, l.trace_id, l.span_id
FROM job_logs AS l
WHERE l.job_id = @p0
  AND l.journal_id = @p5 AND l.seq > @p6
ORDER BY l.seq DESC) AS p1) AS l
ORDER BY l.id DESC) AS l
ORDER BY l.id) AS f
GROUP BY f.journal_id

-- A stream of audit events begins
SELECT j.id, j.seq FROM journals AS j
SELECT j.id, j.journal,
  (SELECT MIN(e.seq) FROM audit_events AS e WHERE e.journal_id = j.id),
  (SELECT MAX(e.seq) FROM audit_events AS e WHERE e.journal_id = j.id)
FROM journals AS j
SELECT TOP (1) 1 FROM audit_events AS e
WHERE e.event_type = @p0
  AND e.journal_id = @p1
  AND e.category = @p2
ORDER BY e.seq
SELECT f.journal_id, MIN(f.seq) FROM (
SELECT e.journal_id, e.seq FROM audit_events AS e
WHERE e.timestamp >= @p0
  AND (e.user_id = @p1 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(e.user_id) = DATALENGTH(@p1))) AS f
GROUP BY f.journal_id
SELECT f.journal_id, MIN(f.seq) FROM (
SELECT TOP (@p1 /* up to 100 */) e.row_id, e.journal_id, e.seq, e.id, e.timestamp, e.event_type, e.user_id, e.source_ip, e.level, e.category, e.event_id, e.message, e.details, e.scope, e.exception, e.trace_id, e.span_id, e.instance, e.key_id, e.hash
FROM audit_events AS e
WHERE (e.user_id = @p2 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(e.user_id) = DATALENGTH(@p2))
  AND e.timestamp >= @p0
ORDER BY e.timestamp DESC, e.journal_id DESC, e.seq DESC) AS f
GROUP BY f.journal_id
SELECT f.journal_id, MIN(f.seq) FROM (
SELECT TOP (@p2 /* up to 100 */) e.* FROM (
SELECT p0.* FROM (
SELECT TOP (@p2 /* up to 100 */) e.row_id, e.journal_id, e.seq, e.id, e.timestamp, e.event_type, e.user_id, e.source_ip, e.level, e.category, e.event_id, e.message, e.details, e.scope, e.exception, e.trace_id, e.span_id, e.instance, e.key_id, e.hash
FROM audit_events AS e
WHERE e.timestamp >= @p0
  AND (e.user_id = @p1 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(e.user_id) = DATALENGTH(@p1))
  AND e.journal_id = @p3 AND e.seq > @p4
ORDER BY e.seq DESC) AS p0
UNION ALL
SELECT p1.* FROM (
SELECT TOP (@p2 /* up to 100 */) e.row_id, e.journal_id, e.seq, e.id, e.timestamp, e.event_type, e.user_id, e.source_ip, e.level, e.category, e.event_id, e.message, e.details, e.scope, e.exception, e.trace_id, e.span_id, e.instance, e.key_id, e.hash
FROM audit_events AS e
WHERE e.timestamp >= @p0
  AND (e.user_id = @p1 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(e.user_id) = DATALENGTH(@p1))
  AND e.journal_id = @p5 AND e.seq > @p6
ORDER BY e.seq DESC) AS p1) AS e
ORDER BY e.row_id DESC) AS f
GROUP BY f.journal_id

-- And goes on in two journals
SELECT TOP (@p0 /* up to 100 */) e.* FROM (
SELECT p0.* FROM (
SELECT TOP (@p0 /* up to 100 */) e.row_id, e.journal_id, e.seq, e.id, e.timestamp, e.event_type, e.user_id, e.source_ip, e.level, e.category, e.event_id, e.message, e.details, e.scope, e.exception, e.trace_id, e.span_id, e.instance, e.key_id, e.hash
FROM audit_events AS e
WHERE e.journal_id = @p1 AND e.seq > @p2
ORDER BY e.seq) AS p0
UNION ALL
SELECT p1.* FROM (
SELECT TOP (@p0 /* up to 100 */) e.row_id, e.journal_id, e.seq, e.id, e.timestamp, e.event_type, e.user_id, e.source_ip, e.level, e.category, e.event_id, e.message, e.details, e.scope, e.exception, e.trace_id, e.span_id, e.instance, e.key_id, e.hash
FROM audit_events AS e
WHERE e.journal_id = @p3 AND e.seq > @p4
ORDER BY e.seq) AS p1) AS e
ORDER BY e.row_id

-- Looking for what was committed to jobs that are followed
SELECT j.id, j.seq FROM journals AS j
SELECT DISTINCT l.job_id FROM job_logs AS l WHERE l.journal_id = @p0 AND l.seq > @p1 AND l.seq <= @p2

