using System.Diagnostics;
using Zotify.Logging.Common;

namespace Zotify.Logging.Journal;

/// <summary>
/// The thread that commits when lines are due, and retries after a failure. It is a thread of its own, so that a starved thread pool
/// cannot delay it.
/// </summary>
/// <param name="gate">The lock of the state. The thread waits at it for pulses, and nobody else does.</param>
/// <param name="state">What there is to commit.</param>
/// <param name="interval">The longest time a line waits for its commit.</param>
/// <param name="tryCommit">Commits the lines, given whether it is the last attempt; returns whether that succeeded.</param>
/// <param name="endCommit">Ends a commit that the thread began.</param>
/// <param name="endAll">Runs once, when nothing will be committed any more.</param>
internal sealed class CommitThread(
    object gate,
    CommitState state,
    Func<TimeSpan> interval,
    Func<IReadOnlyList<WaitingLine>, bool, bool> tryCommit,
    Action endCommit,
    Action endAll)
{
    // A disk that is back is used after that long at the latest.
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(1);

    private Thread? _thread;

    /// <summary>Starts the thread.</summary>
    public void Start(string name)
    {
        _thread = new Thread(Run) { IsBackground = true, Name = $"zotify {name}" };
        // The thread must not keep the scopes and the activity of whoever logged first.
        using (ExecutionContext.SuppressFlow()) _thread.Start();
    }

    /// <summary>Returns when the thread has ended. It ends once the state's phase is no longer running.</summary>
    public void Join() => _thread?.Join();

    private void Run()
    {
        var failures = 0;
        while (WaitForWork() is { } work)
        {
            if (tryCommit(work.Lines, work.IsLast)) failures = 0;
            else if (work.IsLast) break;
            // It stays the one who commits, so that nobody else tries the disk meanwhile.
            else BackOff(RetrySchedule.After(++failures));
            endCommit();
        }

        endAll();
    }

    /// <summary>
    /// Waits until there is something to commit and its time has come. Returns the lines that wait, and whether it is the last attempt;
    /// <see langword="null"/> when all is done.
    /// </summary>
    private (IReadOnlyList<WaitingLine> Lines, bool IsLast)? WaitForWork()
    {
        lock (gate)
        {
            while (true)
            {
                if (state.IsCommitting || !state.HasWork)
                {
                    if (state.Phase != CommitPhase.Running && !state.IsCommitting) return null;
                    state.IsThreadIdle = true;
                    Monitor.Wait(gate);
                    state.IsThreadIdle = false;
                    continue;
                }

                var left = state.Left(interval());
                if (state.IsUrgent || left <= TimeSpan.Zero) return (state.Begin(), state.Phase != CommitPhase.Running);
                Monitor.Wait(gate, left);
            }
        }
    }

    /// <summary>Waits before the next attempt. Callers who log or flush do not cut it short: they must not hammer a failing disk.</summary>
    private void BackOff(TimeSpan delay)
    {
        var start = Stopwatch.GetTimestamp();
        var longest = delay < LongestRetry ? delay : LongestRetry;
        lock (gate)
        {
            while (state.Phase == CommitPhase.Running && longest - Stopwatch.GetElapsedTime(start) is var left && left > TimeSpan.Zero)
                Monitor.Wait(gate, left);
        }
    }
}
