using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>Some lines of a merged range, in order. Immutable.</summary>
/// <param name="Items">The lines and gaps; their cursors are of the merged stream.</param>
/// <param name="End">Where the next page begins.</param>
/// <param name="Away">Why a source cannot be read, by its number; <see langword="null"/> for those that can.</param>
/// <param name="IsLast">Whether there was nothing more when it was read.</param>
internal sealed record MergedPage(IReadOnlyList<LogItem<SystemLogEntry>> Items, MergedCursor End, string?[] Away, bool IsLast);
