namespace Zotify.Logging.Queries;

/// <summary>A job's progress and trouble over time.</summary>
/// <param name="Job">The job's summary.</param>
/// <param name="Points">The points, in order.</param>
/// <param name="IsWhole">Whether every entry was counted; otherwise a part of each stretch of the job.</param>
/// <param name="Behind">How many records the database is behind the journals; 0 when nothing is missing.</param>
internal sealed record JobProgress(JobSummary Job, IReadOnlyList<JobProgressPoint> Points, bool IsWhole, long Behind);
