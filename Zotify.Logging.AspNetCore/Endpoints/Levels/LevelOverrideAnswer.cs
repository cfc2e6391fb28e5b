namespace Zotify.Logging.AspNetCore.Endpoints.Levels;

/// <summary>An override of the level.</summary>
/// <param name="Match">The calls that it applies to: all conditions that are not <c>null</c> must hold.</param>
/// <param name="Level">The lowest level that it allows.</param>
/// <param name="Expires">When it ends, in UTC.</param>
internal sealed record LevelOverrideAnswer(LevelOverrideMatch Match, string Level, DateTime Expires)
{
    /// <summary>Creates the answer for an override.</summary>
    public static LevelOverrideAnswer Of(LevelOverride active) => new(active.Match, active.Level.ToString(), active.Expires.UtcDateTime);
}
