using Zotify.Logging.Journal;

namespace Zotify.Logging.Tests.Database.Projection.Identity;

/// <summary>A real journal in a process that ends at a step.</summary>
internal sealed class MortalJournal(IJournal journal, EndingProcess process) : IJournal
{
    public Guid Id => journal.Id;

    public string FileName => journal.FileName;

    public long DurableSeq => journal.DurableSeq;

    public Task WaitDurableAsync(long seq, CancellationToken cancellationToken) => journal.WaitDurableAsync(seq, cancellationToken);

    public IReadOnlyList<JournalLine> Read(JournalCheckpoint cursor, int max)
    {
        process.Step();
        return journal.Read(cursor, max);
    }

    public bool Holds(JournalCheckpoint cursor)
    {
        process.Step();
        return journal.Holds(cursor);
    }

    public void Renew()
    {
        process.Step();
        journal.Renew();
        process.Step();
    }

    public void Adopt(Guid id)
    {
        process.Step();
        journal.Adopt(id);
        process.Step();
    }
}
