using Zotify.Logging.Provider.Journal;

namespace Zotify.Logging.Provider.Database.Projection;

/// <summary>The next lines of a journal for a database that stands at a cursor. Used by the projector's loop alone.</summary>
/// <param name="journal">The journal.</param>
internal sealed class ProjectionSource(IJournal journal)
{
    private const int MostLines = 2_000;

    private readonly Narrowing _narrowing = new(MostLines);
    private bool _found;

    /// <summary>The number of the last line that an earlier run of this instance wrote.</summary>
    public long LastOfEarlierRuns { get; } = journal.DurableSeq;

    /// <summary>Where a database begins that does not know the journal, after that got a new id; otherwise <see langword="null"/>.</summary>
    public JournalCursor? RenewedAt { get; private set; }

    /// <summary>Reads the next batch.</summary>
    /// <exception cref="JournalTruncatedException">The line at the cursor is gone or another one; the journal has a new id now.</exception>
    public IReadOnlyList<JournalLine> Read(JournalCursor cursor)
    {
        try
        {
            var lines = journal.Read(cursor, _narrowing.LinesAfter(cursor.Seq));
            _found = true;
            return lines;
        }
        catch (JournalTruncatedException)
        {
            // What the database has stays there under the old id; what follows in the file comes under a new one. Whatever its
            // number, a line of this run is in no database yet, unless the journal was cut while this projector was at it.
            RenewedAt = JournalPlace.LastUpTo(journal, _found ? cursor.Seq : Math.Min(cursor.Seq, LastOfEarlierRuns));
            journal.Renew();
            throw;
        }
    }

    /// <summary>A database knows the journal's present id.</summary>
    public void Known() => RenewedAt = null;

    /// <summary>The database refused the batch, of two lines or more: what follows comes in halves of it.</summary>
    public void Halve(IReadOnlyList<JournalLine> lines) => _narrowing.Halve(lines);
}
