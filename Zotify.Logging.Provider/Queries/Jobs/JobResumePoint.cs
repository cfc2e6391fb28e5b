using Zotify.Logging.Database;
using Zotify.Logging.Records;

namespace Zotify.Logging.Queries;

/// <summary>The start of a stream of a job.</summary>
/// <param name="Job">The job; <see langword="null"/> if there is none.</param>
/// <param name="Cursor">The cursor before the first entry.</param>
/// <param name="Gap">The entries that are missing between the cursor that was handed in and this one; <see langword="null"/> if none
/// are.</param>
/// <param name="IsPastEnd">Whether the cursor that was handed in is after the end of the job.</param>
/// <param name="IsIncomplete">Whether the search for the last entries stopped before it had found as many as were asked for.</param>
internal sealed record JobResumePoint(
    JobRow? Job, JobCursor Cursor, LogGap<JobLogEntry>? Gap, bool IsPastEnd, bool IsIncomplete = false)
{
    /// <summary>Finds the start.</summary>
    public static async Task<JobResumePoint> FindAsync(
        LoggingConnection connection, JobLogQuery query, JobCursor? after, ScanBudget budget, CancellationToken cancellationToken)
    {
        var id = JobIds.Shorten(query.JobId);
        var job = await JobRowReader.FindAsync(connection, id, cancellationToken).ConfigureAwait(false);
        if (job is null) return new JobResumePoint(null, after ?? JobCursor.Start, null, IsPastEnd: false);
        var ends = await JobLogReader.EndsAsync(connection, id, cancellationToken).ConfigureAwait(false);
        var (cursor, gap, isAtEnd) = after is null
            ? (JobCursor.Start, null, false)
            : await ResumeAsync(connection, query, after, ends, cancellationToken).ConfigureAwait(false);
        var isIncomplete = false;
        if (query.Before is { } before) ends = JobLogReader.Limited(ends, JobCursor.Decode(before, nameof(query.Before)).Before);
        if (query.Tail is not null)
            (cursor, isIncomplete) = await TailAsync(connection, query, cursor, ends, budget, cancellationToken).ConfigureAwait(false);
        var isPastEnd = after is { IsEnd: true } && isAtEnd && gap is null && job.Status != JobStatus.Running;
        return new JobResumePoint(job, cursor with { IsEnd = false }, gap, isPastEnd, isIncomplete);
    }

    /// <summary>Counts all entries that the job ever had, and those that still exist after a cursor.</summary>
    public static async Task<(long Entries, long Left)> CountAsync(
        LoggingConnection connection, string id, JobCursor cursor, Dictionary<long, long> ends, CancellationToken cancellationToken)
    {
        while (true)
        {
            var before = await JobRowReader.FindAsync(connection, id, cancellationToken).ConfigureAwait(false);
            var left = 0L;
            foreach (var journal in ends.Keys)
            {
                left += await CountAsync(connection, id, journal, cursor.Journals.SeqOf(journal), cancellationToken).ConfigureAwait(false);
            }

            var after = await JobRowReader.FindAsync(connection, id, cancellationToken).ConfigureAwait(false);
            // Otherwise another entry arrived meanwhile.
            if (before?.Entries == after?.Entries) return (after?.Entries ?? 0, left);
            var latest = await JobLogReader.EndsAsync(connection, id, cancellationToken).ConfigureAwait(false);
            foreach (var (journal, end) in latest) ends[journal] = end;
        }
    }

    /// <summary>Whether any entry up to a cursor still exists.</summary>
    public static async Task<bool> HasAnyUpToAsync(
        LoggingConnection connection, string id, JournalsCursor cursor, CancellationToken cancellationToken)
    {
        foreach (var (journal, seq) in cursor.Seqs)
        {
            var filter = new SqlFilter(connection.Dialect);
            filter.Require($"l.job_id = {filter.Value(id)}");
            filter.Require($"l.journal_id = {filter.Value(journal)}");
            filter.Require($"l.seq <= {filter.Value(seq)}");
            var any = connection.Dialect.Take($"1 FROM job_logs AS l {filter.Where}", "l.seq", "1");
            var found = await connection.ReadAsync(
                SqlQuery.Raw(any, filter.Parameters), _ => true, cancellationToken).ConfigureAwait(false);
            if (found.Count > 0) return true;
        }

        return false;
    }

    /// <summary>Counts the job's entries in a journal after a number.</summary>
    private static async Task<long> CountAsync(
        LoggingConnection connection, string id, long journal, long seq, CancellationToken cancellationToken)
    {
        var counts = await connection.ReadAsync(
            $"""
            SELECT COALESCE(SUM(CAST(1 AS bigint)), 0)
            FROM job_logs AS l
            WHERE l.job_id = {id} AND l.journal_id = {journal} AND l.seq > {seq}
            """,
            row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        return counts[0];
    }

    /// <summary>Returns the cursor to go on from, and whether nothing will come after it.</summary>
    private static async Task<(JobCursor Cursor, LogGap<JobLogEntry>? Gap, bool IsAtEnd)> ResumeAsync(
        LoggingConnection connection, JobLogQuery query, JobCursor after, Dictionary<long, long> ends, CancellationToken cancellationToken)
    {
        var id = JobIds.Shorten(query.JobId);
        var isKnown = await connection.HasLinesUpToAsync(after.Journals, cancellationToken).ConfigureAwait(false);
        var cursor = isKnown ? after with { IsEnd = false } : JobCursor.Start;
        var (entries, left) = await CountAsync(connection, id, cursor, ends, cancellationToken).ConfigureAwait(false);
        var isGone = !isKnown || (after.Entries is { } seen
            ? entries - left != seen
            : left < entries
                && after.Journals.Seqs.Any()
                && !await HasAnyUpToAsync(connection, id, after.Journals, cancellationToken).ConfigureAwait(false));
        if (!isGone) return (cursor, null, left == 0);
        cursor = cursor with { Entries = entries - left, JournalId = null };
        var one = new JobLogQuery(query.JobId) { Limit = 1 };
        var first = await JobLogReader.ReadAsync(
            connection, one, cursor.Journals, new ScanBudget(), cancellationToken).ConfigureAwait(false);
        var gap = new LogGap<JobLogEntry>(after.Encode(), cursor.Encode()) { ToTime = first.Rows is [var row] ? row.Timestamp : null };
        return (cursor, gap, left == 0);
    }

    /// <summary>
    /// Returns the cursor before the last matching entries, and whether the search for them stopped. In a job of over 100 journals, each
    /// hundred has its own tail.
    /// </summary>
    private static async Task<(JobCursor Cursor, bool IsIncomplete)> TailAsync(
        LoggingConnection connection,
        JobLogQuery query,
        JobCursor after,
        Dictionary<long, long> ends,
        ScanBudget budget,
        CancellationToken cancellationToken)
    {
        if (!new JobMatcher(query).IsEmpty)
        {
            var scan = new JobScan(connection, query, ends, budget);
            var (start, stoppedAt) = await scan.LastAsync(after.Journals, query.Tail!.Value, cancellationToken).ConfigureAwait(false);
            return (new JobCursor(start), stoppedAt is not null);
        }

        var cursor = ends.ToDictionary(end => end.Key, end => Math.Max(end.Value, after.Journals.SeqOf(end.Key)));
        var unread = ends.Where(end => end.Value > after.Journals.SeqOf(end.Key));
        foreach (var journals in query.Tail == 0 ? [] : unread.Chunk(JobLogReader.JournalsAtOnce))
        {
            var starts = Array.ConvertAll(journals, end => KeyValuePair.Create(end.Key, after.Journals.SeqOf(end.Key)));
            var last = JobLogSearch.Build(query, connection.Dialect, starts, query.Tail!.Value, query.Before is null ? null : ends);
            var firsts = await connection.FirstOfEachAsync(last, cancellationToken).ConfigureAwait(false);
            foreach (var (journal, first) in firsts) cursor[journal] = first - 1;
        }

        return (new JobCursor(new JournalsCursor(cursor)), false);
    }
}
