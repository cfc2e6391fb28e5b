namespace Zotify.Logging.Queries;

/// <summary>A place in the stream of all audit events as an opaque text: how far it is in each journal.</summary>
internal static class AuditPosition
{
    private const char Kind = 'S';

    /// <summary>The text of a place.</summary>
    public static string Encode(JournalPositions positions) => positions.Encode(Kind);

    /// <summary>Reads a place.</summary>
    /// <exception cref="InvalidPositionException">The text is no such place.</exception>
    public static JournalPositions Decode(string text) => JournalPositions.Decode(text, Kind, "after");
}
