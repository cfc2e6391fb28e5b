namespace Zotify.Logging.Queries;

/// <summary>The next item that a subscriber gets from the shared tail.</summary>
/// <param name="Blocks">The run of the tail that it joined; <see langword="null"/> if it joined none.</param>
/// <param name="Number">The number of the next block.</param>
/// <param name="Skipped">How many items of that block it already has.</param>
internal readonly record struct TailSlot<TEntry>(RecentBlocks<TEntry>? Blocks, long Number, int Skipped);
