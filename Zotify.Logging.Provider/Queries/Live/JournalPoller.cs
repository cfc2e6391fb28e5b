using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// Polls for commits, once for all subscribers of the tables. It reads the journals' checkpoints: a few rows, which are updated in the same
/// transactions as the rows of the journals. It is notified at once of commits of this process, and finds those of other processes at the
/// engine's interval. It polls on one connection while there are subscribers, and retries while the database is down. Thread-safe.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="endedJobs">Notifies streams of jobs that end without an entry.</param>
/// <param name="time">The clock of the polls.</param>
internal sealed class JournalPoller(LoggingDatabase database, EndedJobsPoller endedJobs, TimeProvider time)
{
    /// <summary>Commits within this time are read together.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly SubscribedJobs _jobs = new();
    private readonly Lock _gate = new();
    private readonly HashSet<TableSubscription> _all = [];
    private int _subscribers;
    private CancellationTokenSource? _end;

    /// <summary>Subscribes to all commits.</summary>
    public TableSubscription Subscribe()
    {
        var subscription = new TableSubscription(left => Leave(() => _all.Remove(left)));
        Enter(() => _all.Add(subscription));
        return subscription;
    }

    /// <summary>Subscribes to commits that may concern a job, and to its end.</summary>
    public TableSubscription SubscribeToJob(string jobId)
    {
        var subscription = new TableSubscription(
            left =>
            {
                endedJobs.Remove(jobId, left);
                Leave(() => _jobs.Remove(jobId, left));
            });
        Enter(() => _jobs.Add(jobId, subscription));
        // A job may be interrupted without an entry of its own. Then no checkpoint moves.
        endedJobs.Add(jobId, subscription);
        return subscription;
    }

    private void Enter(Action add)
    {
        lock (_gate)
        {
            add();
            if (++_subscribers > 1) return;
            // Not the field: if a subscriber leaves and another comes before the run begins, the field is replaced.
            _end = CancellationTokenSource.CreateLinkedTokenSource(database.Closing);
            var end = _end.Token;
            // The run outlives the request that starts it, and must not keep that request's context.
            using var flow = ExecutionContext.SuppressFlow();
            _ = Task.Run(() => RunAsync(new JournalPoll(database, _jobs, NotifyAll), end));
        }
    }

    private void Leave(Action remove)
    {
        lock (_gate)
        {
            remove();
            if (--_subscribers > 0) return;
            // Not awaited: the run ends by itself.
            _ = EndAsync(_end!);
        }
    }

    private static async Task EndAsync(CancellationTokenSource end)
    {
        await end.CancelAsync().ConfigureAwait(false);
        end.Dispose();
    }

    private void NotifyAll()
    {
        TableSubscription[] all;
        lock (_gate) all = [.. _all];
        foreach (var subscription in all) subscription.Set();
    }

    private async Task RunAsync(JournalPoll poll, CancellationToken end)
    {
        var interval = database.PollInterval.Busy;
        try
        {
            while (!end.IsCancellationRequested)
            {
                var committed = database.Commits.Next;
                try
                {
                    var moved = await poll.RunAsync(end).ConfigureAwait(false);
                    var (busy, idle) = database.PollInterval;
                    interval = moved ? busy : TimeSpan.FromTicks(Math.Min(interval.Ticks * 2, idle.Ticks));
                }
                // Any failure: subscribers wait for the database, and those that query it on their own get the exception there.
#pragma warning disable CA1031
                catch (Exception) when (!end.IsCancellationRequested)
#pragma warning restore CA1031
                {
                    await poll.CloseAsync().ConfigureAwait(false);
                    interval = RetryInterval;
                }

                await Task.Delay(Linger, time, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await committed.WaitAsync(interval, time, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
#pragma warning disable CA1031
        catch (Exception) when (end.IsCancellationRequested)
#pragma warning restore CA1031
        {
            // The last subscriber left, or the database is being closed.
        }
        finally
        {
            await poll.CloseAsync().ConfigureAwait(false);
        }
    }
}
