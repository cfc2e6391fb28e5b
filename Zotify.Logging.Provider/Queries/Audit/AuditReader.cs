using System.Globalization;
using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>Reads audit events by the index that finds the first matches soonest.</summary>
internal static class AuditReader
{
    // For so few events, comparing their texts costs less than the text index, which finds all events with a frequent term.
    private const int FewEvents = 1_000;

    /// <summary>Reads the first <paramref name="count"/> events that match after a cursor, in the query's order.</summary>
    public static async Task<List<AuditEventRow>> ReadAsync(
        LoggingConnection connection,
        LoggingDatabase database,
        AuditQuery query,
        AuditPageCursor? after,
        int count,
        CancellationToken cancellationToken)
    {
        var dialect = database.Dialect;
        if (await AuditTypes.ExpandAsync(connection, query, cancellationToken).ConfigureAwait(false) is { } expanded)
        {
            if (expanded.EventTypes.Count == 0) return [];
            query = expanded;
        }

        if (database.Texts is { } texts
            && texts.CanSearch(AuditSearch.Terms(query))
            && !await HasFewLeadingAsync(connection, dialect, query, cancellationToken).ConfigureAwait(false))
        {
            var byText = AuditSearch.ByText(query, dialect, after, count);
            return await texts.FindAsync(connection, byText, cancellationToken).ConfigureAwait(false);
        }

        var sql = AuditSearch.Build(query, dialect, after, count);
        return await AuditRowReader.ReadAsync(connection, sql, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<bool> HasFewLeadingAsync(
        LoggingConnection connection, SqlDialect dialect, AuditQuery query, CancellationToken cancellationToken)
    {
        if (AuditSearch.CountLeading(query, dialect, FewEvents) is not { } sql) return false;
        var counts = await connection.ReadAsync(
            sql, row => Convert.ToInt64(row.GetValue(0), CultureInfo.InvariantCulture), cancellationToken).ConfigureAwait(false);
        return counts[0] < FewEvents;
    }
}
