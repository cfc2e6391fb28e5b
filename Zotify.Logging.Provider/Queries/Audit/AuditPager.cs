using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>Pages of events that go on and back by the places of their first and last ones, and so neither repeat nor leave out what was there.</summary>
internal static class AuditPager
{
    /// <summary>Reads the page that a query's cursor leads to, or the first.</summary>
    /// <returns>The rows in the query's order, and the cursors of the pages beside them.</returns>
    /// <exception cref="InvalidCursorException">The cursor was not made by a query with the same order.</exception>
    /// <exception cref="ArgumentException">A filter has over 100 values or words, or a word over 1,000 characters.</exception>
    public static async Task<(List<AuditEventRow> Rows, string? Next, string? Previous)> ReadAsync(
        LoggingConnection connection, LoggingDatabase database, AuditQuery query, CancellationToken cancellationToken)
    {
        var cursor = Cursor(query);
        var back = cursor?.Back is true;
        var towards = back ? query with { Descending = !query.Descending } : query;
        // One more than asked for tells whether there are more.
        var rows = await AuditReader.ReadAsync(connection, database, towards, cursor?.Place, query.Limit + 1, cancellationToken).ConfigureAwait(false);
        var more = rows.Count > query.Limit;
        if (more) rows.RemoveAt(query.Limit);
        if (back) rows.Reverse();
        // Where it came from, there is a page, though events may have gone since.
        var (hasNext, hasPrevious) = back ? (true, more) : (more, cursor is not null);
        return (rows, hasNext ? Next(query, rows, cursor) : null, hasPrevious ? Previous(query, rows, cursor) : null);
    }

    /// <summary>The place of the query's cursor, and whether it goes back from there.</summary>
    /// <exception cref="InvalidCursorException">The cursor was not made by a query with the same order.</exception>
    public static (AuditPageCursor Place, bool Back)? Cursor(AuditQuery query) => query.Cursor is { } text ? AuditPageCursor.Decode(text, query.Descending) : null;

    // Of an empty page, the cursor's own event is the neighbour.
    private static string Next(AuditQuery query, List<AuditEventRow> rows, (AuditPageCursor Place, bool Back)? cursor) =>
        (rows.Count > 0 ? AuditPageCursor.Of(rows[^1]) : cursor!.Value.Place.Before(query.Descending)).Encode(query.Descending);

    private static string Previous(AuditQuery query, List<AuditEventRow> rows, (AuditPageCursor Place, bool Back)? cursor) =>
        (rows.Count > 0 ? AuditPageCursor.Of(rows[0]) : cursor!.Value.Place.Before(!query.Descending)).Encode(query.Descending, back: true);
}
