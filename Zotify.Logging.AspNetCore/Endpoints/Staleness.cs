namespace Zotify.Logging.AspNetCore.Endpoints;

/// <summary>How an answer says that the database is behind the journals; one that is not says nothing.</summary>
internal static class Staleness
{
    /// <summary>The field <c>complete</c>.</summary>
    public static bool? Complete(long behind) => behind > 0 ? false : null;

    /// <summary>The field <c>behind</c>.</summary>
    public static long? Behind(long behind) => behind > 0 ? behind : null;
}
