namespace Zotify.Logging.Web.SignIn;

/// <summary>What opens a session.</summary>
/// <param name="Key">The API key.</param>
internal sealed record SessionRequest(string? Key);
