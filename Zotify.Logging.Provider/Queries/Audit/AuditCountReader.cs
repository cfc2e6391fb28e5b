using Zotify.Logging.Database;
using Zotify.Logging.Projection;

namespace Zotify.Logging.Queries;

/// <summary>
/// Reads the table of counts, which has one row for each hour and type, so the cost does not grow with the number of events. It knows types
/// and whole hours only: an hour that <see cref="AuditQuery.From"/> is in counts as a whole.
/// </summary>
internal static class AuditCountReader
{
    /// <summary>Whether a query filters by nothing but what the table knows, apart from parts of hours.</summary>
    public static bool Knows(AuditQuery query) => new AuditMatcher(query).IsEmpty
        && AuditFilters.ByColumn(query).All(filter => filter.IsType || filter.Values.Count == 0);

    /// <summary>The rows of the query's types and times.</summary>
    public static async Task<List<(DateTime Hour, string Type, long Count)>> ReadAsync(
        LoggingConnection connection, AuditQuery query, CancellationToken cancellationToken)
    {
        var matches = AuditTypePattern.Any(query.EventTypes);
        var filter = new SqlFilter(connection.Dialect);
        filter.RequireTime("c.hour", query.From is { } from ? AuditHours.Of(from.UtcDateTime) : null, query.To);
        var rows = await connection.ReadAsync(
            SqlQuery.Raw($"SELECT c.hour, c.event_type, c.count FROM audit_counts AS c {filter.Where}", filter.Parameters),
            row => (Hour: connection.Dialect.ReadTime(row, 0), Type: row.GetString(1), Count: row.GetInt64(2)),
            cancellationToken).ConfigureAwait(false);
        return rows.FindAll(row => matches(row.Type));
    }
}
