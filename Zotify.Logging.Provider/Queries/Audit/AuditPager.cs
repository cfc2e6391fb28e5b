using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// Reads pages of events forward and back from the first or last event of a page, so that pages neither repeat nor skip an event.
/// </summary>
internal static class AuditPager
{
    /// <summary>Reads the page at the query's cursor, or the first page.</summary>
    /// <exception cref="InvalidCursorException">The cursor was not made by a query with the same order.</exception>
    public static async Task<AuditRowPage> ReadAsync(
        LoggingConnection connection, AuditQuery query, ScanBudget budget, CancellationToken cancellationToken)
    {
        var cursor = Cursor(query);
        var back = cursor?.Back is true;
        var towards = back ? query with { Descending = !query.Descending } : query;
        var found = await AuditReader.ReadAsync(connection, towards, cursor?.Cursor, budget, cancellationToken).ConfigureAwait(false);
        var (rows, further) = (found.Rows, found.Next?.Encode(query.Descending, back));
        if (back) rows.Reverse();
        // The page that the caller came from exists, even if its events were deleted since.
        if (back) return new AuditRowPage(rows, Next(query, rows, cursor), further, found.StoppedAt);
        return new AuditRowPage(rows, further, cursor is null ? null : Previous(query, rows, cursor), found.StoppedAt);
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
