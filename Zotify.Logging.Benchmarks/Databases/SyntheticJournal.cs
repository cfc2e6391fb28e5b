using Zotify.Logging.Formats;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Benchmarks.Databases;

/// <summary>A journal whose lines are made when they are read, all of them on the disk from the start.</summary>
/// <param name="name">Its file's name.</param>
/// <param name="count">How many lines it has.</param>
/// <param name="record">Makes the record of a line.</param>
/// <param name="format">Makes the line.</param>
internal sealed class SyntheticJournal(string name, long count, Func<long, LogRecord> record, IJournalFormat<LogRecord> format) : IJournal
{
    private readonly LineBuffer _buffer = new();
    private JournalLine[]? _prepared;

    public Guid Id { get; } = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    public string FileName => name;

    /// <summary>How many lines it has.</summary>
    public long Count => count;

    /// <summary>A projector takes what is there when it is made for an earlier run's: so none is, until it is opened.</summary>
    public long DurableSeq { get; private set; }

    /// <summary>Makes all lines in advance, so that who times a reader does not time their making.</summary>
    public void Prepare() => _prepared = [.. Enumerable.Range(1, (int)count).Select(seq => Line(seq))];

    /// <summary>From now on the lines are there.</summary>
    public void Open() => DurableSeq = count;

    public Task WaitDurableAsync(long seq, CancellationToken cancellationToken) =>
        seq < DurableSeq ? Task.CompletedTask : Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);

    public IReadOnlyList<JournalLine> Read(JournalCheckpoint cursor, int max)
    {
        var lines = new List<JournalLine>(max);
        for (var seq = cursor.Seq + 1; seq <= DurableSeq && lines.Count < max; seq++) lines.Add(_prepared?[seq - 1] ?? Line(seq));
        return lines;
    }

    public bool Holds(JournalCheckpoint cursor) => cursor.Seq <= DurableSeq;

    public void Adopt(Guid id) => throw new NotSupportedException();

    public void Renew() => throw new NotSupportedException();

    private JournalLine Line(long seq)
    {
        _buffer.RemoveFirst(_buffer.Length);
        format.Write(record(seq), seq, _buffer);
        return new JournalLine(seq, _buffer.From(0).ToArray(), Segment: 1, End: seq * 1_000);
    }
}
