namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>Where the last lines of one source begin and end. Immutable.</summary>
/// <param name="Start">The cursor before them.</param>
/// <param name="End">The cursor after them.</param>
/// <param name="Count">How many they are.</param>
/// <param name="Before">Where to search on, if the search stopped early.</param>
/// <param name="Away">Why the source cannot be read.</param>
internal readonly record struct SourceTail(string? Start, string? End, long Count, string? Before, string? Away);
