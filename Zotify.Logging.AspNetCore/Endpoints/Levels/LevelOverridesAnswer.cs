namespace Zotify.Logging.AspNetCore.Endpoints.Levels;

/// <summary>The active overrides of levels.</summary>
/// <param name="Items">The overrides, oldest first.</param>
internal sealed record LevelOverridesAnswer(IReadOnlyList<LevelOverrideAnswer> Items);
