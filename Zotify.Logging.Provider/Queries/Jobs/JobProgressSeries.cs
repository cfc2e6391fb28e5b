namespace Zotify.Logging.Queries;

/// <summary>A job's progress over time. Immutable.</summary>
/// <param name="Job">The job.</param>
/// <param name="Items">Parts of the job's time that have progress, warnings or errors, in order; at most 240.</param>
/// <param name="Sampled">Whether only a part of the entries was read: warnings and errors between them are not counted.</param>
/// <param name="Behind">How many records the database is behind the journals; 0 when the answer is complete.</param>
public sealed record JobProgressSeries(JobSummary Job, IReadOnlyList<JobProgressPoint> Items, bool Sampled, long Behind);
