namespace Zotify.Logging.AspNetCore.Endpoints.Levels;

/// <summary>What overrides a level. Only described by this type: <see cref="LevelOverrideReader"/> reads it.</summary>
/// <param name="Match">The calls that it is for.</param>
/// <param name="Level">The lowest level that it lets through.</param>
/// <param name="Expires">When it ends: RFC 3339, or a duration from now (<c>15m</c>).</param>
internal sealed record LevelOverrideBody(LevelOverrideMatch Match, string Level, string Expires);
