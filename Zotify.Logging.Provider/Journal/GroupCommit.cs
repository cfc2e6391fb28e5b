using System.Diagnostics;
using Zotify.Logging.Common;

namespace Zotify.Logging.Journal;

/// <summary>
/// Brings lines to the disk, many with one fsync, on a thread of its own: a starved thread pool cannot hold it up. A caller
/// that blocks for its line while nobody else does commits by itself: some disks take less time than to wake the thread.
/// One commits at a time. Thread-safe.
/// </summary>
/// <param name="commit">Writes the lines that wait, and brings them and everything appended before the call to the disk; tells <see cref="Advance"/> and those who wait.</param>
/// <param name="interval">The longest time a line waits for its commit.</param>
/// <param name="report">Takes failures.</param>
internal sealed class GroupCommit(Action<IReadOnlyList<WaitingLine>> commit, Func<TimeSpan> interval, Action<string, Exception?> report) : IDisposable
{
    // A disk that is back should not be waited for longer than that.
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(1);

    // The commit thread waits here, and nobody else.
    private readonly object _gate = new();
    private TaskCompletionSource _round = NewRound();
    private TaskCompletionSource _advanced = NewRound();
    private Thread? _thread;
    private long _appended;
    private long _durable;
    private long _firstWaiting;
    private volatile bool _isCommitting;
    private bool _isIdle;
    private bool _urgent;
    private bool _asked;
    private bool _stopping;
    private bool _ended;

    // Lines of callers that block.
    private List<WaitingLine> _waiting = [];
    private volatile Exception? _failure;
    private volatile Exception? _overdue;

    /// <summary>The number of the last line on the disk.</summary>
    public long DurableSeq => Interlocked.Read(ref _durable);

    /// <summary>Why callers are refused, or what one was told that did not wait any longer for the disk; <see langword="null"/> after a commit.</summary>
    public Exception? Failure => _failure ?? _overdue;

