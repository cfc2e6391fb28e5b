using Zotify.Logging.Common;

namespace Zotify.Logging.Journal;

/// <summary>
/// Brings lines to the disk, many with one fsync. A thread commits appended lines after the flush interval. A caller that blocks for its
/// line commits on its own thread when nobody else commits or waits: on some disks that is faster than waking the other thread. Only one
/// commit runs at a time. Thread-safe.
/// </summary>
internal sealed class GroupCommit : IDisposable
{
    private readonly object _gate = new();
    private readonly Action<IReadOnlyList<WaitingLine>> _commit;
    private readonly Action<string, Exception?> _report;
    private readonly CommitThread _thread;

    // Guarded by the lock.
    private readonly CommitState _state = new();
    private readonly AsyncSignal _committed = new();
    private readonly AsyncSignal _advanced = new();
    private volatile Exception? _failure;
    private volatile Exception? _overdue;

    /// <param name="commit">
    /// Writes the lines that wait, and brings them and everything appended before the call to the disk; calls <see cref="ReportDurable"/>,
    /// and completes the lines.
    /// </param>
    /// <param name="interval">The longest time a line waits for its commit.</param>
    /// <param name="report">Reports failures.</param>
    public GroupCommit(Action<IReadOnlyList<WaitingLine>> commit, Func<TimeSpan> interval, Action<string, Exception?> report)
    {
        _commit = commit;
        _report = report;
        _thread = new CommitThread(_gate, _state, interval, TryCommit, End, EndAll);
    }

    /// <summary>The number of the last line on the disk.</summary>
    public long DurableSeq => _state.DurableSeq;

    /// <summary>How many commits callers have waited for.</summary>
    public long AwaitedCommits => _state.AwaitedCommits;

    /// <summary>Why callers are refused, or one stopped waiting for the disk; <see langword="null"/> after a successful commit.</summary>
    public Exception? Failure => _failure ?? _overdue;

    /// <summary>How many callers block for lines that no commit has begun to write.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate) return _state.Waiting.Count;
        }
    }

    /// <summary>Starts the thread, after recovery found <paramref name="seq"/> lines on the disk.</summary>
    public void Start(string name, long seq)
    {
        _state.Start(seq);
        _thread.Start(name);
    }

    /// <summary>Reports that lines up to <paramref name="seq"/> have reached the file.</summary>
    public void ReportAppended(long seq)
    {
        lock (_gate)
        {
            _state.Appended(seq);
            // A running commit is followed by another check, and a thread that is not idle knows when its next commit is due.
            if (_state.IsThreadIdle && !_state.IsCommitting) Monitor.Pulse(_gate);
        }
    }

    /// <summary>Reports that lines up to <paramref name="seq"/> are on the disk.</summary>
    public void ReportDurable(long seq)
    {
        lock (_gate)
        {
            if (!_state.TryAdvance(seq)) return;
            // The disk accepts lines again: callers are not refused for an earlier failure any more.
            _failure = null;
            _advanced.Set();
            // A roll flushes by itself, so callers that await the next commit may have nothing left to wait for.
            _committed.Set();
        }
    }

    /// <summary>Requests a commit even where no line was appended, to repair an earlier failure.</summary>
    public void Request()
    {
        lock (_gate)
        {
            _state.Require(CommitDemand.Attempt);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Returns when everything appended before the call is on the disk. Concurrent callers share one fsync.</summary>
    /// <exception cref="IOException">The disk refused it.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        long target;
        lock (_gate) target = _state.AppendedSeq;
        while (true)
        {
            Task committed;
            lock (_gate)
            {
                if (_state.DurableSeq >= target) return;
                if (_state.Phase == CommitPhase.Ended) throw Closed();
                // The running commit may have begun before these lines were appended. The next one includes them.
                _state.Require(CommitDemand.Hurry);
                committed = _committed.Next;
                if (!_state.IsCommitting) Monitor.Pulse(_gate);
            }

            await committed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Blocks until the line is on the disk. Concurrent callers share one write and one fsync. Needs no thread of the pool. A caller that
    /// arrives while nobody commits or waits commits on its own thread, however long the disk takes.
    /// </summary>
    /// <exception cref="IOException">
    /// The disk refused the line, has been failing since an earlier commit, or did not answer within <paramref name="timeout"/>. The line
    /// may still appear.
    /// </exception>
    public void Write(WaitingLine line, TimeSpan timeout)
    {
        IReadOnlyList<WaitingLine>? own = null;
        lock (_gate)
        {
            if (_state.Phase == CommitPhase.Ended) throw Closed();
            if (_failure is not null) throw new IOException(_failure.Message, _failure);
            var isAlone = !_state.IsCommitting && _state.Phase == CommitPhase.Running && _state.Waiting.Count == 0;
            _state.Waiting.Add(line);
            if (isAlone) own = _state.Begin();
            else if (!_state.IsCommitting) Monitor.Pulse(_gate);
        }

        if (own is not null)
        {
            try
            {
                TryCommit(own, isLast: false);
            }
            finally
            {
                End();
            }
        }

        if (line.Wait(timeout)) return;
        lock (_gate) _state.Waiting.Remove(line);
        throw SetOverdue(new IOException($"the disk did not answer within {timeout}"));
    }

    /// <summary>Returns when the last line on the disk is above <paramref name="seq"/>.</summary>
    public async Task WaitAsync(long seq, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task advanced;
            lock (_gate)
            {
                if (_state.DurableSeq > seq) return;
                advanced = _advanced.Next;
            }

            await advanced.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Commits what is left, and ends the thread.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_state.Phase == CommitPhase.Running) _state.Phase = CommitPhase.Stopping;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
    }

    private void End()
    {
        // Outside the lock: see CommitState.End.
        _state.End();
        lock (_gate)
        {
            if (!_state.IsCommitting && (_state.Phase != CommitPhase.Running || _state.HasWork)) Monitor.Pulse(_gate);
        }
    }

    private void EndAll()
    {
        lock (_gate)
        {
            _state.Phase = CommitPhase.Ended;
            _committed.Set();
            foreach (var line in _state.Waiting) line.Complete(Closed());
        }
    }

    private bool TryCommit(IReadOnlyList<WaitingLine> lines, bool isLast)
    {
        try
        {
            _commit(lines);
            _overdue = null;
            lock (_gate)
            {
                _failure = null;
                _committed.Set();
            }

            return true;
        }
        catch (Exception exception)
        {
            _report(
                isLast
                    ? "the journal did not reach the disk before its end"
                    : "the journal did not reach the disk; it is tried again",
                exception);
            Fail(exception);
            foreach (var line in lines) line.Complete(exception);
            return false;
        }
    }

    private void Fail(Exception exception)
    {
        lock (_gate)
        {
            _failure = exception;
            _state.Require(CommitDemand.Attempt);
            // The next attempt comes after a delay. Callers that arrived meanwhile do not wait for it.
            foreach (var line in _state.Waiting) line.Complete(exception);
            _state.Waiting.Clear();
            _committed.Fail(exception as IOException ?? new IOException("The journal could not be flushed.", exception));
        }
    }

    private Exception SetOverdue(Exception exception) => _overdue = exception;

    private static JournalClosedException Closed() => new("The journal is closed; its last lines could not be flushed.");
}
