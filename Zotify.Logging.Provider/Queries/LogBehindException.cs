namespace Zotify.Logging.Queries;

/// <summary>
/// Thrown where the requested item is not in the database, which is behind the journals: it may arrive a moment later.
/// </summary>
/// <param name="behind">How many records the database is behind.</param>
public sealed class LogBehindException(long behind)
    : Exception("It is not in the database, which is behind the journals: it may be there in a moment.")
{
    /// <summary>How many records the database is behind, at least 1.</summary>
    public long Behind { get; } = behind;
}