    /// <summary>How many callers block for lines that nobody has begun to write.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate) return _waiting.Count;
        }
    }

    /// <summary>Starts the thread, after recovery found <paramref name="seq"/> lines on the disk.</summary>
    public void Start(string name, long seq)
    {
        _appended = _durable = seq;
        _thread = new Thread(Run) { IsBackground = true, Name = $"zotify {name}" };
        // The thread must not keep the scopes and the activity of whoever logged first.
        using (ExecutionContext.SuppressFlow()) _thread.Start();
    }

    /// <summary>Lines up to <paramref name="seq"/> have reached the file.</summary>
    public void Appended(long seq)
    {
        lock (_gate)
        {
            if (_appended == _durable) _firstWaiting = Stopwatch.GetTimestamp();
            _appended = seq;
            // Who commits looks again afterwards, and a thread that is not idle knows when it is to commit.
            if (_isIdle && !_isCommitting) Monitor.Pulse(_gate);
        }
    }

    /// <summary>Lines up to <paramref name="seq"/> are on the disk.</summary>
    public void Advance(long seq)
    {
        lock (_gate)
        {
            if (seq <= _durable) return;
            Interlocked.Exchange(ref _durable, seq);
            // The disk takes lines again: from here on nobody is refused for what was before.
            _failure = null;
            Swap(ref _advanced).SetResult();
            // A roll flushes by itself: whoever waits for the next round may have nothing left to wait for.
            Swap(ref _round).SetResult();
        }
    }

    /// <summary>Asks for a commit although nothing may have been appended: something failed, and the commit mends it.</summary>
    public void Ask()
    {
        lock (_gate)
        {
            _asked = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Returns when everything appended before is on the disk; concurrent callers share one fsync.</summary>
    /// <exception cref="IOException">The disk refused it.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        long target;
        lock (_gate) target = _appended;
        while (true)
        {
            Task round;
            lock (_gate)
            {
                if (_durable >= target) return;
                if (_ended) throw Closed();
                // The round that is under way may have begun before our lines: then the next one has them.
                _urgent = true;
                round = _round.Task;
                if (!_isCommitting) Monitor.Pulse(_gate);
            }

            await round.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Blocks until the line is on the disk; concurrent callers share one write and one fsync. Needs no thread of the pool.
    /// Who comes while nobody commits or waits commits by itself, however long the disk takes.
    /// </summary>
    /// <exception cref="IOException">
    /// The disk refused it, fails since an earlier commit, or did not answer within <paramref name="patience"/>; the line may
    /// still appear.
    /// </exception>
    public void Write(WaitingLine line, TimeSpan patience)
    {
        IReadOnlyList<WaitingLine>? own = null;
        lock (_gate)
        {
            if (_ended) throw Closed();
            if (_failure is not null) throw new IOException(_failure.Message, _failure);
            var isAlone = !_isCommitting && !_stopping && _waiting.Count == 0;
            _waiting.Add(line);
            if (isAlone) own = Begin();
            else if (!_isCommitting) Monitor.Pulse(_gate);
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

        if (line.Wait(patience)) return;
        lock (_gate) _waiting.Remove(line);
        throw SetOverdue(new IOException($"the disk did not answer within {patience}"));
    }

    /// <summary>Returns when the last line on the disk is above <paramref name="seq"/>.</summary>
    public async Task WaitAsync(long seq, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task advanced;
            lock (_gate)
            {
                if (_durable > seq) return;
                advanced = _advanced.Task;
            }

            await advanced.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Commits what is left, and ends the thread.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.Pulse(_gate);
        }

        _thread?.Join();
    }

    private void Run()
    {
        var failures = 0;
        while (WaitForWork() is { } work)
        {
            if (TryCommit(work.Lines, work.IsLast)) failures = 0;
            else if (work.IsLast) break;
            // Still as the one who commits: nobody else is to try the disk meanwhile.
            else BackOff(RetrySchedule.After(++failures));
            End();
        }

        lock (_gate)
        {
            _ended = true;
            _round.SetResult();
            foreach (var line in _waiting) line.Tell(Closed());
        }
    }

    /// <summary>
    /// Waits until there is something to commit and its time has come: the lines that wait, and whether it is the last
    /// attempt; <see langword="null"/> when all is done.
    /// </summary>
    private (IReadOnlyList<WaitingLine> Lines, bool IsLast)? WaitForWork()
    {
        lock (_gate)
        {
            while (true)
            {
                if (_isCommitting || !HasWork())
                {
                    if (_stopping && !_isCommitting) return null;
                    _isIdle = true;
                    Monitor.Wait(_gate);
                    _isIdle = false;
                    continue;
                }

                var left = interval() - Stopwatch.GetElapsedTime(_firstWaiting);
                if (_asked || _urgent || _stopping || _waiting.Count > 0 || left <= TimeSpan.Zero) return (Begin(), _stopping);
                Monitor.Wait(_gate, left);
            }
        }
    }

    private bool HasWork() => _asked || _waiting.Count > 0 || _appended > _durable;

    /// <summary>From here to <see cref="End"/> nobody else commits. Returns the lines that wait. Within the lock.</summary>
    private List<WaitingLine> Begin()
    {
        _isCommitting = true;
        _asked = _urgent = false;
        _firstWaiting = Stopwatch.GetTimestamp();
        var lines = _waiting;
        _waiting = [];
        return lines;
    }

    private void End()
    {
        // Before the lock: a caller that is interrupted at it must not keep others from committing for ever.
        _isCommitting = false;
        lock (_gate)
        {
            if (!_isCommitting && (_stopping || HasWork())) Monitor.Pulse(_gate);
        }
    }

    private bool TryCommit(IReadOnlyList<WaitingLine> lines, bool isLast)
    {
        try
        {
            commit(lines);
            _overdue = null;
            lock (_gate)
            {
                _failure = null;
                Swap(ref _round).SetResult();
            }

            return true;
        }
        catch (Exception exception)
        {
            report(isLast ? "the journal did not reach the disk before its end" : "the journal did not reach the disk; it is tried again", exception);
            Fail(exception);
            foreach (var line in lines) line.Tell(exception);
            return false;
        }
    }

    private void Fail(Exception exception)
    {
        lock (_gate)
        {
            _failure = exception;
            _asked = true;
            // Those who came meanwhile would wait for the next attempt, which comes late.
            foreach (var line in _waiting) line.Tell(exception);
            _waiting.Clear();
            var round = Swap(ref _round);
            round.SetException(exception as IOException ?? new IOException("The journal could not be flushed.", exception));
            _ = round.Task.Exception; // Observed: often nobody waits for a round.
        }
    }

    /// <summary>Waits before the next attempt. Who logs or flushes meanwhile does not cut it short: a failing disk is not to be hammered.</summary>
    private void BackOff(TimeSpan delay)
    {
        var start = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            while (!_stopping && Min(delay, LongestRetry) - Stopwatch.GetElapsedTime(start) is var left && left > TimeSpan.Zero) Monitor.Wait(_gate, left);
        }
    }

    private Exception SetOverdue(Exception exception) => _overdue = exception;

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static IOException Closed() => new("The journal is closed; its last lines could not be flushed.");

    private static TaskCompletionSource NewRound() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource Swap(ref TaskCompletionSource round)
    {
        var done = round;
        round = NewRound();
        return done;
    }
}
