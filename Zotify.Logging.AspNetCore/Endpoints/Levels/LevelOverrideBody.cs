namespace Zotify.Logging.AspNetCore.Endpoints.Levels;

/// <summary>
/// The body of a request that overrides a level. This type only describes it; <see cref="LevelOverrideReader"/> reads it.
/// </summary>
/// <param name="Match">The calls that it applies to.</param>
/// <param name="Level">The lowest level that it allows.</param>
/// <param name="Expires">When it ends: RFC 3339, or a duration from now (<c>15m</c>).</param>
internal sealed record LevelOverrideBody(LevelOverrideMatch Match, string Level, string Expires);
