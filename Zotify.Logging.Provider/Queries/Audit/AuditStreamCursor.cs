namespace Zotify.Logging.Queries;

/// <summary>A place in the stream of all audit events as an opaque text: how far it is in each journal.</summary>
internal static class AuditStreamCursor
{
    private const char Kind = 'S';

    /// <summary>The text of a place.</summary>
    public static string Encode(JournalsCursor positions) => positions.Encode(Kind);

    /// <summary>Reads a place.</summary>
    /// <exception cref="InvalidCursorException">The text is no such place.</exception>
    public static JournalsCursor Decode(string text) => JournalsCursor.Decode(text, Kind, "after");
}
