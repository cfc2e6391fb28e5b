using System.Data.Common;
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
        var filter = Filter(connection.Dialect, journalId, gone);
        var first = connection.Dialect.Take(
            $"seq, timestamp, event_type FROM audit_events {filter.Where}", "seq", filter.Value(RetentionSession.ChunkSize));
        var events = await connection.ReadAsync(
            SqlQuery.Raw(first, filter.Parameters), row => Event(row, connection.Dialect), cancellationToken).ConfigureAwait(false);
        if (events.Count == 0) return false;
        filter = Filter(connection.Dialect, journalId, gone);
        filter.Require($"seq <= {filter.Value(events[^1].Seq)}");
        await connection.ExecuteAsync(
            SqlQuery.Raw($"DELETE FROM audit_events {filter.Where}", filter.Parameters), cancellationToken).ConfigureAwait(false);
        foreach (var counted in AuditHours.InLockOrder(events, row => (row.Hour, row.EventType)))
        {
            var (hour, eventType) = counted.Key;
            await connection.ExecuteAsync(
                $"UPDATE audit_counts SET count = count - {counted.Count()} WHERE hour = {hour} AND event_type = {eventType}",
                cancellationToken).ConfigureAwait(false);
            await connection.ExecuteAsync(
                $"DELETE FROM audit_counts WHERE hour = {hour} AND event_type = {eventType} AND count <= 0",
                cancellationToken).ConfigureAwait(false);
        }

        return events.Count == RetentionSession.ChunkSize;
    }

    private static SqlFilter Filter(SqlDialect dialect, long journalId, Action<SqlFilter> gone)
    {
        var filter = new SqlFilter(dialect);
        filter.Require($"journal_id = {filter.Value(journalId)}");
        gone(filter);
        return filter;
    }

    private static (long Seq, DateTime Hour, string EventType) Event(DbDataReader row, SqlDialect dialect) =>
        (row.GetInt64(0), AuditHours.Of(dialect.ReadTime(row, 1)), row.GetString(2));
}
