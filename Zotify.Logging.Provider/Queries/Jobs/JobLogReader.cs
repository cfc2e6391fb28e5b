using Zotify.Logging.Database;
using Zotify.Logging.Records;

namespace Zotify.Logging.Queries;

/// <summary>
/// Reads a page of a job's entries, in order of id. An entry that an instance commits late has a lower id than entries that were read
/// before. It comes in the next page, because the cursor has a number for each journal.
/// </summary>
internal static class JobLogReader
{
    /// <summary>The most journals in one query. Almost every job has entries of one journal only.</summary>
    public const int JournalsAtOnce = 100;

    /// <summary>Reads a page.</summary>
    /// <exception cref="ArgumentException">The terms are malformed.</exception>
    public static async Task<JobFound> ReadAsync(
        LoggingConnection connection, JobLogQuery query, JournalsCursor after, ScanBudget budget, CancellationToken cancellationToken)
    {
        // Read the ends before the entries: entries that are committed in between are read as well, or by the next page.
        var ends = await EndsAsync(connection, JobIds.Shorten(query.JobId), cancellationToken).ConfigureAwait(false);
        if (query.Before is { } back) ends = Limited(ends, JobCursor.Decode(back, nameof(query.Before)).Before);
        var found = new JobMatcher(query).IsEmpty
            ? await AllAsync(connection, query, ends, after, cancellationToken).ConfigureAwait(false)
            : await MatchesAsync(connection, query, ends, after, budget, cancellationToken).ConfigureAwait(false);
        if (found.Before is not null) return found;
        if (found.Rows.Count == 0) return found with { Before = BeforeNone(query, ends, after) };
        var before = await BeforeAsync(connection, ends.Keys, found.Rows[0], JournalsCursor.Start, cancellationToken).ConfigureAwait(false);
        return found with { Before = new JournalsCursor(before) };
    }

    /// <summary>The numbers to read up to where a query goes back from a cursor.</summary>
    public static Dictionary<long, long> Limited(Dictionary<long, long> ends, JournalsCursor before) => ends
        .Where(end => before.SeqOf(end.Key) > 0).ToDictionary(end => end.Key, end => Math.Min(end.Value, before.SeqOf(end.Key)));

    /// <summary>The numbers before a page without entries: all that it did not read.</summary>
    private static JournalsCursor BeforeNone(JobLogQuery query, Dictionary<long, long> ends, JournalsCursor after) => new(
        ends.ToDictionary(end => end.Key, end => query.Tail == 0 ? end.Value : Math.Min(end.Value, after.SeqOf(end.Key))));

    private static async Task<JobFound> MatchesAsync(
        LoggingConnection connection,
        JobLogQuery query,
        Dictionary<long, long> ends,
        JournalsCursor after,
        ScanBudget budget,
        CancellationToken cancellationToken)
    {
        var scan = new JobScan(connection, query, ends, budget);
        if (query.Tail is not { } tail) return await scan.FirstAsync(after, query.Limit, cancellationToken).ConfigureAwait(false);
        var (start, stoppedAt) = await scan.LastAsync(after, tail, cancellationToken).ConfigureAwait(false);
        var found = await new JobScan(connection, query, ends, new ScanBudget()).FirstAsync(
            start, query.Limit, cancellationToken).ConfigureAwait(false);
        return found with { Before = start, StoppedAt = stoppedAt ?? found.StoppedAt };
    }

    private static async Task<JobFound> AllAsync(
        LoggingConnection connection,
        JobLogQuery query,
        Dictionary<long, long> ends,
        JournalsCursor after,
        CancellationToken cancellationToken)
    {
        var rows = new List<JobLogRow>();
        foreach (var journals in ends.Where(end => end.Value > after.SeqOf(end.Key)).Chunk(JournalsAtOnce))
        {
            // One more than requested shows whether there are more.
            var starts = Array.ConvertAll(journals, end => KeyValuePair.Create(end.Key, after.SeqOf(end.Key)));
            var sql = JobLogSearch.Build(query, connection.Dialect, starts, query.Limit + 1, query.Before is null ? null : ends);
            rows.AddRange(await JobLogRowReader.ReadAsync(connection, sql, cancellationToken).ConfigureAwait(false));
        }

        if (ends.Count > JournalsAtOnce) rows = Merge(rows, query);
        var more = rows.Count > query.Limit;
        if (more) rows.RemoveRange(query.Limit, rows.Count - query.Limit);
        var next = !more
            ? ends.ToDictionary(end => end.Key, end => Math.Max(end.Value, after.SeqOf(end.Key)))
            : query.Tail is null
                ? ends.ToDictionary(end => end.Key, end => after.SeqOf(end.Key))
                : await BeforeAsync(connection, ends.Keys, rows[0], after, cancellationToken).ConfigureAwait(false);
        foreach (var row in rows) next[row.JournalId] = Math.Max(next[row.JournalId], row.Seq);
        return new JobFound(rows, more, new JournalsCursor(next));
    }

    /// <summary>
    /// Returns the number of the job's last entry in each journal. Costs a seek for each journal, however many entries there are.
    /// </summary>
    public static async Task<Dictionary<long, long>> EndsAsync(
        LoggingConnection connection, string jobId, CancellationToken cancellationToken)
    {
        var ends = new Dictionary<long, long>();
        var before = long.MaxValue;
        while (true)
        {
            var filter = new SqlFilter(connection.Dialect);
            filter.Require($"l.job_id = {filter.Value(jobId)}");
            filter.Require($"l.journal_id < {filter.Value(before)}");
            var query = connection.Dialect.Take(
                $"l.journal_id, l.seq FROM job_logs AS l {filter.Where}", "l.journal_id DESC, l.seq DESC", "1");
            var found = await connection.ReadAsync(
                SqlQuery.Raw(query, filter.Parameters), row => (JournalId: row.GetInt64(0), Seq: row.GetInt64(1)),
                cancellationToken).ConfigureAwait(false);
            if (found is not [var last]) return ends;
            ends.Add(last.JournalId, last.Seq);
            before = last.JournalId;
        }
    }

    /// <summary>Returns the numbers right before the first entry of a tail that exceeds the page.</summary>
    private static async Task<Dictionary<long, long>> BeforeAsync(
        LoggingConnection connection,
        IEnumerable<long> journals,
        JobLogRow first,
        JournalsCursor after,
        CancellationToken cancellationToken)
    {
        var numbers = new Dictionary<long, long>();
        foreach (var journal in journals)
        {
            var filter = new SqlFilter(connection.Dialect);
            filter.Require($"l.job_id = {filter.Value(first.JobId)}");
            filter.Require($"l.journal_id = {filter.Value(journal)}");
            filter.Require($"l.id < {filter.Value(first.Id)}");
            var query = connection.Dialect.Take($"l.seq FROM job_logs AS l {filter.Where}", "l.seq DESC", "1");
            var found = await connection.ReadAsync(
                SqlQuery.Raw(query, filter.Parameters), row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
            numbers[journal] = Math.Max(found.SingleOrDefault(), after.SeqOf(journal));
        }

        return numbers;
    }

    private static List<JobLogRow> Merge(List<JobLogRow> rows, JobLogQuery query)
    {
        var ordered = rows.OrderBy(row => row.Id);
        return [.. (query.Tail is { } tail ? ordered.TakeLast(tail) : ordered).Take(query.Limit + 1)];
    }
}
