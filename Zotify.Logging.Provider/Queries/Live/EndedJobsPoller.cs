using Zotify.Logging.Common;
using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// Polls for jobs that have ended, for streams and for callers who wait: one query for all their jobs, and none while there are none. It
/// reads the database, because another instance may run the job. It repeats the query while a job has subscribers, so that none of them
/// misses the end. Thread-safe.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="time">The clock of the polls.</param>
internal sealed class EndedJobsPoller(LoggingDatabase database, TimeProvider time)
{
    /// <summary>The interval while somebody waits for a job.</summary>
    private static readonly TimeSpan WaitInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// The interval while there are only streams. A job that completes or fails logs an entry, which its streams read at once; only a job
    /// whose process ended logs none.
    /// </summary>
    private static readonly TimeSpan StreamInterval = TimeSpan.FromSeconds(1);

    private readonly SubscribedJobs _jobs = new();
    private readonly AsyncSignal _firstWaiter = new();
    private readonly Lock _gate = new();
    private int _streams;
    private int _waiters;
    private bool _isPolling;

    /// <summary>
    /// Subscribes to a job's end until the subscription is disposed. It is not set at first: the caller has read the job.
    /// </summary>
    /// <param name="jobId">The job, as the tables have it.</param>
    public TableSubscription Wait(string jobId)
    {
        var subscription = new TableSubscription(
            left =>
            {
                _jobs.Remove(jobId, left);
                lock (_gate) _waiters--;
            });
        subscription.Reset();
        _jobs.Add(jobId, subscription);
        lock (_gate)
        {
            if (++_waiters == 1) _firstWaiter.Set();
            Begin();
        }

        return subscription;
    }

    /// <summary>Also notifies a stream when its job has ended.</summary>
    /// <param name="jobId">The job, as the tables have it.</param>
    /// <param name="stream">The stream's subscription.</param>
    public void Add(string jobId, TableSubscription stream)
    {
        _jobs.Add(jobId, stream);
        lock (_gate)
        {
            _streams++;
            Begin();
        }
    }

    /// <summary>Stops notifying a stream.</summary>
    public void Remove(string jobId, TableSubscription stream)
    {
        _jobs.Remove(jobId, stream);
        lock (_gate) _streams--;
    }

    private void Begin()
    {
        if (_isPolling) return;
        _isPolling = true;
        // The polls outlive the request that starts them, and must not keep that request's context.
        using var flow = ExecutionContext.SuppressFlow();
        _ = Task.Run(PollAsync);
    }

    private async Task PollAsync()
    {
        while (true)
        {
            var firstWaiter = _firstWaiter.Next;
            TimeSpan interval;
            lock (_gate)
            {
                _isPolling = _waiters + _streams > 0 && !database.Closing.IsCancellationRequested;
                if (!_isPolling) return;
                interval = _waiters > 0 ? WaitInterval : StreamInterval;
            }

            await NotifyEndedAsync().ConfigureAwait(false);
            var next = interval == WaitInterval
                ? Task.Delay(interval, time, database.Closing)
                : firstWaiter.WaitAsync(interval, time, database.Closing);
            await next.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task NotifyEndedAsync()
    {
        try
        {
            var ids = _jobs.Json();
            _jobs.Notify(
                await database.ReadAsync(
                    (connection, cancellation) => EndedJobsQuery.ReadAsync(connection, ids, cancellation),
                    database.Closing).ConfigureAwait(false));
        }
        catch (DatabaseUnavailableException)
        {
            // The database may recover before the timeouts. A caller whose timeout passes reads the job itself, and gets the exception.
        }
        // Whatever failed: the subscribers read their jobs themselves, and get the exception there.
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
            _jobs.NotifyAll();
        }
    }
}
