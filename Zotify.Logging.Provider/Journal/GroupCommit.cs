using System.Diagnostics;

namespace Zotify.Logging.Provider.Journal;

/// <summary>
/// Flushes what was appended to the disk, many lines with one fsync, on a thread of its own: a starved thread pool cannot
/// hold it up. Thread-safe.
/// </summary>
/// <param name="flush">Flushes everything that was appended before the call.</param>
/// <param name="interval">The longest time a line waits for its flush.</param>
/// <param name="report">Takes failures.</param>
internal sealed class GroupCommit(Action flush, Func<TimeSpan> interval, Action<string, Exception?> report) : IDisposable
{
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromMilliseconds(100);

    private readonly object _gate = new();
    private TaskCompletionSource _round = NewRound();
    private TaskCompletionSource _advanced = NewRound();
    private Thread? _thread;
    private long _appended;
    private long _durable;
    private long _firstWaiting;
    private bool _urgent;
    private bool _stopping;
    private bool _ended;

    /// <summary>The number of the last line on the disk.</summary>
    public long DurableSeq => Interlocked.Read(ref _durable);

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

    /// <summary>Lines up to <paramref name="seq"/> are on the disk, flushed by the caller.</summary>
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
    }

    /// <summary>Returns when everything appended before is on the disk; concurrent callers share one fsync.</summary>
    /// <exception cref="IOException">The fsync failed.</exception>
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
                if (_ended) throw new IOException("The journal is closed; its last lines could not be flushed.");
                // The round that is under way may have begun before our lines: then the next one has them.
                _urgent = true;
                round = _round.Task;
                Monitor.Pulse(_gate);
            }

            await round.WaitAsync(cancellationToken).ConfigureAwait(false);
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

    /// <summary>Flushes what is left, and ends the thread.</summary>
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
        while (NextTarget() is { } target)
        {
            Exception? failure = null;
            try
            {
                flush();
                Advance(target);
            }
            catch (Exception exception)
            {
                failure = exception;
                report("the journal could not be flushed to the disk; it is tried again", exception);
            }

            lock (_gate)
            {
                var round = Swap(ref _round);
                if (failure is null)
                {
                    round.SetResult();
                    continue;
                }

                round.SetException(failure is IOException ? failure : new IOException("The journal could not be flushed.", failure));
                _ = round.Task.Exception; // Observed: often nobody waits for a round.
                _ended = _stopping;
                if (_ended) return;
                _urgent = true;
                Monitor.Wait(_gate, RetryAfterFailure);
            }
        }
    }

    /// <summary>Waits until there is something to flush and its time has come; <see langword="null"/> when all is done.</summary>
    private long? NextTarget()
    {
        lock (_gate)
        {
            while (true)
            {
                if (_appended == _durable)
                {
                    if (_stopping) return null;
                    _urgent = false;
                    Monitor.Wait(_gate);
                    continue;
                }

                var left = interval() - Stopwatch.GetElapsedTime(_firstWaiting);
                if (_urgent || _stopping || left <= TimeSpan.Zero)
                {
                    _urgent = false;
                    _firstWaiting = Stopwatch.GetTimestamp();
                    return _appended;
                }

                Monitor.Wait(_gate, left);
            }
        }
    }

    private static TaskCompletionSource NewRound() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource Swap(ref TaskCompletionSource round)
    {
        var done = round;
        round = NewRound();
        return done;
    }
}
