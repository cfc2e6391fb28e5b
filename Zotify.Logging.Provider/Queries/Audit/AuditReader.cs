using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>Finds the audit events of a page.</summary>
internal static class AuditReader
{
    /// <summary>
    /// Finds the first events that match after a cursor, up to the query's limit, in its order; and whether there are more, as far as the
    /// rows that were read show it.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="query">The search; its own cursor is ignored.</param>
    /// <param name="after">The cursor to begin after; <see langword="null"/> for the beginning.</param>
    /// <param name="budget">How much may be read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<AuditFound> ReadAsync(
        LoggingConnection connection, AuditQuery query, AuditPageCursor? after, ScanBudget budget, CancellationToken cancellationToken)
    {
        var rows = new List<AuditEventRow>();
        if (await OpenAsync(connection, query, after, budget, cancellationToken).ConfigureAwait(false) is not { } scan)
            return new AuditFound(rows, Next: null, StoppedAt: null);
        var hasMore = false;
        while (!scan.IsAtEnd && !scan.IsStopped && rows.Count < query.Limit)
        {
            // One more than the page has room for shows that there is another page.
            await scan.StepAsync(
                query.Limit - rows.Count + 1,
                row =>
                {
                    hasMore = rows.Count == query.Limit;
                    if (!hasMore) rows.Add(row);
                    return !hasMore;
                },
                cancellationToken).ConfigureAwait(false);
        }

        if (hasMore) return new AuditFound(rows, AuditPageCursor.Of(rows[^1]), StoppedAt: null);
        if (scan.IsAtEnd) return new AuditFound(rows, Next: null, StoppedAt: null);
        return new AuditFound(rows, scan.Cursor, rows.Count == query.Limit ? null : scan.Cursor?.Timestamp);
    }

    /// <summary>
    /// Opens a scan of the events that match; <see langword="null"/> where no event can. What the scan leaves out because an index shows
    /// that it cannot match is decided here, and nowhere else.
    /// </summary>
    public static Task<AuditScan?> OpenAsync(
        LoggingConnection connection, AuditQuery query, AuditPageCursor? after, ScanBudget budget, CancellationToken cancellationToken) =>
        AuditTypePattern.AnyPrefix(query.EventTypes)
            ? OpenExpandedAsync(connection, query, after, budget, cancellationToken)
            : Task.FromResult<AuditScan?>(Open(connection, query, after, budget));

    private static async Task<AuditScan?> OpenExpandedAsync(
        LoggingConnection connection, AuditQuery query, AuditPageCursor? after, ScanBudget budget, CancellationToken cancellationToken)
    {
        var expanded = await AuditTypes.ExpandAsync(connection, query, cancellationToken).ConfigureAwait(false) ?? query;
        return expanded.EventTypes.Count == 0 ? null : Open(connection, expanded, after, budget);
    }

    private static AuditScan Open(LoggingConnection connection, AuditQuery query, AuditPageCursor? after, ScanBudget budget)
    {
        var matcher = new AuditMatcher(query);
        return new AuditScan(connection, AuditRowSources.Choose(connection, query, matcher), matcher, budget, after);
    }
}
