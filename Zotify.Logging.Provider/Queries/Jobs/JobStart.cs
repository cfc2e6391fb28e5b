using Zotify.Logging.Database;
using Zotify.Logging.Records;

namespace Zotify.Logging.Queries;

/// <summary>Where a stream of a job begins.</summary>
/// <param name="Job">The job; <see langword="null"/> where there is none.</param>
/// <param name="Place">The place.</param>
/// <param name="Gap">What is missing between the place that was asked for and this one; <see langword="null"/> where nothing is.</param>
/// <param name="IsPastEnd">Whether the place that was asked for is behind the end of the job.</param>
internal sealed record JobStart(JobRow? Job, JobPosition Place, JobLogGap? Gap, bool IsPastEnd)
{
    /// <summary>Finds it.</summary>
    public static async Task<JobStart> FindAsync(
        LoggingConnection connection, JobLogQuery query, JobPosition? after, CancellationToken cancellationToken)
    {
        var id = JobIds.Shorten(query.JobId);
        var job = await JobRowReader.FindAsync(connection, id, cancellationToken).ConfigureAwait(false);
        if (job is null) return new JobStart(null, after ?? JobPosition.Start, null, IsPastEnd: false);
        var ends = await JobLogReader.EndsAsync(connection, id, cancellationToken).ConfigureAwait(false);
        var (place, gap, isAtEnd) = after is null
            ? (JobPosition.Start, null, false)
            : await ResumeAsync(connection, query, after, ends, cancellationToken).ConfigureAwait(false);
        if (query.Tail is not null)
            place = await TailAsync(connection, query, place, ends, cancellationToken).ConfigureAwait(false);
        var isPastEnd = after is { IsEnd: true } && isAtEnd && gap is null && job.Status != JobStatus.Running;
        return new JobStart(job, place with { IsEnd = false }, gap, isPastEnd);
    }

    /// <summary>How many entries the job has had, and how many are there after a place.</summary>
    public static async Task<(long Entries, long Left)> CountAsync(
        LoggingConnection connection, string id, JobPosition place, Dictionary<long, long> ends, CancellationToken cancellationToken)
    {
        while (true)
        {
            var before = await JobRowReader.FindAsync(connection, id, cancellationToken).ConfigureAwait(false);
            var left = 0L;
            foreach (var journal in ends.Keys)
            {
                var seq = place.Journals.SeqOf(journal);
                left += (await connection.ReadAsync(
                    $"SELECT COALESCE(SUM(CAST(1 AS bigint)), 0) FROM job_logs AS l WHERE l.job_id = {id} AND l.journal_id = {journal} AND l.seq > {seq}",
                    row => row.GetInt64(0), cancellationToken).ConfigureAwait(false))[0];
            }

            var after = await JobRowReader.FindAsync(connection, id, cancellationToken).ConfigureAwait(false);
            // Another entry came in between.
            if (before?.Entries == after?.Entries) return (after?.Entries ?? 0, left);
            foreach (var (journal, end) in await JobLogReader.EndsAsync(connection, id, cancellationToken).ConfigureAwait(false)) ends[journal] = end;
        }
    }

    /// <summary>Whether any of the entries up to a place is still there.</summary>
    public static async Task<bool> HasSeenAsync(LoggingConnection connection, string id, JournalPositions place, CancellationToken cancellationToken)
    {
        foreach (var (journal, seq) in place.Seqs)
        {
            var filter = new SqlFilter(connection.Dialect);
            filter.Require($"l.job_id = {filter.Value(id)}");
            filter.Require($"l.journal_id = {filter.Value(journal)}");
            filter.Require($"l.seq <= {filter.Value(seq)}");
            var any = connection.Dialect.Take($"1 FROM job_logs AS l {filter.Where}", "l.seq", "1");
            if ((await connection.ReadAsync(SqlQuery.Raw(any, filter.Parameters), _ => true, cancellationToken).ConfigureAwait(false)).Count > 0) return true;
        }

        return false;
    }

    /// <summary>The place to go on from, and whether nothing comes after it.</summary>
    private static async Task<(JobPosition Place, JobLogGap? Gap, bool IsAtEnd)> ResumeAsync(
        LoggingConnection connection, JobLogQuery query, JobPosition after, Dictionary<long, long> ends, CancellationToken cancellationToken)
    {
        var id = JobIds.Shorten(query.JobId);
        var isKnown = await connection.HasReachedAsync(after.Journals, cancellationToken).ConfigureAwait(false);
        var place = isKnown ? after with { IsEnd = false } : JobPosition.Start;
        var (entries, left) = await CountAsync(connection, id, place, ends, cancellationToken).ConfigureAwait(false);
        var isGone = !isKnown || (after.Entries is { } seen
            ? entries - left != seen
            : left < entries && after.Journals.Seqs.Any() && !await HasSeenAsync(connection, id, after.Journals, cancellationToken).ConfigureAwait(false));
        if (!isGone) return (place, null, left == 0);
        place = place with { Entries = entries - left };
        var first = await JobLogReader.ReadAsync(connection, new JobLogQuery(query.JobId) { Limit = 1 }, place.Journals, cancellationToken).ConfigureAwait(false);
        var gap = new JobLogGap(after.Encode(), place.Encode()) { ToTime = first.Rows is [var row] ? row.Timestamp : null };
        return (place, gap, left == 0);
    }

    /// <summary>The place before the last entries that match. Of a job of over a hundred journals, each hundred has a tail of its own.</summary>
    private static async Task<JobPosition> TailAsync(
        LoggingConnection connection, JobLogQuery query, JobPosition after, Dictionary<long, long> ends, CancellationToken cancellationToken)
    {
        var place = ends.ToDictionary(end => end.Key, end => Math.Max(end.Value, after.Journals.SeqOf(end.Key)));
        var unread = ends.Where(end => end.Value > after.Journals.SeqOf(end.Key));
        foreach (var journals in query.Tail == 0 ? [] : unread.Chunk(JobLogReader.JournalsAtOnce))
        {
            var last = JobLogSearch.Build(
                query, connection.Dialect, Array.ConvertAll(journals, end => KeyValuePair.Create(end.Key, after.Journals.SeqOf(end.Key))), query.Tail!.Value);
            foreach (var (journal, first) in await connection.FirstOfEachAsync(last, cancellationToken).ConfigureAwait(false)) place[journal] = first - 1;
        }

        return new JobPosition(new JournalPositions(place));
    }
}
