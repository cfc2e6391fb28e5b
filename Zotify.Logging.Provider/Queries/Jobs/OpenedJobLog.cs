namespace Zotify.Logging.Queries;

/// <summary>An open stream of a job's log. It has everything that is logged from now on. Enumerate it once.</summary>
/// <param name="IsPastEnd">Whether the cursor that was handed in is after the end of the job. Then no item follows.</param>
/// <param name="Blocks">The items in blocks. At the end of the log all subscribers get the same blocks. The first block is empty.</param>
internal sealed record OpenedJobLog(bool IsPastEnd, IAsyncEnumerable<LogBlock<JobLogEntry>> Blocks);
