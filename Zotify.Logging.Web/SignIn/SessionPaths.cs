namespace Zotify.Logging.Web.SignIn;

/// <summary>The addresses that open and close sessions.</summary>
internal static class SessionPaths
{
    /// <summary>Opens a session with the one-time link.</summary>
    public const string SignIn = "/sign-in";

    /// <summary>POST opens a session with a key, DELETE closes it, GET returns its user.</summary>
    public const string Session = "/session";
}
