namespace Zotify.Logging.Queries;

/// <summary>Reports that the job has ended, after every matching entry. Immutable.</summary>
/// <param name="Cursor">Opaque: after the end. A stream from this cursor gives out nothing, unless the job is started again.</param>
/// <param name="Job">The job's summary.</param>
internal sealed record JobLogEnd(string Cursor, JobSummary Job) : LogItem<JobLogEntry>(Cursor);
