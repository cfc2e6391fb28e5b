namespace Zotify.Logging.Queries;

/// <summary>The cursor of a job's log, an opaque text for clients. Immutable.</summary>
/// <param name="Journals">The last number read of each journal that has entries of the job.</param>
/// <param name="Entries">
/// How many entries the job had up to here, including those that retention has deleted; <see langword="null"/> if they were not counted. It
/// shows later whether entries after this cursor were deleted.
/// </param>
/// <param name="IsEnd">Whether it is after the <see cref="JobLogEnd"/>.</param>
internal sealed record JobCursor(JournalsCursor Journals, long? Entries = null, bool IsEnd = false)
{
    private const char Kind = 'J';

    /// <summary>No journal has this id. The cursor uses it for the count of the job.</summary>
    private const long OfJob = 0;

    /// <summary>Before the first entry.</summary>
    public static JobCursor Start { get; } = new(JournalsCursor.Start);

    /// <summary>Reads a cursor.</summary>
    /// <param name="text">The text.</param>
    /// <param name="property">The query's property that holds it.</param>
    /// <exception cref="InvalidCursorException">The text is no such cursor.</exception>
    public static JobCursor Decode(string text, string property = nameof(JobLogQuery.After))
    {
        var all = JournalsCursor.Decode(text, Kind, property);
        var ofJob = all.SeqOf(OfJob);
        return new JobCursor(all.Without(OfJob), ofJob > 1 ? (ofJob >> 1) - 1 : null, (ofJob & 1) != 0);
    }

    /// <summary>The text of this cursor.</summary>
    public string Encode()
    {
        var ofJob = (Entries is { } entries ? (entries + 1) << 1 : 0) | (IsEnd ? 1L : 0L);
        return (ofJob == 0 ? Journals : Journals.With(OfJob, ofJob)).Encode(Kind);
    }

    /// <summary>The cursor after the next entry.</summary>
    public JobCursor After(long journalId, long seq, long? entries) => new(Journals.With(journalId, seq), entries);
}
