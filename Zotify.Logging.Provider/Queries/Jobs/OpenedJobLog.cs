namespace Zotify.Logging.Queries;

/// <summary>A stream of a job's log that has its place: what is logged from now on is in it. To be enumerated once.</summary>
/// <param name="IsPastEnd">Whether the place that was asked for is behind the end of the job: nothing will come.</param>
/// <param name="Blocks">The items in blocks, of which those at the end of the log are the same for all followers; the first one is empty.</param>
public sealed record OpenedJobLog(bool IsPastEnd, IAsyncEnumerable<LogBlock<JobLogItem>> Blocks);
