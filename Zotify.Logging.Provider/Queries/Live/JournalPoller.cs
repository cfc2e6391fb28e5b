using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// Looks for what was committed, once for all who follow the tables, by the journals' cursors: a few rows, which move in the
/// same transactions as what they count. What this process commits it sees at once, what others do at the engine's pace. It
/// runs on one connection while somebody follows; a database that is away is asked again until it is back. Thread-safe.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="time">The clock of its looks.</param>
internal sealed class JournalPoller(LoggingDatabase database, TimeProvider time)
{
    /// <summary>What is committed within it is read together.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(1);

    /// <summary>A job may be interrupted without an entry of its own, so that no cursor moves.</summary>
    private static readonly TimeSpan AskForEndedEvery = TimeSpan.FromSeconds(1);

    private readonly SubscribedJobs _jobs = new();
    private readonly Lock _gate = new();
    private readonly HashSet<TableSubscription> _all = [];
    private int _followers;
    private CancellationTokenSource? _end;

    /// <summary>A signal that is set whenever something is committed.</summary>
    public TableSubscription Follow()
    {
        var signal = new TableSubscription(left => Leave(() => _all.Remove(left)));
        Enter(() => _all.Add(signal));
        return signal;
    }

    /// <summary>A signal that is set when something of a job may have been committed.</summary>
    public TableSubscription FollowJob(string jobId)
    {
        var signal = new TableSubscription(left => Leave(() => _jobs.Remove(jobId, left)));
        Enter(() => _jobs.Add(jobId, signal));
        return signal;
    }

    private void Enter(Action add)
    {
        lock (_gate)
        {
            add();
            if (++_followers > 1) return;
            // Not the field's: who leaves and comes before the run begins puts another one there.
            var end = _end = new CancellationTokenSource();
            // The run is nobody's request.
            using var flow = ExecutionContext.SuppressFlow();
            _ = Task.Run(() => RunAsync(new JournalPoll(database, time, AskForEndedEvery, _jobs, TellAll), end));
        }
    }

    private void Leave(Action remove)
    {
        lock (_gate)
        {
            remove();
            if (--_followers > 0) return;
            // Only asks: what it is at ends by itself.
            _ = _end!.CancelAsync();
        }
    }

    private void TellAll()
    {
        TableSubscription[] all;
        lock (_gate) all = [.. _all];
        foreach (var signal in all) signal.Set();
    }

    private async Task RunAsync(JournalPoll look, CancellationTokenSource end)
    {
        var interval = database.LookEvery.Busy;
        try
        {
            while (!end.IsCancellationRequested)
            {
                var committed = database.Commits.Next;
                try
                {
                    var moved = await look.RunAsync(end.Token).ConfigureAwait(false);
                    var (busy, idle) = database.LookEvery;
                    interval = moved ? busy : TimeSpan.FromTicks(Math.Min(interval.Ticks * 2, idle.Ticks));
                }
                // Whatever failed: who follows waits for the database, and sees it by itself where it asks on its own.
#pragma warning disable CA1031
                catch (Exception) when (!end.IsCancellationRequested)
#pragma warning restore CA1031
                {
                    await look.CloseAsync().ConfigureAwait(false);
                    interval = RetryEvery;
                }

                await Task.Delay(Pause, time, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await committed.WaitAsync(interval, time, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        catch (OperationCanceledException)
        {
            // The last follower left.
        }
        finally
        {
            await look.CloseAsync().ConfigureAwait(false);
            end.Dispose();
        }
    }
}
