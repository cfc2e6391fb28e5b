namespace Zotify.Logging.Provider.Queries.Jobs;

/// <summary>The place right after an entry of <c>job_logs</c>, as an opaque text.</summary>
internal static class JobPosition
{
    private const char Kind = 'J';

    /// <summary>The place after the entry.</summary>
    public static string Encode(long id) => OpaquePosition.Encode(Kind, id);

    /// <summary>Reads a place.</summary>
    /// <exception cref="InvalidPositionException">The text is no such place.</exception>
    public static long Decode(string text)
    {
        Span<long> numbers = stackalloc long[1];
        return OpaquePosition.TryDecode(text, Kind, numbers) ? numbers[0] : throw new InvalidPositionException("after");
    }
}
