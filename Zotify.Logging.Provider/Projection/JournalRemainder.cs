namespace Zotify.Logging.Projection;

/// <summary>What of a journal did not get where it belongs before it was closed.</summary>
/// <param name="Unflushed">Records that did not reach the disk. They are lost, unless their bytes got there all the same.</param>
/// <param name="Unprojected">Records that are on the disk and not in the database. The next projection brings them there.</param>
/// <param name="IsEstimated">Whether the database was never reached: it may have some of <paramref name="Unprojected"/>.</param>
internal readonly record struct JournalRemainder(long Unflushed, long Unprojected, bool IsEstimated);
