-- The newest audit events
SELECT TOP (@p0) e.row_id, e.journal_id, e.seq, e.id, e.timestamp, e.event_type, e.user_id, e.source_ip, e.level, e.category,
  e.event_id, e.message, e.details, e.scope, e.exception, e.trace_id, e.span_id, e.instance, e.key_id, e.hash
FROM audit_events AS e

ORDER BY e.timestamp DESC, e.journal_id DESC, e.seq DESC

-- The next page of a user's
SELECT TOP (@p5) e.row_id, e.journal_id, e.seq, e.id, e.timestamp, e.event_type, e.user_id, e.source_ip, e.level, e.category,
  e.event_id, e.message, e.details, e.scope, e.exception, e.trace_id, e.span_id, e.instance, e.key_id, e.hash
FROM audit_events AS e
WHERE (e.user_id = @p6 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(e.user_id) = DATALENGTH(@p6))
  AND ((e.event_type = @p0 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(e.event_type) = DATALENGTH(@p0)) OR CHARINDEX(@p1, e.event_type) = 1)
  AND e.timestamp <= @p2
  AND (e.timestamp < @p2 OR e.journal_id < @p3 OR (e.journal_id = @p3 AND e.seq < @p4))
ORDER BY e.timestamp DESC, e.journal_id DESC, e.seq DESC

-- The newest of two types
SELECT TOP (@p0) e.* FROM (
SELECT p0.* FROM (
SELECT TOP (@p0) e.row_id, e.journal_id, e.seq, e.id, e.timestamp, e.event_type, e.user_id, e.source_ip, e.level, e.category,
  e.event_id, e.message, e.details, e.scope, e.exception, e.trace_id, e.span_id, e.instance, e.key_id, e.hash
FROM audit_events AS e
WHERE (e.event_type = @p1 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(e.event_type) = DATALENGTH(@p1))
ORDER BY e.timestamp DESC, e.journal_id DESC, e.seq DESC) AS p0
UNION ALL
SELECT p1.* FROM (
SELECT TOP (@p0) e.row_id, e.journal_id, e.seq, e.id, e.timestamp, e.event_type, e.user_id, e.source_ip, e.level, e.category,
  e.event_id, e.message, e.details, e.scope, e.exception, e.trace_id, e.span_id, e.instance, e.key_id, e.hash
FROM audit_events AS e
WHERE (e.event_type = @p2 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(e.event_type) = DATALENGTH(@p2))
ORDER BY e.timestamp DESC, e.journal_id DESC, e.seq DESC) AS p1) AS e
ORDER BY e.timestamp DESC, e.journal_id DESC, e.seq DESC

-- Every filter
SELECT TOP (@p14) e.row_id, e.journal_id, e.seq, e.id, e.timestamp, e.event_type, e.user_id, e.source_ip, e.level, e.category,
  e.event_id, e.message, e.details, e.scope, e.exception, e.trace_id, e.span_id, e.instance, e.key_id, e.hash
