using Zotify.Logging.Formats;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Benchmarks.Databases;

/// <summary>A journal that creates its lines when they are read. All lines count as durable once it is opened.</summary>
/// <param name="name">The name of its file.</param>
/// <param name="count">How many lines it has.</param>
/// <param name="record">Creates the record of a line.</param>
/// <param name="format">Writes the line.</param>
internal sealed class SyntheticJournal(string name, long count, Func<long, LogRecord> record, IJournalFormat<LogRecord> format) : IJournal
{
    private readonly LineBuffer _buffer = new();
    private JournalLine[]? _prepared;
    private TaskCompletionSource _opened = NewSignal();

    public Guid Id { get; } = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    public string FileName => name;

    /// <summary>How many lines it has.</summary>
    public long Count => count;

    /// <summary>
    /// The number of the last durable line; 0 until the journal is opened, because a projector takes lines that are there when it is
    /// created for lines of an earlier run.
    /// </summary>
    public long DurableSeq { get; private set; }

    /// <summary>Creates all lines in advance, so that a timed reader does not include their creation.</summary>
    public void Prepare() => _prepared = [.. Enumerable.Range(1, (int)count).Select(seq => Line(seq))];

    /// <summary>Makes all lines durable.</summary>
    public void Open() => Open(count);

    /// <summary>Makes the lines up to one durable; 0 closes the journal for the next projector.</summary>
    public void Open(long seq)
    {
        DurableSeq = seq;
        Interlocked.Exchange(ref _opened, NewSignal()).SetResult();
    }

    public async Task WaitDurableAsync(long seq, CancellationToken cancellationToken)
    {
        while (true)
        {
            var opened = Volatile.Read(ref _opened).Task;
            if (seq < DurableSeq) return;
            await opened.WaitAsync(cancellationToken);
        }
    }

    public IReadOnlyList<JournalLine> Read(JournalCheckpoint cursor, int max)
    {
        var lines = new List<JournalLine>(max);
        for (var seq = cursor.Seq + 1; seq <= DurableSeq && lines.Count < max; seq++) lines.Add(_prepared?[seq - 1] ?? Line(seq));
        return lines;
    }

    public bool Holds(JournalCheckpoint cursor) => cursor.Seq <= DurableSeq;

    public void Adopt(Guid id) => throw new NotSupportedException();

    public void Renew() => throw new NotSupportedException();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private JournalLine Line(long seq)
    {
        _buffer.RemoveFirst(_buffer.Length);
        format.Write(record(seq), seq, _buffer);
        return new JournalLine(seq, _buffer.From(0).ToArray(), Segment: 1, End: seq * 1_000);
    }
}
