namespace Zotify.Logging.Queries;

/// <summary>How many of the newest blocks a shared tail keeps. A subscriber that is further behind reads the log by itself.</summary>
/// <param name="Count">The most blocks.</param>
/// <param name="Size">
/// The most bytes that were read for these blocks, not counting the last one. Bounds the memory of a log that grows fast.
/// </param>
internal sealed record KeptBlocks(int Count, long Size)
{
    /// <summary>For a log that exists only once: 20 seconds of a tail that polls 50 times a second.</summary>
    public static KeptBlocks OfOneLog { get; } = new(1024, 2 * 1024 * 1024);

    /// <summary>For a log that has one subscriber, which reads at once.</summary>
    public static KeptBlocks OfOneSubscriber { get; } = new(16, 32 * 1024);

    /// <summary>For logs of which thousands may have subscribers at once.</summary>
    public static KeptBlocks OfManyLogs { get; } = new(64, 64 * 1024);
}
