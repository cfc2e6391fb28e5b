-- Seeing an instance for the first time, later, and at its stop
UPDATE instances SET started_at = @p0, seen_at = @p1, stopped_at = NULL, version = @p2
WHERE instance = @p3
UPDATE instances SET seen_at = @p0, stopped_at = NULL WHERE instance = @p1
UPDATE jobs SET status = @p0, ended_at = NULL
WHERE instance = @p1 AND status = @p2
  AND ended_at > last_at AND ended_at >= @p3 AND first_at >= @p4
UPDATE instances SET seen_at = @p0, stopped_at = @p1
WHERE instance = @p2 AND started_at = @p3

-- Ending the jobs of one that is gone
SELECT TOP (@p2 /* up to 1000 */) j.job_id, j.job_type, j.instance, i.seen_at
FROM instances AS i JOIN jobs AS j ON j.instance = i.instance
WHERE i.seen_at < @p0
  AND j.status = @p1
ORDER BY j.job_id
UPDATE jobs SET status = @p0, ended_at = @p1
WHERE job_id = @p2 AND instance = @p3 AND status = @p4 AND last_at < @p5
  AND EXISTS (SELECT 1 FROM instances AS i WHERE i.instance = jobs.instance AND i.seen_at < @p6)

-- The instances, the stalled jobs and the overdue types
SELECT i.instance, i.started_at, i.seen_at, i.stopped_at, i.version FROM instances AS i ORDER BY i.instance
SELECT i.instance, SUM(CASE WHEN j.status IS NULL THEN 0 ELSE 1 END)
FROM instances AS i LEFT JOIN jobs AS j ON j.instance = i.instance AND j.status = @p0
GROUP BY i.instance
SELECT i.instance, i.seen_at FROM instances AS i
WHERE (i.seen_at < @p1 OR i.seen_at > @p0)
SELECT TOP (@p2 /* up to 1000 */) j.job_id, j.job_type, j.status, j.instance, j.progress_done, j.progress_total, j.progress_at, j.entries, j.warnings, j.errors, j.first_at, j.last_at, j.ended_at, j.last_message
FROM instances AS i JOIN jobs AS j ON j.instance = i.instance
WHERE j.status = @p0
  AND j.last_at > @p1
ORDER BY j.last_at, j.job_id
SELECT TOP (@p8 /* up to 10 */) j.job_id, j.job_type, j.status, j.instance, j.progress_done, j.progress_total, j.progress_at, j.entries, j.warnings, j.errors, j.first_at, j.last_at, j.ended_at, j.last_message
FROM instances AS i JOIN jobs AS j ON j.instance = i.instance
WHERE j.status = @p0
  AND (j.instance IN (SELECT given.value COLLATE Latin1_General_100_BIN2 FROM OPENJSON(@p1) WITH (value nvarchar(4000) '$') AS given) OR j.last_at < CASE WHEN (j.job_type = @p2 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(j.job_type) = DATALENGTH(@p2)) THEN @p3 WHEN CHARINDEX(@p4, j.job_type) = 1 THEN @p5 WHEN 1 = 1 THEN @p6 ELSE @p7 END)
ORDER BY j.last_at, j.job_id
SELECT TOP (1) j.last_at, j.entries FROM jobs AS j WHERE j.last_at > @p0
  AND j.last_at <= @p1
  AND (j.job_type = @p2 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(j.job_type) = DATALENGTH(@p2))
ORDER BY j.last_at DESC
SELECT TOP (1) j.last_at, j.entries FROM jobs AS j WHERE j.last_at > @p0
  AND (j.job_type = @p1 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(j.job_type) = DATALENGTH(@p1))
ORDER BY j.last_at DESC
SELECT TOP (1) j.last_at, j.entries FROM jobs AS j WHERE j.last_at <= @p0
  AND (j.job_type = @p1 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(j.job_type) = DATALENGTH(@p1))
ORDER BY j.last_at DESC
SELECT TOP (1) j.last_at, j.entries FROM jobs AS j WHERE j.last_at > @p0
  AND (j.job_type = @p1 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(j.job_type) = DATALENGTH(@p1))
ORDER BY j.last_at DESC
SELECT MIN(first_at) FROM jobs UNION ALL SELECT MIN(started_at) FROM instances
SELECT TOP (1) j.last_at, j.entries FROM jobs AS j WHERE j.last_at > @p0
  AND j.last_at <= @p1
  AND CHARINDEX(@p2, j.job_type) = 1
ORDER BY j.last_at DESC
SELECT TOP (1) j.last_at, j.entries FROM jobs AS j WHERE j.last_at > @p0
  AND CHARINDEX(@p1, j.job_type) = 1
ORDER BY j.last_at DESC
SELECT TOP (1) j.last_at, j.entries FROM jobs AS j WHERE j.last_at <= @p0
  AND CHARINDEX(@p1, j.job_type) = 1
ORDER BY j.last_at DESC
SELECT TOP (1) j.last_at, j.entries FROM jobs AS j WHERE j.last_at > @p0
  AND CHARINDEX(@p1, j.job_type) = 1
ORDER BY j.last_at DESC
SELECT MIN(first_at) FROM jobs UNION ALL SELECT MIN(started_at) FROM instances

-- The jobs that are stalled or failed
SELECT i.instance, i.seen_at FROM instances AS i
WHERE (i.seen_at < @p1 OR i.seen_at > @p0)
SELECT TOP (@p2 /* up to 1000 */) j.job_id, j.job_type, j.status, j.instance, j.progress_done, j.progress_total, j.progress_at, j.entries, j.warnings, j.errors, j.first_at, j.last_at, j.ended_at, j.last_message
FROM instances AS i JOIN jobs AS j ON j.instance = i.instance
WHERE j.status = @p0
  AND j.last_at > @p1
ORDER BY j.last_at, j.job_id
SELECT TOP (@p9 /* up to 100 */) j.job_id, j.job_type, j.status, j.instance, j.progress_done, j.progress_total, j.progress_at, j.entries, j.warnings, j.errors, j.first_at, j.last_at, j.ended_at, j.last_message
FROM jobs AS j
WHERE ((j.status = @p8 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(j.status) = DATALENGTH(@p8)) OR (j.status = @p7 AND (j.instance IN (SELECT given.value COLLATE Latin1_General_100_BIN2 FROM OPENJSON(@p0) WITH (value nvarchar(4000) '$') AS given) OR j.last_at < CASE WHEN (j.job_type = @p1 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(j.job_type) = DATALENGTH(@p1)) THEN @p2 WHEN CHARINDEX(@p3, j.job_type) = 1 THEN @p4 WHEN 1 = 1 THEN @p5 ELSE @p6 END)))
ORDER BY j.first_at DESC, j.job_id DESC

