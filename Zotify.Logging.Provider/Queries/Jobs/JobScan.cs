using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// Reads a job's entries a step at a time, and compares them. It stops at the end of the log, when it has enough, or when its budget is
/// spent. For one query, used by one thread at a time.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="query">The query; its cursor, tail and limit are ignored.</param>
/// <param name="ends">
/// By the job's journals, the number of its last entry; where the query goes back from a cursor, the numbers to read up to.
/// </param>
/// <param name="budget">How much it may read.</param>
internal sealed class JobScan(LoggingConnection connection, JobLogQuery query, Dictionary<long, long> ends, ScanBudget budget)
{
    private const int RowsAtOnce = 1_000;

    private readonly JobMatcher _matcher = new(query);

    /// <summary>Reads the first entries that match after a cursor.</summary>
    public async Task<JobFound> FirstAsync(JournalsCursor after, int limit, CancellationToken cancellationToken)
    {
        var cursor = ends.ToDictionary(end => end.Key, end => after.SeqOf(end.Key));
        var found = new List<JobLogRow>();
        DateTime? last = null;
        while (found.Count < limit && !budget.IsSpent)
        {
            var rows = await StepAsync(cursor, ends, isBack: false, cancellationToken).ConfigureAwait(false);
            foreach (var row in rows)
            {
                if (row.Row is not null && found.Count == limit) return Stopped(isWhole: true);
                if (row.Row is not null) found.Add(row.Row);
                cursor[row.JournalId] = row.Seq;
                last = row.Timestamp;
                budget.Spend(row.Size);
                if (budget.IsSpent) return Stopped(found.Count == limit);
            }

            if (rows.Count < RowsAtOnce)
            {
                var end = ends.Select(end => KeyValuePair.Create(end.Key, Math.Max(end.Value, cursor[end.Key])));
                return new JobFound(found, More: false, new JournalsCursor(end));
            }
        }

        return Stopped(found.Count == limit);

        JobFound Stopped(bool isWhole) =>
            new(found, More: true, new JournalsCursor(cursor), StoppedAt: isWhole ? null : last);
    }

    /// <summary>Finds where the last entries that match begin, as many as are wanted.</summary>
    /// <returns>The cursor before them, and the time where the search stopped before it had found all.</returns>
    public async Task<(JournalsCursor Cursor, DateTime? StoppedAt)> LastAsync(
        JournalsCursor after, int count, CancellationToken cancellationToken)
    {
        var low = ends.ToDictionary(end => end.Key, end => after.SeqOf(end.Key));
        var cursor = ends.ToDictionary(end => end.Key, end => Math.Max(end.Value, low[end.Key]));
        DateTime? last = null;
        for (var left = count; left > 0;)
        {
            var rows = await StepAsync(low, cursor, isBack: true, cancellationToken).ConfigureAwait(false);
            foreach (var row in rows)
            {
                cursor[row.JournalId] = row.Seq - 1;
                last = row.Timestamp;
                budget.Spend(row.Size);
                if (row.Row is not null && --left == 0) return (new JournalsCursor(cursor), null);
                if (budget.IsSpent) return (new JournalsCursor(cursor), last);
            }

            // Nothing is before the first row that was read.
            if (rows.Count < RowsAtOnce) return (new JournalsCursor(low), null);
        }

        return (new JournalsCursor(cursor), null);
    }

    /// <summary>Reads some rows between numbers: the first of them, or the last ones, the last one first.</summary>
    private async Task<List<JobComparedRow>> StepAsync(
        Dictionary<long, long> after, Dictionary<long, long> upTo, bool isBack, CancellationToken cancellationToken)
    {
        var rows = new List<JobComparedRow>();
        var unread = after.Where(journal => upTo[journal.Key] > journal.Value).ToArray();
        // Forward, entries that are committed meanwhile are read as well.
        var bounds = isBack || query.Before is not null ? upTo : null;
        foreach (var part in unread.Chunk(JobLogReader.JournalsAtOnce))
        {
            var sql = JobLogSearch.Scan(query, connection.Dialect, part, bounds, isBack, RowsAtOnce);
            rows.AddRange(await connection.ReadAsync(
                sql, columns => JobComparedRow.Of(JobLogRowReader.Of(columns, connection.Dialect), _matcher),
                cancellationToken).ConfigureAwait(false));
        }

        if (unread.Length <= JobLogReader.JournalsAtOnce) return rows;
        var ordered = isBack ? rows.OrderByDescending(row => row.Id) : rows.OrderBy(row => row.Id);
        return [.. ordered.Take(RowsAtOnce)];
    }
}
