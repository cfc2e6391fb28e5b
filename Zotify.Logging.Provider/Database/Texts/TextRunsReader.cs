namespace Zotify.Logging.Database;

/// <summary>Reads which rows the index of the texts has, and which it does not have yet. Used by one thread at a time.</summary>
/// <param name="connection">The connection.</param>
internal sealed class TextRunsReader(LoggingConnection connection)
{
    // Normally each journal has less than a small run of them.
    private const long MostRest = 50_000;

    /// <summary>
    /// Reads the runs, and the rows that no run has as candidates; <see langword="null"/> where these are so many that the index would not
    /// help.
    /// </summary>
    public async Task<TextRuns?> ReadAsync(CancellationToken cancellationToken)
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
        if (rest > MostRest) return null;
        return new TextRuns(runs, await ReadRestAsync(gaps, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Adds the numbers of a journal that no run has. Returns about how many rows have them.</summary>
    private static long AddGaps(List<TextRange> gaps, List<TextRun> runs, long journalId, long first, long last)
    {
        var next = first;
        // The runs are in order of their journals.
        for (var at = runs.FindIndex(run => run.JournalId == journalId); at >= 0 && at < runs.Count; at++)
        {
            var run = runs[at];
            if (run.JournalId != journalId) break;
            if (run.FirstSeq > next) gaps.Add(new TextRange(journalId, next, run.FirstSeq - 1));
            next = Math.Max(next, run.LastSeq + 1);
        }

        gaps.Add(new TextRange(journalId, next, long.MaxValue));
        return Math.Max(0, last - next + 1);
    }

    private async Task<List<TextCandidate>> ReadRestAsync(List<TextRange> gaps, CancellationToken cancellationToken)
    {
        if (gaps.Count == 0) return [];
        var filter = new SqlFilter(connection.Dialect);
        // Each gap costs a seek and its rows.
        var query =
            $"""
            SELECT k.journal_id, k.first_seq, k.last_seq, MIN(e.timestamp), MAX(e.timestamp)
            FROM {TextRange.Rows(filter, connection.Dialect, gaps)} AS k
            {connection.Dialect.LoopJoin} audit_events AS e
              ON e.journal_id = k.journal_id AND e.seq >= k.first_seq AND e.seq <= k.last_seq
            GROUP BY k.journal_id, k.first_seq, k.last_seq
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
