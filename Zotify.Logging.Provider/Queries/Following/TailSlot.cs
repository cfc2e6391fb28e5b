namespace Zotify.Logging.Queries;

/// <summary>Which item of the shared tail a subscriber gets next.</summary>
/// <param name="Blocks">The run of the tail that it joined; <see langword="null"/> if it joined none.</param>
/// <param name="Number">The number of the next block.</param>
/// <param name="Skipped">How many items of that block it has already.</param>
internal readonly record struct TailSlot<TEntry>(RecentBlocks<TEntry>? Blocks, long Number, int Skipped);
