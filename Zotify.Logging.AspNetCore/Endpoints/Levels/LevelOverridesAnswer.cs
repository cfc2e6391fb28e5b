namespace Zotify.Logging.AspNetCore.Endpoints.Levels;

/// <summary>The overrides of levels that are active.</summary>
/// <param name="Items">The overrides, oldest first.</param>
internal sealed record LevelOverridesAnswer(IReadOnlyList<LevelOverrideAnswer> Items);
