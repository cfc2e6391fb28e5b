using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>How many lines the sources have over time, together.</summary>
/// <param name="Counts">The sums of those that could be read.</param>
/// <param name="Away">The names of those that could not.</param>
internal sealed record MergedHistogram(SystemLogHistogram Counts, IReadOnlyList<string> Away);
