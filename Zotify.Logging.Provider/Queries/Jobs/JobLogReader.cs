using Zotify.Logging.Database;
using Zotify.Logging.Records;

namespace Zotify.Logging.Queries;

/// <summary>
/// Reads a page of a job's entries. A page is in order of id, and so is everything that is there when it is read. What an
/// instance commits late has a lower id than what was read meanwhile: it comes with the next page, for the positions are by journal.
/// </summary>
internal static class JobLogReader
{
    /// <summary>The most of one query; almost every job is of one journal.</summary>
    public const int JournalsAtOnce = 100;

    /// <summary>Reads a page.</summary>
    /// <returns>The entries, whether there are more now, and the positions after them.</returns>
    /// <exception cref="ArgumentException">There are over 100 words, or one of over 1,000 characters.</exception>
    public static async Task<(List<JobLogRow> Rows, bool More, JournalPositions Next)> ReadAsync(
        LoggingConnection connection, JobLogQuery query, JournalPositions after, CancellationToken cancellationToken)
    {
        // Before the entries: what is committed in between is read as well, or comes with the next page.
        var ends = await EndsAsync(connection, JobIds.Shorten(query.JobId), cancellationToken).ConfigureAwait(false);
        var rows = new List<JobLogRow>();
        foreach (var journals in ends.Where(end => end.Value > after.SeqOf(end.Key)).Chunk(JournalsAtOnce))
        {
            // One more than asked for tells whether there are more.
            var sql = JobLogSearch.Build(query, connection.Dialect, Array.ConvertAll(journals, end => KeyValuePair.Create(end.Key, after.SeqOf(end.Key))), query.Limit + 1);
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
        return (rows, more, new JournalPositions(next));
    }

    /// <summary>The last number of the job in each journal that has entries of it. A seek for each, however many entries there are.</summary>
    public static async Task<Dictionary<long, long>> EndsAsync(LoggingConnection connection, string jobId, CancellationToken cancellationToken)
    {
        var ends = new Dictionary<long, long>();
        var before = long.MaxValue;
        while (true)
        {
            var filter = new SqlFilter(connection.Dialect);
            filter.Require($"l.job_id = {filter.Value(jobId)}");
            filter.Require($"l.journal_id < {filter.Value(before)}");
            var query = connection.Dialect.Take($"l.journal_id, l.seq FROM job_logs AS l {filter.Where}", "l.journal_id DESC, l.seq DESC", "1");
            var found = await connection.ReadAsync(
                SqlQuery.Raw(query, filter.Parameters), row => (JournalId: row.GetInt64(0), Seq: row.GetInt64(1)), cancellationToken).ConfigureAwait(false);
            if (found is not [var last]) return ends;
            ends.Add(last.JournalId, last.Seq);
            before = last.JournalId;
        }
    }

    /// <summary>The positions right before the first entry of a tail whose end is yet to come.</summary>
    private static async Task<Dictionary<long, long>> BeforeAsync(
        LoggingConnection connection, IEnumerable<long> journals, JobLogRow first, JournalPositions after, CancellationToken cancellationToken)
    {
        var positions = new Dictionary<long, long>();
        foreach (var journal in journals)
        {
            var filter = new SqlFilter(connection.Dialect);
            filter.Require($"l.job_id = {filter.Value(first.JobId)}");
            filter.Require($"l.journal_id = {filter.Value(journal)}");
            filter.Require($"l.id < {filter.Value(first.Id)}");
            var query = connection.Dialect.Take($"l.seq FROM job_logs AS l {filter.Where}", "l.seq DESC", "1");
            var found = await connection.ReadAsync(SqlQuery.Raw(query, filter.Parameters), row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
            positions[journal] = Math.Max(found.SingleOrDefault(), after.SeqOf(journal));
        }

        return positions;
    }

    private static List<JobLogRow> Merge(List<JobLogRow> rows, JobLogQuery query)
    {
        var ordered = rows.OrderBy(row => row.Id);
        return [.. (query.Tail is { } tail ? ordered.TakeLast(tail) : ordered).Take(query.Limit + 1)];
    }
}
