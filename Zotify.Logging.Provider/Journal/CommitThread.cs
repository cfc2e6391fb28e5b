using System.Diagnostics;
using Zotify.Logging.Common;

namespace Zotify.Logging.Journal;

/// <summary>
/// The thread that commits lines when they are due, and retries after a failure. A dedicated thread, so that a starved thread pool cannot
/// delay it.
/// </summary>
/// <param name="gate">The lock of the state. Only this thread waits on it for pulses.</param>
/// <param name="state">The lines to commit.</param>
/// <param name="interval">The longest time a line waits for its commit.</param>
/// <param name="tryCommit">Commits the lines; told whether it is the last attempt. Returns whether it succeeded.</param>
/// <param name="endCommit">Ends a commit that the thread began.</param>
/// <param name="endAll">Runs once, after the last commit.</param>
internal sealed class CommitThread(
    object gate,
    CommitState state,
    Func<TimeSpan> interval,
    Func<IReadOnlyList<WaitingLine>, bool, bool> tryCommit,
    Action endCommit,
    Action endAll)
{
    // The longest wait until a disk that works again is used again.
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(1);

    // How often the end tries a disk that fails: the only copy of lines on a disk may be in memory, where somebody deleted their file.
    private const int AttemptsAtEnd = 4;

    private Thread? _thread;

    /// <summary>Starts the thread.</summary>
    public void Start(string name)
    {
        _thread = new Thread(Run) { IsBackground = true, Name = $"zotify {name}" };
        // The thread must not keep the scopes and the activity of the call that started it.
        using (ExecutionContext.SuppressFlow()) _thread.Start();
    }

    /// <summary>Returns when the thread has ended. It ends once the state's phase is no longer running.</summary>
    public void Join() => _thread?.Join();

    private void Run()
    {
        var (failures, atEnd) = (0, 0);
        while (WaitForWork() is { } work)
        {
            if (work.IsAtEnd) atEnd++;
            if (tryCommit(work.Lines, atEnd == AttemptsAtEnd)) failures = atEnd = 0;
            else if (atEnd == AttemptsAtEnd) break;
            // The thread stays the committer, so that no caller tries the disk meanwhile.
            else BackOff(RetrySchedule.After(work.IsAtEnd ? atEnd : ++failures), work.IsAtEnd);
            endCommit();
        }

        endAll();
    }

    /// <summary>
    /// Waits until there are lines to commit and their time has come. Returns the lines that wait, and whether the journal is being closed;
    /// <see langword="null"/> when all is done.
    /// </summary>
    private (IReadOnlyList<WaitingLine> Lines, bool IsAtEnd)? WaitForWork()
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

    /// <summary>Waits before the next attempt. Callers that log or flush do not shorten the wait: they must not hammer a failing
    /// disk. The end does.</summary>
    private void BackOff(TimeSpan delay, bool isAtEnd)
    {
        var start = Stopwatch.GetTimestamp();
        var longest = delay < LongestRetry ? delay : LongestRetry;
        lock (gate)
        {
            while (longest - Stopwatch.GetElapsedTime(start) is var left && left > TimeSpan.Zero
                && (isAtEnd || state.Phase == CommitPhase.Running))
                Monitor.Wait(gate, left);
        }
    }
}
