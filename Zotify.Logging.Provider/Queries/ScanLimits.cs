namespace Zotify.Logging.Queries;

/// <summary>
/// The most rows that the engine reads for one of its queries of a search by the index of the texts. Beyond them, the search reads the rows
/// in the order of their times, which it can stop and go on with anywhere.
/// </summary>
/// <param name="Unindexed">
/// The most rows that no run of the index has. Normally a journal that is in use has about 500 of them.
/// </param>
/// <param name="Open">The most rows of the candidates that may be next, because their times overlap.</param>
internal sealed record ScanLimits(long Unindexed, long Open)
{
    /// <summary>The product's limits: about a second's work of a slow machine. Tests have smaller ones.</summary>
    public static ScanLimits Usual { get; } = new(Unindexed: 1_000_000, Open: 100_000);
}
