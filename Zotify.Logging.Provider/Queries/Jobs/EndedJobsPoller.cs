using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// Polls for jobs that have ended: one query every 200 ms for all jobs that callers wait for, and none while nobody waits. It reads the
/// database, because another instance may run the job. Thread-safe.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="time">The clock of the polls.</param>
internal sealed class EndedJobsPoller(LoggingDatabase database, TimeProvider time)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (TaskCompletionSource Ended, int Waiters)> _jobs = new(StringComparer.Ordinal);
    private bool _isPolling;

    /// <summary>Returns when the job is no longer running. Waits while the database is down.</summary>
    /// <param name="jobId">The job, as the tables have it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task WaitAsync(string jobId, CancellationToken cancellationToken)
    {
        var ended = Enter(jobId);
        try
        {
            await ended.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave(jobId, ended);
        }
    }

    private TaskCompletionSource Enter(string jobId)
    {
        lock (_gate)
        {
            var (ended, waiters) = _jobs.TryGetValue(jobId, out var known)
                ? known
                : (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), 0);
            _jobs[jobId] = (ended, waiters + 1);
            if (_isPolling) return ended;
            _isPolling = true;
            // The polls outlive the request that starts them, and must not keep that request's context.
            using (ExecutionContext.SuppressFlow()) _ = Task.Run(PollAsync);
            return ended;
        }
    }

    private void Leave(string jobId, TaskCompletionSource ended)
    {
        lock (_gate)
        {
            if (!_jobs.TryGetValue(jobId, out var known) || known.Ended != ended) return;
            if (known.Waiters == 1) _jobs.Remove(jobId);
            else _jobs[jobId] = (ended, known.Waiters - 1);
        }
    }

    private async Task PollAsync()
    {
        while (true)
        {
            string[] ids;
            lock (_gate)
            {
                _isPolling = _jobs.Count > 0;
                if (!_isPolling) return;
                ids = [.. _jobs.Keys];
            }

            try
            {
                var json = SqlJson.Of(ids);
                var ended = await database.ReadAsync(
                    (connection, cancellation) => EndedJobsQuery.ReadAsync(connection, json, cancellation),
                    CancellationToken.None).ConfigureAwait(false);
                foreach (var id in ended) Remove(id)?.SetResult();
            }
            catch (DatabaseUnavailableException)
            {
                // The database may recover before the timeouts. A caller whose timeout passes reads the job itself, and gets the exception.
            }
            catch (Exception exception)
            {
                foreach (var id in ids) Remove(id)?.SetException(exception);
            }

            await Task.Delay(PollInterval, time).ConfigureAwait(false);
        }
    }

    private TaskCompletionSource? Remove(string jobId)
    {
        lock (_gate) return _jobs.Remove(jobId, out var known) ? known.Ended : null;
    }
}
