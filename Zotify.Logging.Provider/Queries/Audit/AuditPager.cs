using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// Reads pages of events forward and back from the first or last event of a page, so that pages neither repeat nor skip an event.
/// </summary>
internal static class AuditPager
{
    /// <summary>Reads the page at the query's cursor, or the first page.</summary>
    /// <returns>The rows in the query's order, and the cursors of the next and previous pages.</returns>
    /// <exception cref="InvalidCursorException">The cursor was not made by a query with the same order.</exception>
    public static async Task<(List<AuditEventRow> Rows, string? Next, string? Previous)> ReadAsync(
        LoggingConnection connection, LoggingDatabase database, AuditQuery query, CancellationToken cancellationToken)
    {
        var cursor = Cursor(query);
        var back = cursor?.Back is true;
        var towards = back ? query with { Descending = !query.Descending } : query;
        // One more than requested shows whether there are more.
        var rows = await AuditReader.ReadAsync(
            connection, database, towards, cursor?.Cursor, query.Limit + 1, cancellationToken).ConfigureAwait(false);
        var more = rows.Count > query.Limit;
        if (more) rows.RemoveAt(query.Limit);
        if (back) rows.Reverse();
        // The page that the caller came from exists, even if its events were deleted since.
        var (hasNext, hasPrevious) = back ? (true, more) : (more, cursor is not null);
        return (rows, hasNext ? Next(query, rows, cursor) : null, hasPrevious ? Previous(query, rows, cursor) : null);
    }

    /// <summary>The query's cursor, and whether it goes back from there.</summary>
    /// <exception cref="InvalidCursorException">The cursor was not made by a query with the same order.</exception>
    public static (AuditPageCursor Cursor, bool Back)? Cursor(AuditQuery query) =>
        query.Cursor is { } text ? AuditPageCursor.Decode(text, query.Descending) : null;

    // If the page is empty, the cursor's own event comes next.
    private static string Next(AuditQuery query, List<AuditEventRow> rows, (AuditPageCursor Cursor, bool Back)? cursor) =>
        (rows.Count > 0 ? AuditPageCursor.Of(rows[^1]) : cursor!.Value.Cursor.Before(query.Descending)).Encode(query.Descending);

    private static string Previous(AuditQuery query, List<AuditEventRow> rows, (AuditPageCursor Cursor, bool Back)? cursor) =>
        (rows.Count > 0 ? AuditPageCursor.Of(rows[0]) : cursor!.Value.Cursor.Before(!query.Descending))
        .Encode(query.Descending, back: true);
}
