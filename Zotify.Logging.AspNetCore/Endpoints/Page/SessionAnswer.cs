namespace Zotify.Logging.AspNetCore.Endpoints.Page;

/// <summary>A session.</summary>
/// <param name="User">The user.</param>
/// <param name="Scopes">The scopes that it grants.</param>
internal sealed record SessionAnswer(string User, IReadOnlyList<string> Scopes);
