namespace Zotify.Logging.Queries;

/// <summary>The cursor of a job's log, an opaque text for clients. Immutable.</summary>
/// <param name="Journals">The last number read of each journal that has entries of the job.</param>
/// <param name="Entries">
/// How many entries the job had up to here, including those that retention has deleted; <see langword="null"/> if they were not counted. It
/// shows later whether entries after this cursor were deleted.
/// </param>
/// <param name="IsEnd">Whether it is after the <see cref="JobLogEnd"/>.</param>
/// <param name="JournalId">
/// Of the cursor of an entry, which is right after it, the entry's journal; <see langword="null"/> if it is the cursor of no entry.
/// </param>
internal sealed record JobCursor(JournalsCursor Journals, long? Entries = null, bool IsEnd = false, long? JournalId = null)
{
    private const char Kind = 'J';

    /// <summary>No journal has this id. The cursor uses it for all that is no number of a journal.</summary>
    private const long OfJob = 0;

    /// <summary>Before the first entry.</summary>
    public static JobCursor Start { get; } = new(JournalsCursor.Start);

    /// <summary>The numbers to read up to for what is before this cursor. The entry that has the cursor is not before it.</summary>
    public JournalsCursor Before => JournalId is { } entry ? Journals.With(entry, Journals.SeqOf(entry) - 1) : Journals;

    /// <summary>Reads a cursor.</summary>
    /// <param name="text">The text.</param>
    /// <param name="property">The query's property that holds it.</param>
    /// <exception cref="InvalidCursorException">The text is no such cursor.</exception>
    public static JobCursor Decode(string text, string property = nameof(JobLogQuery.After))
    {
        var all = JournalsCursor.Decode(text, Kind, property);
        var ofJob = all.SeqOf(OfJob);
        var journals = all.Without(OfJob);
        var (entries, entry) = Math.DivRem(ofJob >> 1, journals.Seqs.Count() + 1);
        return new JobCursor(
            journals,
            entries > 0 ? entries - 1 : null,
            (ofJob & 1) != 0,
            entry > 0 ? journals.Seqs.ElementAt((int)entry - 1).Key : null);
    }

    /// <summary>The text of this cursor.</summary>
    public string Encode()
    {
        // One number: how many entries, which of the journals has the entry, and whether this is the end.
        var entry = JournalId is { } id ? Journals.Seqs.TakeWhile(journal => journal.Key != id).Count() + 1 : 0;
        var counted = (Entries + 1 ?? 0) * (Journals.Seqs.Count() + 1);
        var ofJob = ((counted + entry) << 1) | (IsEnd ? 1L : 0L);
        return (ofJob == 0 ? Journals : Journals.With(OfJob, ofJob)).Encode(Kind);
    }

    /// <summary>The cursor of the next entry, right after it.</summary>
    public JobCursor After(long journalId, long seq, long? entries) =>
        new(Journals.With(journalId, seq), entries, JournalId: journalId);
}
