using Zotify.Logging.Journal;

namespace Zotify.Logging.Projection;

/// <summary>The next lines of a journal after a checkpoint. Used by the projector's loop alone.</summary>
/// <param name="journal">The journal.</param>
internal sealed class ProjectionSource(IJournal journal)
{
    private const int MostLines = 2_000;

    private readonly BatchBisector _bisector = new(MostLines);

    /// <summary>Reads the next batch.</summary>
    /// <exception cref="JournalTruncatedException">The line at the checkpoint is gone or another one.</exception>
    public IReadOnlyList<JournalLine> Read(JournalCheckpoint checkpoint) => journal.Read(checkpoint, _bisector.LinesAfter(checkpoint.Seq));

    /// <summary>The database refused the batch, of two lines or more: what follows comes in halves of it.</summary>
    public void Halve(IReadOnlyList<JournalLine> lines) => _bisector.Halve(lines);
}
