using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>
/// Reads cursors of a merged stream for a stream of this process's own log: a client has them from before <c>Zotify:Sources</c> was
/// removed, or asks for the own log alone. Pure functions.
/// </summary>
internal static class OwnPosition
{
    /// <summary>The query with the own log's cursors in place of merged ones. Any other cursor stays.</summary>
    /// <param name="query">The query.</param>
    /// <param name="name">The own log's name among the sources.</param>
    public static SystemLogQuery In(SystemLogQuery query, string name)
    {
        uint[] names = [PositionCode.HashOf(name)];
        if (Read(query.After, names) is { } after)
        {
            var position = PositionOf(after);
            query = query with { After = position.Cursor, Since = Latest(query.Since, position.Since) };
        }

        if (Read(query.Before, names) is { } before) query = EndAt(query with { Before = null }, before);
        return Read(query.Through, names) is { } through ? EndAt(query with { Through = null }, through.WithLine(-1)) : query;
    }

    private static MergedCursor? Read(string? text, uint[] names) => text is null ? null : MergedCursor.TryParse(text, names);

    /// <summary>The own position; where the cursor has none, the time of the last line that was given out.</summary>
    private static SourcePosition PositionOf(MergedCursor cursor) => cursor[0].IsEnd ? SourcePosition.Of(cursor.Time) : cursor[0];

    private static SystemLogQuery EndAt(SystemLogQuery query, MergedCursor cursor)
    {
        var position = PositionOf(cursor);
        if (position.Cursor is not { } own) return query with { Follow = false, Until = Earliest(query.Until, position.Since!.Value) };
        // Only the line that the whole cursor belongs to is excluded.
        return cursor.Line == 0 ? query with { Before = own } : query with { Through = own };
    }

    private static DateTimeOffset? Latest(DateTimeOffset? one, DateTimeOffset? other) => one > other || other is null ? one : other;

    private static DateTimeOffset? Earliest(DateTimeOffset? one, DateTimeOffset other) => one < other ? one : other;
}
