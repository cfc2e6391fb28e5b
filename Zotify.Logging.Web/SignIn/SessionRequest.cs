namespace Zotify.Logging.Web.SignIn;

/// <summary>The credential that opens a session.</summary>
/// <param name="Key">The API key.</param>
internal sealed record SessionRequest(string? Key);
