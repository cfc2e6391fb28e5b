namespace Zotify.Logging.Queries;

/// <summary>The result of waiting for a job.</summary>
/// <param name="Job">The job as it is now.</param>
/// <param name="Ended">Whether it is no longer running; otherwise the timeout passed.</param>
/// <param name="Behind">How many records the database is behind the journals; 0 when all entries can be read.</param>
internal sealed record JobEnd(JobSummary Job, bool Ended, long Behind);
