namespace Zotify.Logging.Queries;

/// <summary>Where a follower stands in the shared tail.</summary>
/// <param name="Blocks">The run of the tail that it joined; <see langword="null"/> where it joined none.</param>
/// <param name="Number">The number of the block that comes next.</param>
/// <param name="Skipped">How many items of that block it has already.</param>
internal readonly record struct TailSlot<TItem>(RecentBlocks<TItem>? Blocks, long Number, int Skipped)
    where TItem : IPositioned;
