using Zotify.Logging.Provider.Journal;

namespace Zotify.Logging.Provider.Database.Projection;

/// <summary>The next lines of a journal for a database that stands at a cursor. Used by the projector's loop alone.</summary>
/// <param name="journal">The journal.</param>
internal sealed class ProjectionSource(IJournal journal)
{
    private const int MostLines = 2_000;

    private readonly Narrowing _narrowing = new(MostLines);

    /// <summary>Reads the next batch.</summary>
    /// <exception cref="JournalTruncatedException">The line at the cursor is gone or another one.</exception>
    public IReadOnlyList<JournalLine> Read(JournalCursor cursor) => journal.Read(cursor, _narrowing.LinesAfter(cursor.Seq));

    /// <summary>The database refused the batch, of two lines or more: what follows comes in halves of it.</summary>
    public void Halve(IReadOnlyList<JournalLine> lines) => _narrowing.Halve(lines);
}
