namespace Zotify.Logging.Queries;

/// <summary>The result of one poll of the tables.</summary>
/// <param name="Items">The items, in order, each with the approximate number of bytes that were read for it.</param>
/// <param name="End">The cursor after everything that the poll read.</param>
/// <param name="More">Whether there are already more after it.</param>
internal sealed record LogPoll<TEntry>(IReadOnlyList<(LogItem<TEntry> Item, int Size)> Items, string End, bool More);
