namespace Zotify.Logging.Queries;

/// <summary>The cursor of the stream of all audit events, as an opaque text: the last number read of each journal.</summary>
internal static class AuditStreamCursor
{
    private const char Kind = 'S';

    /// <summary>The text of a cursor.</summary>
    public static string Encode(JournalsCursor cursor) => cursor.Encode(Kind);

    /// <summary>Reads a cursor.</summary>
    /// <exception cref="InvalidCursorException">The text is no such cursor.</exception>
    public static JournalsCursor Decode(string text) => JournalsCursor.Decode(text, Kind, nameof(AuditStreamQuery.After));
}
