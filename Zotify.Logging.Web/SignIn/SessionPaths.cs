namespace Zotify.Logging.Web.SignIn;

/// <summary>Where sessions are opened and closed.</summary>
internal static class SessionPaths
{
    /// <summary>Opens a session by the one-time link.</summary>
    public const string SignIn = "/sign-in";

    /// <summary>POST opens a session by a key, DELETE closes it, GET says whose it is.</summary>
    public const string Session = "/session";
}
