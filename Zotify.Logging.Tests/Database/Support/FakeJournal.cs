using System.Text;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>A journal in memory, all of it durable at once. Tests cut and replace its lines as no real one would.</summary>
internal sealed class FakeJournal(string name = "fake.json", int mostAtOnce = int.MaxValue) : IJournal
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private TaskCompletionSource _appended = NewSignal();

    public Guid Id { get; private set; } = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    public string FileName => name;

    public int Renewals { get; private set; }

    public long DurableSeq
    {
        get
        {
            lock (_gate) return _lines.Count;
        }
    }

    public void Append(params IEnumerable<string> lines)
    {
        TaskCompletionSource appended;
        lock (_gate)
        {
            _lines.AddRange(lines);
            (appended, _appended) = (_appended, NewSignal());
        }

        appended.SetResult();
    }

    public void CutAfter(long seq)
    {
        lock (_gate) _lines.RemoveRange((int)seq, _lines.Count - (int)seq);
    }

    public void Replace(long seq, string line)
    {
        lock (_gate) _lines[(int)seq - 1] = line;
    }

    public async Task WaitDurableAsync(long seq, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task appended;
            lock (_gate)
            {
                if (_lines.Count > seq) return;
                appended = _appended.Task;
            }

            await appended.WaitAsync(cancellationToken);
        }
    }

    public IReadOnlyList<JournalLine> Read(JournalCheckpoint cursor, int max)
    {
        lock (_gate)
        {
            if (!Holds(cursor))
            {
                throw new JournalTruncatedException($"Line {cursor.Seq} is gone or another one.");
            }

            return [.. Enumerable.Range(1, _lines.Count).Skip((int)cursor.Seq).Take(Math.Min(max, mostAtOnce)).Select(seq => Line(seq))];
        }
    }

    public bool Holds(JournalCheckpoint cursor)
    {
        lock (_gate) return cursor.Seq <= _lines.Count && (cursor.Seq == 0 || Line(cursor.Seq).ToCheckpoint() == cursor);
    }

    public void Adopt(Guid id) => Id = id;

    public void Renew()
    {
        Renewals++;
        Id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private JournalLine Line(long seq) => new(seq, Encoding.UTF8.GetBytes(_lines[(int)seq - 1]), Segment: 1, End: seq * 100);
}
