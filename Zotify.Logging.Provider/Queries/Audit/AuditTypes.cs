using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// Expands patterns to the event types that exist. An index by type finds the newest event of one type, but not the newest of all types
/// with a prefix. So the query names each of these types instead.
/// </summary>
internal static class AuditTypes
{
    // Beyond this number the index by time is used: with so many types, many of its events match.
    private const int MaxTypes = 100;

    /// <summary>
    /// Returns the query with patterns replaced by the existing types that match them; without types if there are none. Returns
    /// <see langword="null"/> if the query is not changed: it has no patterns, or a filter that matches fewer events, or too many types
    /// match.
    /// </summary>
    public static async Task<AuditQuery?> ExpandAsync(LoggingConnection connection, AuditQuery query, CancellationToken cancellationToken)
    {
        var (names, prefixes) = AuditTypePattern.Split(query.EventTypes);
        if (prefixes.Length == 0 || prefixes.Contains("")) return null;
        if (query.TraceIds.Count + query.UserIds.Count + query.SourceIps.Count > 0) return null;
        var types = names.ToHashSet(StringComparer.Ordinal);
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

    /// <summary>Returns the first type at or after a text: one seek in the index, however many events there are.</summary>
    private static async Task<string?> NextAsync(
        LoggingConnection connection, string text, bool inclusive, CancellationToken cancellationToken)
    {
        var filter = new SqlFilter(connection.Dialect);
        var first = connection.Dialect.Take(
            $"e.event_type FROM audit_events AS e WHERE e.event_type {(inclusive ? ">=" : ">")} {filter.Value(text)}", "e.event_type", "1");
        var found = await connection.ReadAsync(
            SqlQuery.Raw(first, filter.Parameters), row => row.GetString(0), cancellationToken).ConfigureAwait(false);
        return found.SingleOrDefault();
    }
}
