using Zotify.Logging.Journal;

namespace Zotify.Logging.Projection;

/// <summary>
/// Reads and parses the next lines of a journal after a checkpoint: while there is a backlog, during the transaction of the lines before
/// them. Used only by the projector's loop.
/// </summary>
/// <param name="journal">The journal.</param>
/// <param name="most">The most lines of a batch.</param>
internal sealed class ProjectionSource(IJournal journal, int most)
{
    private readonly BatchBisector _bisector = new(most);
    private (ProjectionSession Session, JournalCheckpoint After, Task<ParsedLines> Lines)? _ahead;

    /// <summary>Reads the next batch after the session's checkpoint.</summary>
    /// <param name="session">The session.</param>
    /// <param name="through">The number of the last line that is wanted.</param>
    /// <exception cref="JournalTruncatedException">The line at the checkpoint is gone, or is another one.</exception>
    public async Task<ParsedLines> ReadAsync(ProjectionSession session, long through)
    {
        var (ahead, parsed) = (_ahead, await EndAheadAsync().ConfigureAwait(false));
        return parsed is not null && ahead is { } known && known.Session == session && known.After == session.Checkpoint
            ? parsed
            : Read(session, session.Checkpoint, _bisector.LinesAfter(session.Checkpoint.Seq), through);
    }

    /// <summary>
    /// Begins to read the batch after this one, if there are more lines already. It is used only if the session's checkpoint moves there.
    /// </summary>
    public void ReadAhead(ProjectionSession session, IReadOnlyList<JournalLine> lines, long through)
    {
        if (_bisector.IsHalving || lines[^1].Seq >= Math.Min(journal.DurableSeq, through)) return;
        var after = lines[^1].ToCheckpoint();
        _ahead = (session, after, Task.Run(() => Read(session, after, most, through)));
    }

    /// <summary>Waits until nothing is read ahead any more. Returns what was read; <see langword="null"/> where that is nothing.</summary>
    public async Task<ParsedLines?> EndAheadAsync()
    {
        if (_ahead is not { } ahead) return null;
        _ahead = null;
        // A failure is met again, and handled, when the lines are read in turn.
        await ((Task)ahead.Lines).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ahead.Lines.IsCompletedSuccessfully ? await ahead.Lines.ConfigureAwait(false) : null;
    }

    /// <summary>Reads smaller batches after the database refused this one, of two lines or more.</summary>
    public void Halve(IReadOnlyList<JournalLine> lines) => _bisector.Halve(lines);

    private ParsedLines Read(ProjectionSession session, JournalCheckpoint after, int count, long through)
    {
        var lines = journal.Read(after, count);
        return session.Parse(lines.Count > 0 && lines[^1].Seq > through ? [.. lines.TakeWhile(line => line.Seq <= through)] : lines);
    }
}
