namespace Zotify.Logging.Queries;

/// <summary>A place in a job's log, as an opaque text for clients.</summary>
/// <param name="Journals">How far it is in the journals that the job has entries of.</param>
/// <param name="Entries">
/// How many entries the job had up to here, those that retention has deleted among them; <see langword="null"/> where that was not counted. It tells
/// later whether entries after this place were deleted, too.
/// </param>
/// <param name="IsEnd">Whether it is behind the word that the job has ended.</param>
internal sealed record JobCursor(JournalsCursor Journals, long? Entries = null, bool IsEnd = false)
{
    private const char Kind = 'J';

    /// <summary>Not a journal's number.</summary>
    private const long OfJob = 0;

    /// <summary>Before the first entry.</summary>
    public static JobCursor Start { get; } = new(JournalsCursor.Start);

    /// <summary>Reads a place.</summary>
    /// <exception cref="InvalidCursorException">The text is no such place.</exception>
    public static JobCursor Decode(string text)
    {
        var all = JournalsCursor.Decode(text, Kind, "after");
        var ofJob = all.SeqOf(OfJob);
        return new JobCursor(all.Without(OfJob), ofJob > 1 ? (ofJob >> 1) - 1 : null, (ofJob & 1) != 0);
    }

    /// <summary>The text of this place.</summary>
    public string Encode()
    {
        var ofJob = (Entries is { } entries ? (entries + 1) << 1 : 0) | (IsEnd ? 1L : 0L);
        return (ofJob == 0 ? Journals : Journals.With(OfJob, ofJob)).Encode(Kind);
    }

    /// <summary>The place after an entry that comes next.</summary>
    public JobCursor After(long journalId, long seq, long? entries) => new(Journals.With(journalId, seq), entries);
}
