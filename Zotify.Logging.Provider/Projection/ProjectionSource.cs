using Zotify.Logging.Journal;

namespace Zotify.Logging.Projection;

/// <summary>Reads the next lines of a journal after a checkpoint. Used only by the projector's loop.</summary>
/// <param name="journal">The journal.</param>
/// <param name="most">The most lines of a batch.</param>
internal sealed class ProjectionSource(IJournal journal, int most)
{
    private readonly BatchBisector _bisector = new(most);

    /// <summary>Reads the next batch.</summary>
    /// <exception cref="JournalTruncatedException">The line at the checkpoint is gone, or is another one.</exception>
    public IReadOnlyList<JournalLine> Read(JournalCheckpoint checkpoint) => journal.Read(checkpoint, _bisector.LinesAfter(checkpoint.Seq));

    /// <summary>Reads smaller batches after the database refused this one, of two lines or more.</summary>
    public void Halve(IReadOnlyList<JournalLine> lines) => _bisector.Halve(lines);
}