FROM audit_events AS e
WHERE (e.trace_id = @p15 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(e.trace_id) = DATALENGTH(@p15))
  AND e.timestamp >= @p0
  AND e.timestamp < @p1
  AND EXISTS (SELECT 1 FROM OPENJSON(@p2) WITH (value nvarchar(4000) '$') AS given WHERE e.user_id = given.value COLLATE Latin1_General_100_BIN2 AND DATALENGTH(e.user_id) = DATALENGTH(given.value))
  AND (e.source_ip = @p3 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(e.source_ip) = DATALENGTH(@p3))
  AND (e.event_type = @p4 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(e.event_type) = DATALENGTH(@p4))
  AND (e.instance = @p5 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(e.instance) = DATALENGTH(@p5))
  AND EXISTS (SELECT 1 FROM OPENJSON(e.details) AS n0
  WHERE n0.[key] = @p6
  AND ((n0.[type] IN (1, 2, 3) AND n0.[value] = @p7 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(n0.[value]) = DATALENGTH(@p7))
    OR EXISTS (SELECT 1 FROM OPENJSON(IIF(n0.[type] = 4, n0.[value], NULL)) AS element WHERE (element.[type] IN (1, 2, 3) AND element.[value] = @p7 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(element.[value]) = DATALENGTH(@p7)))))
  AND EXISTS (SELECT 1 FROM OPENJSON(e.details) AS n0
  CROSS APPLY OPENJSON(IIF(n0.[type] = 5, n0.[value], NULL)) AS n1
  CROSS APPLY OPENJSON(IIF(n1.[type] = 5, n1.[value], NULL)) AS n2
  WHERE n0.[key] = @p8 AND n1.[key] = @p9 AND n2.[key] = @p10
  AND ((n2.[type] IN (1, 2, 3) AND EXISTS (SELECT 1 FROM OPENJSON(@p11) WITH (value nvarchar(4000) '$') AS given WHERE n2.[value] = given.value COLLATE Latin1_General_100_BIN2 AND DATALENGTH(n2.[value]) = DATALENGTH(given.value)))
    OR EXISTS (SELECT 1 FROM OPENJSON(IIF(n2.[type] = 4, n2.[value], NULL)) AS element WHERE (element.[type] IN (1, 2, 3) AND EXISTS (SELECT 1 FROM OPENJSON(@p11) WITH (value nvarchar(4000) '$') AS given WHERE element.[value] = given.value COLLATE Latin1_General_100_BIN2 AND DATALENGTH(element.[value]) = DATALENGTH(given.value))))))
  AND (UPPER(e.message COLLATE Latin1_General_100_BIN2) LIKE UPPER(@p12 COLLATE Latin1_General_100_BIN2) ESCAPE N'\' OR UPPER(e.details COLLATE Latin1_General_100_BIN2) LIKE UPPER(@p13 COLLATE Latin1_General_100_BIN2) ESCAPE N'\')
ORDER BY e.timestamp ASC, e.journal_id ASC, e.seq ASC

-- The ids of a page's journals
SELECT j.id, j.journal FROM journals AS j WHERE j.id IN (@p0, @p1)

-- A page of a job
SELECT TOP (@p1) l.* FROM job_logs AS l
WHERE l.job_id = @p0
  AND l.journal_id = @p2 AND l.seq > @p3
ORDER BY l.seq

-- A page of a job of two journals, filtered
SELECT TOP (@p6) l.* FROM (
SELECT p0.* FROM (
SELECT TOP (@p6) l.* FROM job_logs AS l
WHERE l.job_id = @p0
  AND EXISTS (SELECT 1 FROM OPENJSON(@p1) WITH (value nvarchar(4000) '$') AS given WHERE l.level = given.value COLLATE Latin1_General_100_BIN2 AND DATALENGTH(l.level) = DATALENGTH(given.value))
  AND l.timestamp >= @p2
  AND l.timestamp < @p3
  AND UPPER(l.message COLLATE Latin1_General_100_BIN2) LIKE UPPER(@p4 COLLATE Latin1_General_100_BIN2) ESCAPE N'\'
  AND UPPER(l.message COLLATE Latin1_General_100_BIN2) LIKE UPPER(@p5 COLLATE Latin1_General_100_BIN2) ESCAPE N'\'
  AND l.journal_id = @p7 AND l.seq > @p8
ORDER BY l.seq) AS p0
UNION ALL
SELECT p1.* FROM (
SELECT TOP (@p6) l.* FROM job_logs AS l
WHERE l.job_id = @p0
  AND EXISTS (SELECT 1 FROM OPENJSON(@p1) WITH (value nvarchar(4000) '$') AS given WHERE l.level = given.value COLLATE Latin1_General_100_BIN2 AND DATALENGTH(l.level) = DATALENGTH(given.value))
  AND l.timestamp >= @p2
  AND l.timestamp < @p3
  AND UPPER(l.message COLLATE Latin1_General_100_BIN2) LIKE UPPER(@p4 COLLATE Latin1_General_100_BIN2) ESCAPE N'\'
  AND UPPER(l.message COLLATE Latin1_General_100_BIN2) LIKE UPPER(@p5 COLLATE Latin1_General_100_BIN2) ESCAPE N'\'
  AND l.journal_id = @p9 AND l.seq > @p10
ORDER BY l.seq) AS p1) AS l
ORDER BY l.id

-- The tail of a job
SELECT TOP (@p1) l.* FROM (
SELECT TOP (@p2) l.* FROM job_logs AS l
WHERE l.job_id = @p0
  AND l.journal_id = @p3 AND l.seq > @p4
ORDER BY l.seq DESC) AS l
ORDER BY l.id

-- The tail of a job of two journals
SELECT TOP (@p1) l.* FROM (
SELECT TOP (@p2) l.* FROM (
SELECT p0.* FROM (
SELECT TOP (@p2) l.* FROM job_logs AS l
WHERE l.job_id = @p0
  AND l.journal_id = @p3 AND l.seq > @p4
ORDER BY l.seq DESC) AS p0
UNION ALL
SELECT p1.* FROM (
SELECT TOP (@p2) l.* FROM job_logs AS l
WHERE l.job_id = @p0
  AND l.journal_id = @p5 AND l.seq > @p6
ORDER BY l.seq DESC) AS p1) AS l
ORDER BY l.id DESC) AS l
ORDER BY l.id

-- The newest jobs
SELECT TOP (@p0) j.* FROM jobs AS j

ORDER BY j.first_at DESC, j.job_id DESC

-- The next page of jobs, every filter
SELECT TOP (@p8) j.* FROM jobs AS j
WHERE EXISTS (SELECT 1 FROM OPENJSON(@p0) WITH (value nvarchar(4000) '$') AS given WHERE j.status = given.value COLLATE Latin1_General_100_BIN2 AND DATALENGTH(j.status) = DATALENGTH(given.value))
  AND (j.job_type = @p1 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(j.job_type) = DATALENGTH(@p1))
  AND j.last_at >= @p2
  AND j.first_at < @p3
  AND (UPPER(j.job_id COLLATE Latin1_General_100_BIN2) LIKE UPPER(@p4 COLLATE Latin1_General_100_BIN2) ESCAPE N'\' OR UPPER(j.job_type COLLATE Latin1_General_100_BIN2) LIKE UPPER(@p4 COLLATE Latin1_General_100_BIN2) ESCAPE N'\' OR UPPER(j.last_message COLLATE Latin1_General_100_BIN2) LIKE UPPER(@p4 COLLATE Latin1_General_100_BIN2) ESCAPE N'\')
  AND (UPPER(j.job_id COLLATE Latin1_General_100_BIN2) LIKE UPPER(@p5 COLLATE Latin1_General_100_BIN2) ESCAPE N'\' OR UPPER(j.job_type COLLATE Latin1_General_100_BIN2) LIKE UPPER(@p5 COLLATE Latin1_General_100_BIN2) ESCAPE N'\' OR UPPER(j.last_message COLLATE Latin1_General_100_BIN2) LIKE UPPER(@p5 COLLATE Latin1_General_100_BIN2) ESCAPE N'\')
  AND j.first_at <= @p6
  AND (j.first_at < @p6 OR j.job_id < @p7)
ORDER BY j.first_at DESC, j.job_id DESC

-- Which jobs have ended
SELECT [z].[job_id]
FROM (
    SELECT j.* FROM jobs AS j WHERE j.job_id IN (SELECT given.value COLLATE Latin1_General_100_BIN2 FROM OPENJSON(@ids) WITH (value nvarchar(4000) '$') AS given)
) AS [z]
WHERE [z].[status] <> N'running'

-- A follower of a job looks for its journals
SELECT TOP(1) [j].[journal_id] AS [JournalId], [j].[seq] AS [Seq]
FROM [job_logs] AS [j]
WHERE [j].[job_id] = @jobId AND [j].[journal_id] < @before
ORDER BY [j].[journal_id] DESC, [j].[seq] DESC

-- A stream of a job begins after a place, with a tail
SELECT [j].[id] AS [Id], [j].[seq] AS [Seq]
FROM [journals] AS [j]
SELECT TOP(2) [j].[job_id], [j].[ended_at], [j].[entries], [j].[errors], [j].[first_at], [j].[instance], [j].[job_type], [j].[last_at], [j].[last_message], [j].[progress_at], [j].[progress_done], [j].[progress_total], [j].[status], [j].[warnings]
FROM [jobs] AS [j]
WHERE [j].[job_id] = @id
SELECT COALESCE(SUM(CAST(1 AS bigint)), CAST(0 AS bigint))
FROM [job_logs] AS [j]
WHERE [j].[job_id] = @_8__locals2_8__locals1_id AND [j].[journal_id] = @_8__locals2_journal AND [j].[seq] > @seq
SELECT TOP(2) [j].[job_id], [j].[ended_at], [j].[entries], [j].[errors], [j].[first_at], [j].[instance], [j].[job_type], [j].[last_at], [j].[last_message], [j].[progress_at], [j].[progress_done], [j].[progress_total], [j].[status], [j].[warnings]
FROM [jobs] AS [j]
WHERE [j].[job_id] = @id
SELECT CASE
    WHEN EXISTS (
        SELECT 1
        FROM [job_logs] AS [j]
        WHERE [j].[job_id] = @_8__locals1_id AND [j].[journal_id] = @journal AND [j].[seq] <= @seq) THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END
SELECT f.journal_id AS JournalId, MIN(f.seq) AS Seq FROM (
SELECT TOP (@p1) l.* FROM (
SELECT TOP (@p2) l.* FROM (
SELECT p0.* FROM (
SELECT TOP (@p2) l.* FROM job_logs AS l
WHERE l.job_id = @p0
  AND l.journal_id = @p3 AND l.seq > @p4
ORDER BY l.seq DESC) AS p0
UNION ALL
SELECT p1.* FROM (
SELECT TOP (@p2) l.* FROM job_logs AS l
WHERE l.job_id = @p0
  AND l.journal_id = @p5 AND l.seq > @p6
ORDER BY l.seq DESC) AS p1) AS l
ORDER BY l.id DESC) AS l
ORDER BY l.id) AS f
GROUP BY f.journal_id


-- A stream of audit events begins
SELECT [j].[id] AS [Id], [j].[seq] AS [Seq]
FROM [journals] AS [j]
SELECT [j].[id] AS [Id], [j].[journal] AS [Journal], (
    SELECT TOP(1) [a].[seq]
    FROM [audit_events] AS [a]
    WHERE [a].[journal_id] = [j].[id]
    ORDER BY [a].[seq]) AS [First], (
    SELECT TOP(1) [a0].[seq]
    FROM [audit_events] AS [a0]
    WHERE [a0].[journal_id] = [j].[id]
    ORDER BY [a0].[seq] DESC) AS [Last]
FROM [journals] AS [j]
SELECT CASE
    WHEN EXISTS (
        SELECT 1
        FROM [audit_events] AS [a]
        WHERE [a].[event_type] = N'audit.pruned' AND [a].[journal_id] = @JournalId AND [a].[category] = N'Zotify.Logging') THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END
SELECT f.journal_id AS JournalId, MIN(f.seq) AS Seq FROM (
SELECT e.* FROM audit_events AS e
WHERE e.timestamp >= @p0
  AND (e.user_id = @p1 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(e.user_id) = DATALENGTH(@p1))
  AND (UPPER(e.message COLLATE Latin1_General_100_BIN2) LIKE UPPER(@p2 COLLATE Latin1_General_100_BIN2) ESCAPE N'\' OR UPPER(e.details COLLATE Latin1_General_100_BIN2) LIKE UPPER(@p3 COLLATE Latin1_General_100_BIN2) ESCAPE N'\')) AS f
GROUP BY f.journal_id

SELECT f.journal_id AS JournalId, MIN(f.seq) AS Seq FROM (
SELECT TOP (@p3) e.row_id, e.journal_id, e.seq, e.id, e.timestamp, e.event_type, e.user_id, e.source_ip, e.level, e.category,
  e.event_id, e.message, e.details, e.scope, e.exception, e.trace_id, e.span_id, e.instance, e.key_id, e.hash
FROM audit_events AS e
WHERE (e.user_id = @p4 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(e.user_id) = DATALENGTH(@p4))
  AND e.timestamp >= @p0
  AND (UPPER(e.message COLLATE Latin1_General_100_BIN2) LIKE UPPER(@p1 COLLATE Latin1_General_100_BIN2) ESCAPE N'\' OR UPPER(e.details COLLATE Latin1_General_100_BIN2) LIKE UPPER(@p2 COLLATE Latin1_General_100_BIN2) ESCAPE N'\')
ORDER BY e.timestamp DESC, e.journal_id DESC, e.seq DESC) AS f
GROUP BY f.journal_id

SELECT f.journal_id AS JournalId, MIN(f.seq) AS Seq FROM (
SELECT TOP (@p4) e.* FROM (
SELECT p0.* FROM (
SELECT TOP (@p4) e.* FROM audit_events AS e
WHERE e.timestamp >= @p0
  AND (e.user_id = @p1 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(e.user_id) = DATALENGTH(@p1))
  AND (UPPER(e.message COLLATE Latin1_General_100_BIN2) LIKE UPPER(@p2 COLLATE Latin1_General_100_BIN2) ESCAPE N'\' OR UPPER(e.details COLLATE Latin1_General_100_BIN2) LIKE UPPER(@p3 COLLATE Latin1_General_100_BIN2) ESCAPE N'\')
  AND e.journal_id = @p5 AND e.seq > @p6
ORDER BY e.seq DESC) AS p0
UNION ALL
SELECT p1.* FROM (
SELECT TOP (@p4) e.* FROM audit_events AS e
WHERE e.timestamp >= @p0
  AND (e.user_id = @p1 COLLATE Latin1_General_100_BIN2 AND DATALENGTH(e.user_id) = DATALENGTH(@p1))
  AND (UPPER(e.message COLLATE Latin1_General_100_BIN2) LIKE UPPER(@p2 COLLATE Latin1_General_100_BIN2) ESCAPE N'\' OR UPPER(e.details COLLATE Latin1_General_100_BIN2) LIKE UPPER(@p3 COLLATE Latin1_General_100_BIN2) ESCAPE N'\')
  AND e.journal_id = @p7 AND e.seq > @p8
ORDER BY e.seq DESC) AS p1) AS e
ORDER BY e.row_id DESC) AS f
GROUP BY f.journal_id


-- And goes on in two journals
SELECT TOP (@p0) e.* FROM (
SELECT p0.* FROM (
SELECT TOP (@p0) e.* FROM audit_events AS e
WHERE e.journal_id = @p1 AND e.seq > @p2
ORDER BY e.seq) AS p0
UNION ALL
SELECT p1.* FROM (
SELECT TOP (@p0) e.* FROM audit_events AS e
WHERE e.journal_id = @p3 AND e.seq > @p4
ORDER BY e.seq) AS p1) AS e
ORDER BY e.row_id

-- Looking for what was committed to jobs that are followed
SELECT [j].[id] AS [Id], [j].[seq] AS [Seq]
FROM [journals] AS [j]
SELECT DISTINCT [j].[job_id]
FROM [job_logs] AS [j]
WHERE [j].[journal_id] = @_8__locals1_journal AND [j].[seq] > @start AND [j].[seq] <= @_8__locals1_end
SELECT [z].[job_id]
FROM (
    SELECT j.* FROM jobs AS j WHERE j.job_id IN (SELECT given.value COLLATE Latin1_General_100_BIN2 FROM OPENJSON(@ids) WITH (value nvarchar(4000) '$') AS given)
) AS [z]
WHERE [z].[status] <> N'running'

-- Opening, adding a journal, and moving its cursor
SELECT 1
SELECT OBJECT_ID(N'[__EFMigrationsHistory]');
SELECT [MigrationId], [ProductVersion]
FROM [__EFMigrationsHistory]
ORDER BY [MigrationId];
SELECT TOP(2) [j].[id], [j].[hash], [j].[instance], [j].[journal], [j].[name], [j].[offset], [j].[segment], [j].[seq]
FROM [journals] AS [j]
WHERE [j].[journal] = @_journal
SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
INSERT INTO [journals] ([hash], [instance], [journal], [name], [offset], [segment], [seq])
OUTPUT INSERTED.[id]
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6);

UPDATE [j]
SET [j].[seq] = @p,
    [j].[hash] = @p3,
    [j].[segment] = @p4,
    [j].[offset] = @p5
FROM [journals] AS [j]
WHERE [j].[id] = @id AND [j].[seq] = @old

-- Counting events
UPDATE [a]
SET [a].[count] = [a].[count] + @p
FROM [audit_counts] AS [a]
WHERE [a].[hour] = @hour AND [a].[event_type] = @eventType

-- Reserving jobs
UPDATE jobs SET entries = entries WHERE job_id IN (SELECT given.value COLLATE Latin1_General_100_BIN2 FROM OPENJSON(@ids) WITH (value nvarchar(4000) '$') AS given)

-- Adding up three jobs that are known and three that are new
SELECT j.* FROM jobs AS j WHERE j.job_id IN (SELECT given.value COLLATE Latin1_General_100_BIN2 FROM OPENJSON(@ids) WITH (value nvarchar(4000) '$') AS given)

SET NOCOUNT ON;
UPDATE [jobs] SET [entries] = @p0, [job_type] = @p1, [last_message] = @p2
OUTPUT 1
WHERE [job_id] = @p3 AND [entries] = @p4;
UPDATE [jobs] SET [entries] = @p5, [job_type] = @p6, [last_message] = @p7
OUTPUT 1
WHERE [job_id] = @p8 AND [entries] = @p9;
UPDATE [jobs] SET [entries] = @p10, [job_type] = @p11, [last_message] = @p12
OUTPUT 1
WHERE [job_id] = @p13 AND [entries] = @p14;
INSERT INTO [jobs] ([job_id], [ended_at], [entries], [errors], [first_at], [instance], [job_type], [last_at], [last_message], [progress_at], [progress_done], [progress_total], [status], [warnings])
VALUES (@p15, @p16, @p17, @p18, @p19, @p20, @p21, @p22, @p23, @p24, @p25, @p26, @p27, @p28),
(@p29, @p30, @p31, @p32, @p33, @p34, @p35, @p36, @p37, @p38, @p39, @p40, @p41, @p42),
(@p43, @p44, @p45, @p46, @p47, @p48, @p49, @p50, @p51, @p52, @p53, @p54, @p55, @p56);


-- Interrupting the jobs of an earlier run
UPDATE [j]
SET [j].[status] = @p,
    [j].[ended_at] = [j].[last_at]
FROM [jobs] AS [j]
WHERE [j].[instance] = @instance AND [j].[status] = N'running' AND NOT EXISTS (
    SELECT 1
    FROM [job_logs] AS [j0]
    WHERE [j0].[job_id] = [j].[job_id] AND [j0].[journal_id] = @journalId AND [j0].[seq] > @lastSeq)

-- Deleting the events of a journal
SET DEADLOCK_PRIORITY LOW
DECLARE @result int;
EXEC @result = sp_getapplock @Resource = @name, @LockMode = N'Exclusive', @LockOwner = N'Transaction', @LockTimeout = @patience;
SELECT @result;
SELECT TOP(@p) [a].[seq] AS [Seq], [a].[timestamp] AS [Timestamp], [a].[event_type] AS [EventType]
FROM [audit_events] AS [a]
WHERE [a].[journal_id] = @journalId AND [a].[seq] <= @throughSeq
ORDER BY [a].[seq]
DELETE FROM [a]
FROM [audit_events] AS [a]
WHERE [a].[journal_id] = @journalId AND [a].[seq] <= @throughSeq AND [a].[seq] <= @last
UPDATE [a]
SET [a].[count] = [a].[count] - @p
FROM [audit_counts] AS [a]
WHERE [a].[hour] = @hour AND [a].[event_type] = @eventType
DELETE FROM [a]
FROM [audit_counts] AS [a]
WHERE [a].[hour] = @hour AND [a].[event_type] = @eventType AND [a].[count] <= CAST(0 AS bigint)

-- Deleting entries and jobs
SET DEADLOCK_PRIORITY LOW
DECLARE @result int;
EXEC @result = sp_getapplock @Resource = @name, @LockMode = N'Exclusive', @LockOwner = N'Transaction', @LockTimeout = @patience;
SELECT @result;
SELECT TOP(@p) [j].[timestamp]
FROM [job_logs] AS [j]
WHERE [j].[timestamp] < @time
ORDER BY [j].[timestamp]
DELETE FROM [j]
FROM [job_logs] AS [j]
WHERE [j].[timestamp] < @time AND [j].[timestamp] <= @last
SET DEADLOCK_PRIORITY LOW
DECLARE @result int;
EXEC @result = sp_getapplock @Resource = @name, @LockMode = N'Exclusive', @LockOwner = N'Transaction', @LockTimeout = @patience;
SELECT @result;
SELECT TOP(@p) [j].[job_id]
FROM [jobs] AS [j]
WHERE [j].[last_at] < @time
DELETE FROM jobs WHERE last_at < @time AND job_id IN (SELECT given.value COLLATE Latin1_General_100_BIN2 FROM OPENJSON(@ids) WITH (value nvarchar(4000) '$') AS given)

-- Locking
DECLARE @result int;
EXEC @result = sp_getapplock @Resource = @name, @LockMode = N'Exclusive', @LockOwner = N'Transaction', @LockTimeout = @patience;
SELECT @result;

