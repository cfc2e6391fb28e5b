using Zotify.Logging.Journal;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>A journal that reports an earlier end once, to the projector that starts on it.</summary>
internal sealed class FakeJournalThatStarts(FakeJournal journal, long earlierSeq) : IJournal
{
    public Guid Id => journal.Id;

    public string FileName => journal.FileName;

    public long DurableSeq => earlierSeq;

    public Task WaitDurableAsync(long seq, CancellationToken cancellationToken) => journal.WaitDurableAsync(seq, cancellationToken);

    public IReadOnlyList<JournalLine> Read(JournalCheckpoint cursor, int max) => journal.Read(cursor, max);

    public bool Holds(JournalCheckpoint cursor) => journal.Holds(cursor);

    public void Adopt(Guid id) => journal.Adopt(id);

    public void Renew() => journal.Renew();
}
