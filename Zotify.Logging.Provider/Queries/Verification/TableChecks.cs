using System.Data.Common;
using System.Globalization;
using Zotify.Logging.Database;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;

namespace Zotify.Logging.Queries;

/// <summary>
/// Checks the tables of the audit log, independently of the files. Each check is one statement, so they see the tables at different
/// moments. Stateless.
/// </summary>
internal static class TableChecks
{
    /// <summary>
    /// The lowest number of a journal's rows below a line, and the hash of the row right before that line;
    /// <see langword="null"/> where there is none.
    /// </summary>
    public static async Task<(long Seq, string? HashBefore)?> FindBelowAsync(
        LoggingConnection connection, long journalId, long seq, CancellationToken cancellationToken)
    {
        var lowest = await FirstAsync(
            connection, filter => filter.Require(
                $"e.journal_id = {filter.Value(journalId)} AND e.seq < {filter.Value(seq)}"), cancellationToken).ConfigureAwait(false);
        if (lowest is not { } found) return null;
        var before = await connection.ReadAsync(
            $"SELECT e.hash FROM audit_events AS e WHERE e.journal_id = {journalId} AND e.seq = {seq - 1}", row => row.TextOrNull(0),
            cancellationToken).ConfigureAwait(false);
        return (found, before.FirstOrDefault());
    }

    /// <summary>
    /// The first of a journal's rows beyond its checkpoint, which moves in the transaction of the rows; <see langword="null"/> where there
    /// is none.
    /// </summary>
    public static async Task<RowFault?> FindBeyondCheckpointAsync(
        LoggingConnection connection, long journalId, CancellationToken cancellationToken)
    {
        var beyond = await FirstAsync(
            connection,
            filter =>
            {
                filter.Require($"e.journal_id = {filter.Value(journalId)}");
                filter.Require($"e.seq > (SELECT j.seq FROM journals AS j WHERE j.id = {filter.Value(journalId)})");
            },
            cancellationToken).ConfigureAwait(false);
        return beyond is { } seq
            ? new RowFault(seq, "it is beyond the checkpoint of its journal: it was added, or the checkpoint was set back")
            : null;
    }

    /// <summary>
    /// The number of rows of each journal and their lowest line number, by the journal's number in <c>journals</c>; and those of them whose
    /// journal does not exist.
    /// </summary>
    public static async Task<(
        IReadOnlyList<JournalRows> Rows,
        IReadOnlyList<JournalRows> Orphans)> CountAsync(LoggingConnection connection, CancellationToken cancellationToken)
    {
        // Read the rows before the journals: a journal is always inserted before its rows.
        var rows = await connection.ReadAsync(
            $"SELECT e.journal_id, COUNT(*), MIN(e.seq) FROM audit_events AS e GROUP BY e.journal_id",
            row => new JournalRows(
                row.GetInt64(0),
                Convert.ToInt64(row.GetValue(1), CultureInfo.InvariantCulture),
                row.GetInt64(2)), cancellationToken).ConfigureAwait(false);
        var journals = await connection.ReadAsync(
            $"SELECT j.id FROM journals AS j", row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        return (rows, [.. rows.ExceptBy(journals, journal => journal.JournalId).OrderBy(journal => journal.FirstSeq)]);
    }

    /// <summary>
    /// The first hour and type, by hour, whose count differs from the number of its rows; <see langword="null"/> where there is none.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="since">Only the hour of this time and later ones, in UTC; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<AuditCountFault?> FindWrongCountAsync(
        LoggingConnection connection, DateTime? since, CancellationToken cancellationToken)
    {
        var from = since is { } first ? AuditHours.Of(first) : (DateTime?)null;
        var dialect = connection.Dialect;
        var filter = new SqlFilter(dialect);
        var wrong = dialect.Take(
            $"""
            c.hour, c.event_type FROM audit_counts AS c
            WHERE {After("c.hour", filter)}(c.count <= 0 OR c.hour <> {dialect.HourOf("c.hour")} OR c.count <> (
              SELECT COUNT(*) FROM audit_events AS e
              WHERE e.event_type = c.event_type AND e.timestamp >= c.hour AND e.timestamp < {dialect.NextHour("c.hour")}))
            """,
            "c.hour, c.event_type", filter.Value(1));
        if (await ReadAsync(wrong, filter).ConfigureAwait(false) is { } count) return count;
        // All counts are right, so events without a count make the sums differ.
        if (from is null && await SumsAreEqualAsync(connection, cancellationToken).ConfigureAwait(false)) return null;
        filter = new SqlFilter(dialect);
        var hour = dialect.HourOf("e.timestamp");
        var uncounted = dialect.Take(
            $"{hour}, e.event_type FROM audit_events AS e WHERE {After("e.timestamp", filter)}NOT EXISTS "
                + $"(SELECT 1 FROM audit_counts AS c WHERE c.hour = {hour} AND c.event_type = e.event_type)",
            "e.timestamp, e.event_type", filter.Value(1));
        return await ReadAsync(uncounted, filter).ConfigureAwait(false);

        string After(string column, SqlFilter given) => from is { } hour ? $"{column} >= {given.Value(hour)} AND " : "";

        async Task<AuditCountFault?> ReadAsync(string query, SqlFilter given)
        {
            var found = await connection.ReadAsync(
                SqlQuery.Raw(query, given.Parameters), row => new AuditCountFault(
                    Text(row.GetValue(0)), $"{row.GetValue(1)}"), cancellationToken).ConfigureAwait(false);
            return found.FirstOrDefault();
        }
    }

    /// <summary>Reads the newest event <c>audit.pruned</c> of a journal; <see langword="null"/> where there is none.</summary>
    public static async Task<PruneAnchor?> FindPrunedAsync(
        LoggingConnection connection, long journalId, CancellationToken cancellationToken)
    {
        var filter = new SqlFilter(connection.Dialect);
        filter.Require(
            $"e.event_type = {filter.Value(PruneAnchor.EventType)} AND e.journal_id = {filter.Value(journalId)} AND e.category = "
                + $"{filter.Value(PruneAnchor.Category)}");
        var newest = connection.Dialect.Take($"e.details FROM audit_events AS e {filter.Where}", "e.seq DESC", filter.Value(1));
        var found = await connection.ReadAsync(
            SqlQuery.Raw(newest, filter.Parameters), row => row.TextOrNull(0), cancellationToken).ConfigureAwait(false);
        return PruneAnchor.OfDetails(found.FirstOrDefault());
    }

    private static async Task<bool> SumsAreEqualAsync(LoggingConnection connection, CancellationToken cancellationToken)
    {
        var sums = await connection.ReadAsync(
            $"SELECT COUNT(*), (SELECT COALESCE(SUM(c.count), 0) FROM audit_counts AS c) FROM audit_events AS e",
            row => Number(row, 0) == Number(row, 1),
            cancellationToken).ConfigureAwait(false);
        return sums[0];
    }

    private static string Text(object hour) =>
        hour is DateTime time ? time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture) : $"{hour}";

    private static async Task<long?> FirstAsync(
        LoggingConnection connection, Action<SqlFilter> require, CancellationToken cancellationToken)
    {
        var filter = new SqlFilter(connection.Dialect);
        require(filter);
        var first = connection.Dialect.Take($"e.seq FROM audit_events AS e {filter.Where}", "e.seq", filter.Value(1));
        var found = await connection.ReadAsync(
            SqlQuery.Raw(first, filter.Parameters), row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        return found.Count > 0 ? found[0] : null;
    }

    private static long Number(DbDataReader row, int column) => Convert.ToInt64(row.GetValue(column), CultureInfo.InvariantCulture);
}
