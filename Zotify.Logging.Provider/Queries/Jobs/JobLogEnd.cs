namespace Zotify.Logging.Queries;

/// <summary>The job has ended, and every entry that matches was given.</summary>
/// <param name="Position">Opaque: behind this word. Who comes back with it finds nothing, unless the job went on.</param>
/// <param name="Job">What the job's entries add up to.</param>
public sealed record JobLogEnd(string Position, JobSummary Job) : JobLogItem(Position);
