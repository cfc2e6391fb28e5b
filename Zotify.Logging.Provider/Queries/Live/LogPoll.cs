namespace Zotify.Logging.Queries;

/// <summary>What one poll of the tables returned.</summary>
/// <param name="Items">The items, in order, with about how many bytes were read for each.</param>
/// <param name="End">The cursor after everything that the poll read.</param>
/// <param name="More">Whether there is more after it already.</param>
internal sealed record LogPoll<TEntry>(IReadOnlyList<(LogItem<TEntry> Item, int Size)> Items, string End, bool More);
