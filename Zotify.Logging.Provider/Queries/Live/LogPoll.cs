namespace Zotify.Logging.Queries;

/// <summary>What one look at the tables gave.</summary>
/// <param name="Items">The items, in order, with about how much was read for each, in bytes.</param>
/// <param name="End">The position after all that was looked at.</param>
/// <param name="More">Whether there is more behind it already.</param>
internal sealed record LogPoll<TItem>(IReadOnlyList<(TItem Item, int Size)> Items, string End, bool More);
