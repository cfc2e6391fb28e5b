using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Provider.Database;
using Zotify.Logging.Provider.Database.Entities;

namespace Zotify.Logging.Provider.Queries.Audit;

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
    public static async Task<AuditQuery?> ExpandAsync(LoggingDbContext context, AuditQuery query, CancellationToken cancellationToken)
    {
        var prefixes = query.EventTypes.Where(pattern => pattern.EndsWith('*')).Select(pattern => ColumnText.Fit(pattern[..^1])).ToArray();
        if (prefixes.Length == 0 || prefixes.Contains("") || query.TraceIds.Count + query.UserIds.Count + query.SourceIps.Count > 0) return null;
        var types = query.EventTypes.Where(pattern => !pattern.EndsWith('*')).Select(type => ColumnText.Fit(type, ColumnLengths.Name)).ToHashSet(StringComparer.Ordinal);
        foreach (var prefix in prefixes)
        {
            for (var type = await NextAsync(context, prefix, inclusive: true, cancellationToken).ConfigureAwait(false);
                type?.StartsWith(prefix, StringComparison.Ordinal) is true;
                type = await NextAsync(context, type, inclusive: false, cancellationToken).ConfigureAwait(false))
            {
                types.Add(type);
                if (types.Count > MaxTypes) return null;
            }
        }

        return query with { EventTypes = [.. types] };
    }

    /// <summary>The first type from a text on: a seek of the index, however many events there are.</summary>
    private static Task<string?> NextAsync(LoggingDbContext context, string text, bool inclusive, CancellationToken cancellationToken)
    {
#pragma warning disable CA1309 // It becomes the comparison of the column.
        var later = inclusive
            ? context.AuditEvents.Where(row => string.Compare(row.EventType, text) >= 0)
            : context.AuditEvents.Where(row => string.Compare(row.EventType, text) > 0);
#pragma warning restore CA1309
        return later.OrderBy(row => row.EventType).Select(row => row.EventType).FirstOrDefaultAsync(cancellationToken);
    }
}
