namespace Zotify.Logging.Queries;

/// <summary>
/// What the caller asked for is not in the database. The database is behind the journals, so it may be there a moment later.
/// </summary>
/// <param name="behind">How many records the database is behind.</param>
public sealed class LogBehindException(long behind)
    : Exception("It is not in the database, which is behind the journals: it may be there in a moment.")
{
    /// <summary>How many records the database is behind, at least 1.</summary>
    public long Behind { get; } = behind;
}
