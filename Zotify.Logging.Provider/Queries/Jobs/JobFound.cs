namespace Zotify.Logging.Queries;

/// <summary>What a query of a job's log found.</summary>
/// <param name="Rows">The entries, in order of id.</param>
/// <param name="More">Whether there may be more now.</param>
/// <param name="Next">The cursor after them, or after all that was compared.</param>
/// <param name="Before">The cursor before them, and, of a tail, before all that was compared.</param>
/// <param name="StoppedAt">
/// The time of the last entry that was compared, where the query stopped before the page was full or the log ended; otherwise
/// <see langword="null"/>.
/// </param>
internal sealed record JobFound(
    List<JobLogRow> Rows, bool More, JournalsCursor Next, JournalsCursor? Before = null, DateTime? StoppedAt = null);
