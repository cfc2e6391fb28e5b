using System.Globalization;
using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>Reads audit events by the index that gives the first of them soonest.</summary>
internal static class AuditReader
{
    // Of so few events, comparing the texts costs less than asking the index for them, which finds a frequent word everywhere.
    private const int FewEvents = 1_000;

    /// <summary>The events that match after a place, in the query's order, at most <paramref name="count"/>.</summary>
    /// <exception cref="ArgumentException">A filter has over 100 values, or a word of over 1,000 characters.</exception>
    public static async Task<List<AuditEventRow>> ReadAsync(
        LoggingConnection connection, LoggingDatabase database, AuditQuery query, AuditPageCursor? after, int count, CancellationToken cancellationToken)
    {
        var dialect = database.Dialect;
        // Before anything is read: what is asked may be too much.
        var sql = AuditSearch.Build(query, dialect, after, count);
        if (await AuditTypes.ExpandAsync(connection, query, cancellationToken).ConfigureAwait(false) is { } expanded)
        {
            if (expanded.EventTypes.Count == 0) return [];
            query = expanded;
            sql = AuditSearch.Build(query, dialect, after, count);
        }

        if (database.Texts is { } texts && texts.Knows(AuditSearch.Words(query)) && !await HasFewLeadingAsync(connection, dialect, query, cancellationToken).ConfigureAwait(false))
            return await texts.FindAsync(connection, AuditSearch.ByText(query, dialect, after, count), cancellationToken).ConfigureAwait(false);
        return await AuditRowReader.ReadAsync(connection, sql, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<bool> HasFewLeadingAsync(LoggingConnection connection, SqlDialect dialect, AuditQuery query, CancellationToken cancellationToken) =>
        AuditSearch.CountLeading(query, dialect, FewEvents) is { } sql
        && (await connection.ReadAsync(sql, row => Convert.ToInt64(row.GetValue(0), CultureInfo.InvariantCulture), cancellationToken).ConfigureAwait(false))[0] < FewEvents;
}
