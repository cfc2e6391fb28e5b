namespace Zotify.Logging.Database;

/// <summary>
/// Finds rows that the index of the texts does not have, although nobody will index them soon: those of a database from before the index,
/// and the last rows of journals that nobody writes any more. Used by one thread at a time.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="size">The sizes of runs.</param>
internal sealed class TextMaintenance(LoggingConnection connection, TextRunSize size)
{
    /// <summary>A journal whose last row is this much older than the newest of all is indexed up to its end.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromHours(1);

    private readonly TextRunTable _runs = new(connection);
    private readonly TextIndexer _indexer = new(connection, size);

    /// <summary>Finds the next rows to index, the newest first; <see langword="null"/> where there are none.</summary>
    /// <param name="journalId">A journal whose own projector indexes its last rows.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Indexes them in the connection's transaction.</returns>
    public async Task<Func<Task>?> FindAsync(long? journalId, CancellationToken cancellationToken)
    {
        if (await _runs.FindPendingAsync(cancellationToken).ConfigureAwait(false) is { } run)
            return () => IndexPendingAsync(run, cancellationToken);
        if (await FindIdleAsync(journalId, cancellationToken).ConfigureAwait(false) is { } range)
            return () => IndexIdleAsync(range, cancellationToken);
        return null;
    }

    /// <summary>How many runs are not indexed yet.</summary>
    public async Task<long> CountPendingAsync(CancellationToken cancellationToken) =>
        (await connection.ReadAsync(
            $"SELECT 1 FROM audit_text_runs AS r WHERE r.pages IS NULL", _ => 1, cancellationToken).ConfigureAwait(false)).Count;

    private async Task IndexPendingAsync(TextRun run, CancellationToken cancellationToken)
    {
        if (!await _runs.ClaimAsync(run, cancellationToken).ConfigureAwait(false)) return;
        await _runs.DeleteAsync(new TextRange(run.JournalId, run.FirstSeq, run.FirstSeq), cancellationToken).ConfigureAwait(false);
        // A small run whose last rows were set aside ends after them.
        var end = size.FirstOfSmall(run.LastSeq) + size.Small - 1;
        var last = await SeqAsync(run.JournalId, cancellationToken).ConfigureAwait(false) >= end ? end : run.LastSeq;
        for (var first = size.FirstOfSmall(run.FirstSeq); first <= last; first += size.Small)
        {
            var small = new TextRange(run.JournalId, first, Math.Min(first + size.Small - 1, last));
            await _indexer.IndexAsync(small, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task IndexIdleAsync(TextRange range, CancellationToken cancellationToken)
    {
        // The journal's projector, or another process that indexes it, waits from now on. Either may have indexed the rows before. That is
        // a query of its own: one that had to wait could read them as they were at its beginning.
        var filter = new SqlFilter(connection.Dialect);
        filter.Require($"id = {filter.Value(range.JournalId)}");
        var reserve = connection.Dialect.Reserve("id", "journals", filter.Where);
        await connection.ReadAsync(
            SqlQuery.Raw(reserve, filter.Parameters), row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        var indexed = await connection.ReadAsync(
            $"""
            SELECT r.first_seq FROM audit_text_runs AS r
            WHERE r.journal_id = {range.JournalId} AND r.first_seq <= {range.LastSeq} AND r.last_seq >= {range.LastSeq}
            """,
            row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        if (indexed.Count == 0) await _indexer.IndexAsync(range, cancellationToken).ConfigureAwait(false);
    }

    private async Task<long> SeqAsync(long journalId, CancellationToken cancellationToken) =>
        (await connection.ReadAsync(
            $"SELECT j.seq FROM journals AS j WHERE j.id = {journalId}", row => row.GetInt64(0), cancellationToken).ConfigureAwait(false))
        .FirstOrDefault();

    /// <summary>The first rows after the last run of a journal that nobody has written for an hour.</summary>
    private async Task<TextRange?> FindIdleAsync(long? journalId, CancellationToken cancellationToken)
    {
        var newest = await connection.ReadAsync(
            $"SELECT MAX(e.timestamp) FROM audit_events AS e",
            row => row.IsDBNull(0) ? (DateTime?)null : connection.Dialect.ReadTime(row, 0), cancellationToken).ConfigureAwait(false);
        if (newest.FirstOrDefault() is not { } end || end - DateTime.MinValue < Idle) return null;
        var found = await connection.ReadAsync(
            $"""
            SELECT j.id, j.seq, (SELECT MIN(e.seq) FROM audit_events AS e WHERE e.journal_id = j.id AND e.seq > j.covered)
            FROM (
              SELECT id, seq, COALESCE((SELECT MAX(r.last_seq) FROM audit_text_runs AS r WHERE r.journal_id = journals.id), 0) AS covered
              FROM journals WHERE id <> {journalId ?? 0}) AS j
            WHERE j.seq > j.covered
              AND EXISTS (SELECT 1 FROM audit_events AS e WHERE e.journal_id = j.id AND e.seq > j.covered)
              AND NOT EXISTS (
                SELECT 1 FROM audit_events AS e WHERE e.journal_id = j.id AND e.seq > j.covered AND e.timestamp >= {end - Idle})
            ORDER BY j.id
            """,
            row => (JournalId: row.GetInt64(0), Seq: row.GetInt64(1), First: row.GetInt64(2)), cancellationToken).ConfigureAwait(false);
        // A row beyond the checkpoint is not the projector's.
        return found.Where(journal => journal.First <= journal.Seq).Select(journal =>
        {
            var first = size.FirstOfSmall(journal.First);
            return (TextRange?)new TextRange(journal.JournalId, first, Math.Min(first + size.Small - 1, journal.Seq));
        }).FirstOrDefault();
    }
}
