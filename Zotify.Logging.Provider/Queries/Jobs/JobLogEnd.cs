namespace Zotify.Logging.Queries;

/// <summary>The job has ended, and every entry that matches was given out. Immutable.</summary>
/// <param name="Cursor">Opaque: after the end. A stream that goes on from it gives out nothing, unless the job goes on.</param>
/// <param name="Job">The job's summary.</param>
internal sealed record JobLogEnd(string Cursor, JobSummary Job) : LogItem<JobLogEntry>(Cursor);
