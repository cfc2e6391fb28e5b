namespace Zotify.Logging.Database;

/// <summary>Deletes runs of the index of the texts whose rows were all deleted. Used by one thread at a time.</summary>
/// <param name="connection">The connection, in the transaction that deletes the rows.</param>
internal sealed class TextRunPruner(LoggingConnection connection)
{
    private readonly TextRunTable _runs = new(connection);

    /// <summary>Deletes the runs of a journal before its first row that is left.</summary>
    /// <param name="journalId">The journal, as a row of <c>journals</c>.</param>
    /// <param name="lastSeq">The number of the last row that was deleted. Runs that begin after it are not read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task DeleteEmptyAsync(long journalId, long lastSeq, CancellationToken cancellationToken)
    {
        var found = await connection.ReadAsync(
            $"SELECT MIN(e.seq) FROM audit_events AS e WHERE e.journal_id = {journalId}",
            row => row.NumberOrNull(0), cancellationToken).ConfigureAwait(false);
        // Without a row, no run that begins before the last deleted one has any.
        var first = found.FirstOrDefault() ?? long.MaxValue;
        var last = await connection.ReadAsync(
            $"""
            SELECT MAX(r.first_seq), MAX(r.last_seq) FROM audit_text_runs AS r
            WHERE r.journal_id = {journalId} AND r.first_seq <= {lastSeq} AND r.last_seq < {first}
            """,
            row => row.IsDBNull(0) ? null : new TextRange(journalId, row.GetInt64(0), row.GetInt64(1)),
            cancellationToken).ConfigureAwait(false);
        if (last.FirstOrDefault() is not { } newest) return;
        await _runs.DeleteAsync(new TextRange(journalId, 0, newest.FirstSeq), cancellationToken, newest.LastSeq).ConfigureAwait(false);
    }
}
