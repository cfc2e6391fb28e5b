using Zotify.Logging.Common;
using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// Polls for jobs that have ended, for streams and for <c>/wait</c>: one query for all their jobs, and none while nobody is there. It reads
/// the database, because another instance may run the job. It repeats the query while a job has subscribers, so that none misses the
/// end. Thread-safe.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="time">The clock of the polls.</param>
internal sealed class EndedJobsPoller(LoggingDatabase database, TimeProvider time)
{
    /// <summary>How soon somebody who waits for a job learns that it has ended.</summary>
    private static readonly TimeSpan WaitInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// How soon a stream learns it. A job that completes or fails has an entry that says so, which its streams read at once; only a job
    /// that is interrupted has none.
    /// </summary>
    private static readonly TimeSpan StreamInterval = TimeSpan.FromSeconds(1);

    private readonly SubscribedJobs _jobs = new();
    private readonly AsyncSignal _firstWaiter = new();
    private readonly Lock _gate = new();
    private int _streams;
    private int _waiters;
    private bool _isPolling;

    /// <summary>
    /// Subscribes to a job's end until the subscription is disposed. It is not set yet: the caller has read the job before.
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

    /// <summary>Notifies a stream of its job's end as well.</summary>
    /// <param name="jobId">The job, as the tables have it.</param>
    /// <param name="stream">What the stream is notified by.</param>
    public void Add(string jobId, TableSubscription stream)
    {
        _jobs.Add(jobId, stream);
        lock (_gate)
        {
            _streams++;
            Begin();
        }
    }

    /// <summary>Notifies a stream that was added no more.</summary>
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
                _isPolling = _waiters + _streams > 0;
                if (!_isPolling) return;
                interval = _waiters > 0 ? WaitInterval : StreamInterval;
            }

            await NotifyEndedAsync().ConfigureAwait(false);
            var next = interval == WaitInterval ? Task.Delay(interval, time) : firstWaiter.WaitAsync(interval, time);
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
                    CancellationToken.None).ConfigureAwait(false));
        }
        catch (DatabaseUnavailableException)
        {
            // It may come back before the waiters' timeouts; a waiter whose timeout passes reads the job itself, and gets the exception.
        }
        // Whatever failed: all read their jobs themselves, and get the exception there.
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
            _jobs.NotifyAll();
        }
    }
}
