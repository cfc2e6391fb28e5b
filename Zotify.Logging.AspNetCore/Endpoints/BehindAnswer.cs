namespace Zotify.Logging.AspNetCore.Endpoints;

/// <summary>
/// The fields of an answer that is not complete: the database is behind the journals, or a search stopped before it had compared all. Any
/// other answer leaves them out.
/// </summary>
internal static class BehindAnswer
{
    /// <summary>The field <c>complete</c>.</summary>
    /// <param name="behind">How many records the database is behind.</param>
    /// <param name="stoppedAt">Where a search stopped; <see langword="null"/> where it did not.</param>
    public static bool? Complete(long behind, DateTime? stoppedAt = null) => behind > 0 || stoppedAt is not null ? false : null;

    /// <summary>The field <c>behind</c>.</summary>
    public static long? Behind(long behind) => behind > 0 ? behind : null;
}
