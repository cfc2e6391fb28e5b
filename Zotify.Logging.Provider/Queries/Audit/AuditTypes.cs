using Zotify.Logging.Database;
using Zotify.Logging.Records;

namespace Zotify.Logging.Queries;

/// <summary>
/// The event types that there are. An index by type gives the newest of each, but not the newest of all that begin alike: for those, each is asked for.
/// </summary>
internal static class AuditTypes
{
    // Beyond, the index of the times is read: with so many types, much of what it gives is of one of them.
    private const int MaxTypes = 100;

    /// <summary>
    /// The query with the types that there are instead of the patterns that match them; none, where there are none. <see langword="null"/> where it
    /// stays as it is: without patterns, with a filter that says more, or with too many types.
    /// </summary>
    public static async Task<AuditQuery?> ExpandAsync(LoggingConnection connection, AuditQuery query, CancellationToken cancellationToken)
    {
        var prefixes = query.EventTypes.Where(pattern => pattern.EndsWith('*')).Select(pattern => ColumnText.Fit(pattern[..^1])).ToArray();
        if (prefixes.Length == 0 || prefixes.Contains("") || query.TraceIds.Count + query.UserIds.Count + query.SourceIps.Count > 0) return null;
        var types = query.EventTypes.Where(pattern => !pattern.EndsWith('*')).Select(type => ColumnText.Fit(type, ColumnLengths.Name)).ToHashSet(StringComparer.Ordinal);
        foreach (var prefix in prefixes)
        {
            for (var type = await NextAsync(connection, prefix, inclusive: true, cancellationToken).ConfigureAwait(false);
                type?.StartsWith(prefix, StringComparison.Ordinal) is true;
                type = await NextAsync(connection, type, inclusive: false, cancellationToken).ConfigureAwait(false))
            {
                types.Add(type);
                if (types.Count > MaxTypes) return null;
            }
        }

        return query with { EventTypes = [.. types] };
    }

    /// <summary>The first type from a text on: a seek of the index, however many events there are.</summary>
    private static async Task<string?> NextAsync(LoggingConnection connection, string text, bool inclusive, CancellationToken cancellationToken)
    {
        var filter = new SqlFilter(connection.Dialect);
        var first = connection.Dialect.Take(
            $"e.event_type FROM audit_events AS e WHERE e.event_type {(inclusive ? ">=" : ">")} {filter.Value(text)}", "e.event_type", "1");
        var found = await connection.ReadAsync(SqlQuery.Raw(first, filter.Parameters), row => row.GetString(0), cancellationToken).ConfigureAwait(false);
        return found.SingleOrDefault();
    }
}
