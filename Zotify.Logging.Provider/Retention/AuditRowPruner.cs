using Zotify.Logging.Database;
using Zotify.Logging.Projection;

namespace Zotify.Logging.Retention;

/// <summary>
/// Deletes audit events that their journal no longer holds, and subtracts them from the counts of their hours in the same transaction.
/// </summary>
internal sealed class AuditRowPruner(RetentionSession session)
{
    /// <summary>The number of the oldest event of a journal, a row of <c>journals</c>; <see langword="null"/> where there is
    /// none.</summary>
    public async Task<long?> FirstSeqAsync(long journalId, CancellationToken cancellationToken)
    {
        var found = await session.Connection.ReadAsync(
            $"SELECT MIN(seq) FROM audit_events WHERE journal_id = {journalId}",
            row => row.NumberOrNull(0), cancellationToken).ConfigureAwait(false);
        return found.SingleOrDefault();
    }

    /// <summary>Deletes the events of a journal, a row of <c>journals</c>, up to number <paramref name="throughSeq"/>.</summary>
    public Task DeleteThroughAsync(long journalId, long throughSeq, CancellationToken cancellationToken) =>
        DeleteAsync(journalId, filter => filter.Require($"seq <= {filter.Value(throughSeq)}"), cancellationToken);

    /// <summary>
    /// The journals that this writer had before <paramref name="journal"/>. Their files were wiped or replaced, so no segment decides any
    /// more when their events are deleted.
    /// </summary>
    public Task<List<long>> FormerJournalsAsync(JournalRow journal, CancellationToken cancellationToken) => session.Connection.ReadAsync(
        $"SELECT id FROM journals WHERE instance = {journal.Instance} AND name = {journal.Name} AND id <> {journal.Id}",
        row => row.GetInt64(0), cancellationToken);

    /// <summary>
    /// The times of the oldest and the newest event of a journal before <paramref name="time"/>; <see langword="null"/> where there is
    /// none.
    /// </summary>
    public async Task<(DateTime Oldest, DateTime Newest)?> SpanBeforeAsync(
        long journalId, DateTime time, CancellationToken cancellationToken)
    {
        var found = await session.Connection.ReadAsync(
            $"SELECT MIN(timestamp), MAX(timestamp) FROM audit_events WHERE journal_id = {journalId} AND timestamp < {time}",
            row => row.SpanOrNull(session.Connection.Dialect), cancellationToken).ConfigureAwait(false);
        return found.SingleOrDefault();
    }

    /// <summary>Deletes the events of a journal before <paramref name="time"/>.</summary>
    public Task DeleteBeforeAsync(long journalId, DateTime time, CancellationToken cancellationToken) =>
        DeleteAsync(journalId, filter => filter.Require($"timestamp < {filter.Value(time)}"), cancellationToken);

    private Task DeleteAsync(long journalId, Action<SqlFilter> gone, CancellationToken cancellationToken) =>
        session.DeleteAsync(() => DeleteChunkAsync(session.Connection, journalId, gone, cancellationToken), cancellationToken);

    private static async Task<bool> DeleteChunkAsync(
        LoggingConnection connection, long journalId, Action<SqlFilter> gone, CancellationToken cancellationToken)
    {
        var dialect = connection.Dialect;
        var filter = Filter(dialect, journalId, gone);
        var first = dialect.Take(
            $"seq, timestamp FROM audit_events {filter.Where}", "seq", filter.Count(RetentionSession.ChunkSize));
        var found = await connection.ReadAsync(
            SqlQuery.Raw(
                $"SELECT SUM(1), MAX(c.seq), MIN(c.timestamp), MAX(c.timestamp) FROM (\n{first}) AS c", filter.Parameters),
            row => row.IsDBNull(0) ? null : new Chunk(
                row.GetInt32(0), row.GetInt64(1), AuditHours.Of(dialect.ReadTime(row, 2)), AuditHours.Of(dialect.ReadTime(row, 3))),
            cancellationToken).ConfigureAwait(false);
        if (found.Single() is not { } chunk) return false;
        await SubtractAsync(connection, Chosen(), chunk, cancellationToken).ConfigureAwait(false);
        var chosen = Chosen();
        await connection.ExecuteAsync(
            SqlQuery.Raw($"DELETE FROM audit_events {chosen.Where}", chosen.Parameters), cancellationToken).ConfigureAwait(false);
        await new TextRunPruner(connection).DeleteEmptyAsync(journalId, chunk.LastSeq, cancellationToken).ConfigureAwait(false);
        return chunk.Count == RetentionSession.ChunkSize;

        SqlFilter Chosen()
        {
            var through = Filter(dialect, journalId, gone);
            through.Require($"seq <= {through.Value(chunk.LastSeq)}");
            return through;
        }
    }

    /// <summary>Subtracts the chosen events from the counts of their hours, and deletes the counts that have no events left.</summary>
    private static async Task SubtractAsync(
        LoggingConnection connection, SqlFilter chosen, Chunk chunk, CancellationToken cancellationToken)
    {
        var hour = connection.Dialect.HourOf("timestamp");
        var grouped =
            $"{hour} AS hour, event_type, SUM(CAST(1 AS bigint)) AS count\nFROM audit_events {chosen.Where}\nGROUP BY {hour}, event_type";
        await connection.ExecuteAsync(
            SqlQuery.Raw(
                $"""
                UPDATE audit_counts SET count = audit_counts.count - gone.count
                FROM ({connection.Dialect.Take(grouped, "hour, event_type", AuditCounts.MaxRows)}) AS gone
                WHERE audit_counts.hour = gone.hour AND audit_counts.event_type = gone.event_type
                """,
                chosen.Parameters),
            cancellationToken).ConfigureAwait(false);
        await connection.ExecuteAsync(
            $"DELETE FROM audit_counts WHERE hour >= {chunk.FirstHour} AND hour <= {chunk.LastHour} AND count <= 0",
            cancellationToken).ConfigureAwait(false);
    }

    private static SqlFilter Filter(SqlDialect dialect, long journalId, Action<SqlFilter> gone)
    {
        var filter = new SqlFilter(dialect);
        filter.Require($"journal_id = {filter.Value(journalId)}");
        gone(filter);
        return filter;
    }

    /// <summary>The events that one transaction deletes.</summary>
    private sealed record Chunk(int Count, long LastSeq, DateTime FirstHour, DateTime LastHour);
}
