using System.Diagnostics;

namespace Zotify.Logging.Provider.Journal;

/// <summary>
/// Brings what was appended to the disk, many lines with one fsync, on a thread of its own: a starved thread pool cannot
/// hold it up. Thread-safe.
/// </summary>
/// <param name="commit">Brings everything appended before the call to the disk, and says so by <see cref="Advance"/>.</param>
/// <param name="interval">The longest time a line waits for its commit.</param>
/// <param name="report">Takes failures.</param>
internal sealed class GroupCommit(Action commit, Func<TimeSpan> interval, Action<string, Exception?> report) : IDisposable
{
    // A disk that is back should not be waited for longer than that.
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(1);

    // The commit thread waits here.
    private readonly object _gate = new();
    private TaskCompletionSource _round = NewRound();
    private TaskCompletionSource _advanced = NewRound();
    private Thread? _thread;
    private long _appended;
    private long _durable;
    private long _firstWaiting;
    private bool _urgent;
    private bool _asked;
    private bool _stopping;
    private bool _ended;

    // Callers that block for their line wait here.
    private readonly object _callers = new();
    private Exception? _failure;
    private long _failedUpTo;
    private volatile Exception? _overdue;

    /// <summary>The number of the last line on the disk.</summary>
    public long DurableSeq => Interlocked.Read(ref _durable);

    /// <summary>What a caller was told that did not wait any longer for the disk; <see langword="null"/> after a commit.</summary>
    public Exception? Overdue => _overdue;

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
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Lines up to <paramref name="seq"/> are on the disk.</summary>
    public void Advance(long seq)
    {
        lock (_gate)
        {
            if (seq <= _durable) return;
            Interlocked.Exchange(ref _durable, seq);
            Swap(ref _advanced).SetResult();
            // A roll flushes by itself: whoever waits for the next round may have nothing left to wait for.
            Swap(ref _round).SetResult();
        }

        lock (_callers) Monitor.PulseAll(_callers);
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
                Monitor.Pulse(_gate);
            }

            await round.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Blocks until the line <paramref name="seq"/> is on the disk; concurrent callers share one fsync. Needs no thread of the pool.</summary>
    /// <exception cref="IOException">The disk refused it, or did not answer within <paramref name="patience"/>.</exception>
    public void Wait(long seq, TimeSpan patience)
    {
        var start = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            _urgent = true;
            Monitor.Pulse(_gate);
        }

        lock (_callers)
        {
            while (DurableSeq < seq)
            {
                if (seq <= _failedUpTo) throw new IOException(_failure!.Message, _failure);
                if (_ended) throw Closed();
                var left = patience - Stopwatch.GetElapsedTime(start);
                if (left <= TimeSpan.Zero) throw SetOverdue(new IOException($"the disk did not answer within {patience}"));
                Monitor.Wait(_callers, left);
            }
        }
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
            try
            {
                commit();
                failures = 0;
                _overdue = null;
                lock (_gate) Swap(ref _round).SetResult();
            }
            catch (Exception exception)
            {
                report(work.IsLast ? "the journal did not reach the disk before its end" : "the journal did not reach the disk; it is tried again", exception);
                Fail(exception, work.Target);
                if (work.IsLast) break;
                BackOff(RetrySchedule.After(++failures));
            }
        }

        lock (_gate)
        {
            _ended = true;
            _round.SetResult();
        }

        lock (_callers) Monitor.PulseAll(_callers);
    }

    /// <summary>
    /// Waits until there is something to commit and its time has come: lines up to a number, and whether it is the last
    /// attempt; <see langword="null"/> when all is done.
    /// </summary>
    private (long Target, bool IsLast)? WaitForWork()
    {
        lock (_gate)
        {
            while (true)
            {
                if (!_asked && _appended == _durable)
                {
                    if (_stopping) return null;
                    _urgent = false;
                    Monitor.Wait(_gate);
                    continue;
                }

                var left = interval() - Stopwatch.GetElapsedTime(_firstWaiting);
                if (_asked || _urgent || _stopping || left <= TimeSpan.Zero)
                {
                    _asked = _urgent = false;
                    _firstWaiting = Stopwatch.GetTimestamp();
                    return (_appended, _stopping);
                }

                Monitor.Wait(_gate, left);
            }
        }
    }

    private void Fail(Exception exception, long target)
    {
        lock (_callers)
        {
            _failure = exception;
            _failedUpTo = target;
            Monitor.PulseAll(_callers);
        }

        lock (_gate)
        {
            _asked = true;
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
