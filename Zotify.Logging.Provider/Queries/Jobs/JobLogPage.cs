namespace Zotify.Logging.Queries;

/// <summary>A page of a job's log.</summary>
/// <param name="Job">The job's summary.</param>
/// <param name="Items">The entries, in order of id.</param>
/// <param name="NextAfter">
/// Opaque: goes on after this page, even if the page is empty. An entry that another instance commits late comes in the next page, although
/// its id is lower.
/// </param>
/// <param name="More">Whether there are entries after this page now.</param>
/// <param name="Behind">How many records the database is behind the journals; 0 when the page is complete.</param>
public sealed record JobLogPage(JobSummary Job, IReadOnlyList<JobLogEntry> Items, string NextAfter, bool More, long Behind)
{
    /// <summary>
    /// The time, in UTC, of the last entry that was compared, where the query stopped because going on would have taken long. The cursor
    /// goes on there; of a tail, entries before this time were not compared. <see langword="null"/> where the page is full or the log has
    /// ended.
    /// </summary>
    public DateTime? StoppedAt { get; init; }

    /// <summary>Opaque: goes back before this page; <see langword="null"/> where nothing is before it.</summary>
    public string? NextBefore { get; init; }
}
