namespace Zotify.Logging.Queries;

/// <summary>How much of its end a shared tail keeps. A follower that lags by more reads by itself.</summary>
/// <param name="Count">The most blocks.</param>
/// <param name="Size">For a log that grows fast, the most that was read for them, in bytes, but for the last one.</param>
internal sealed record KeptBlocks(int Count, long Size)
{
    /// <summary>For a log of which there is one: 20 seconds of a tail that reads 50 times a second.</summary>
    public static KeptBlocks OfOneLog { get; } = new(1024, 2 * 1024 * 1024);

    /// <summary>For logs of which thousands may be followed at once.</summary>
    public static KeptBlocks OfManyLogs { get; } = new(64, 64 * 1024);
}
