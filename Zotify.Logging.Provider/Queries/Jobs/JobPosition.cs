namespace Zotify.Logging.Provider.Queries.Jobs;

/// <summary>A place in a job's log as an opaque text: how far it is in the journals that the job has entries of.</summary>
internal static class JobPosition
{
    private const char Kind = 'J';

    /// <summary>The text of a place.</summary>
    public static string Encode(JournalPositions positions) => positions.Encode(Kind);

    /// <summary>Reads a place.</summary>
    /// <exception cref="InvalidPositionException">The text is no such place.</exception>
    public static JournalPositions Decode(string text) => JournalPositions.Decode(text, Kind, "after");
}
