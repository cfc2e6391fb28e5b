namespace Zotify.Logging.AspNetCore.Endpoints.Page;

/// <summary>A session.</summary>
/// <param name="User">Whose it is.</param>
/// <param name="Scopes">What it opens.</param>
internal sealed record SessionAnswer(string User, IReadOnlyList<string> Scopes);
