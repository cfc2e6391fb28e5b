namespace Zotify.Logging.AspNetCore.Endpoints;

/// <summary>The fields of an answer from a database that is behind the journals. Any other answer leaves them out.</summary>
internal static class BehindAnswer
{
    /// <summary>The field <c>complete</c>.</summary>
    public static bool? Complete(long behind) => behind > 0 ? false : null;

    /// <summary>The field <c>behind</c>.</summary>
    public static long? Behind(long behind) => behind > 0 ? behind : null;
}
