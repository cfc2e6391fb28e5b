namespace Zotify.Logging.Database;

/// <summary>Reads which rows the index of the texts has, and which it does not have yet. Used by one thread at a time.</summary>
/// <param name="connection">The connection.</param>
internal sealed class TextRunsReader(LoggingConnection connection)
{
    // Normally each journal has less than a small run of rows that no run has. The rows of one journal are one candidate. Those of many
    // journals are many, so that a search reads only the few that may be next.
    private const long Few = 2_048;
    private const int RowsOfFew = 1_024;
    private const int RowsOfMany = 16;

    /// <summary>Reads the runs, and the rows that no run has as candidates.</summary>
    public async Task<TextRuns> ReadAsync(CancellationToken cancellationToken) =>
        (await ReadAsync(long.MaxValue, require: null, cancellationToken).ConfigureAwait(false))!;

    /// <summary>
    /// Reads the runs, and as candidates the rows that no run has and that meet conditions; <see langword="null"/> where the engine would
    /// have to compare too many.
    /// </summary>
    /// <param name="most">The most rows that no run has.</param>
    /// <param name="require">Adds conditions on <c>audit_events AS e</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<TextRuns?> ReadAsync(long most, Action<SqlFilter>? require, CancellationToken cancellationToken)
    {
        var (runs, gaps, rest) = await ReadGapsAsync(cancellationToken).ConfigureAwait(false);
        if (rest > most) return null;
        var blockRows = rest <= Few ? RowsOfFew : RowsOfMany;
        return new TextRuns(runs, await ReadRestAsync(gaps, blockRows, require, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Reads the runs, and the numbers that no run has, with about how many rows have them.</summary>
    public async Task<(List<TextRun> Runs, List<TextRange> Gaps, long Count)> ReadGapsAsync(CancellationToken cancellationToken)
    {
        // Read the runs before the rows: a row that a run gets meanwhile is among the others, too.
        var runs = await new TextRunTable(connection).ReadAllAsync(cancellationToken).ConfigureAwait(false);
        TextRunOverlaps.Remove(runs);
        var gaps = new List<TextRange>();
        var rest = 0L;
        await connection.ScanAsync(
            SqlQuery.Raw("SELECT j.id, j.seq, (SELECT MIN(e.seq) FROM audit_events AS e WHERE e.journal_id = j.id) FROM journals AS j"),
            row =>
            {
                if (row.NumberOrNull(2) is { } first) rest += AddGaps(gaps, runs, row.GetInt64(0), first, row.GetInt64(1));
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return (runs, gaps, rest);
    }

    /// <summary>Adds the numbers of a journal that no run has. Returns about how many rows have them.</summary>
    private static long AddGaps(List<TextRange> gaps, List<TextRun> runs, long journalId, long first, long last)
    {
        var next = first;
        var rest = 0L;
        // The runs are in order of their journals.
        for (var at = runs.FindIndex(run => run.JournalId == journalId); at >= 0 && at < runs.Count; at++)
        {
            var run = runs[at];
            if (run.JournalId != journalId) break;
            if (run.FirstSeq > next)
            {
                gaps.Add(new TextRange(journalId, next, run.FirstSeq - 1));
                rest += run.FirstSeq - next;
            }

            next = Math.Max(next, run.LastSeq + 1);
        }

        gaps.Add(new TextRange(journalId, next, long.MaxValue));
        return rest + Math.Max(0, last - next + 1);
    }

    private async Task<List<TextCandidate>> ReadRestAsync(
        List<TextRange> gaps, int blockRows, Action<SqlFilter>? require, CancellationToken cancellationToken)
    {
        if (gaps.Count == 0) return [];
        var filter = new SqlFilter(connection.Dialect);
        var blocks = TextRange.Rows(filter, connection.Dialect, gaps);
        require?.Invoke(filter);
        // Each gap costs a seek and its rows.
        var query =
            $"""
            SELECT e.journal_id, MIN(e.seq), MAX(e.seq), MIN(e.timestamp), MAX(e.timestamp)
            FROM {blocks} AS k
            {connection.Dialect.LoopJoin} audit_events AS e
              ON e.journal_id = k.journal_id AND e.seq >= k.first_seq AND e.seq <= k.last_seq
            {filter.Where}
            GROUP BY e.journal_id, k.first_seq, (e.seq - 1) / {blockRows}
            """;
        return await connection.ReadAsync(
            SqlQuery.Raw(query, filter.Parameters),
            row => new TextCandidate(
                new TextRange(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)),
                connection.Dialect.ReadTime(row, 3),
                connection.Dialect.ReadTime(row, 4)),
            cancellationToken).ConfigureAwait(false);
    }
}
