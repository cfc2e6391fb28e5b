using System.Text.Json;
using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// Looks whether jobs have ended: one query every 200 ms for all jobs that somebody waits for, and none while nobody does. It
/// looks into the database because the job may be another instance's. Thread-safe.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="time">The clock of looking.</param>
internal sealed class EndedJobsPoller(LoggingDatabase database, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (TaskCompletionSource Ended, int Waiters)> _jobs = new(StringComparer.Ordinal);
    private bool _isLooking;

    /// <summary>Returns when the job is seen to be no longer running. A database that is away is waited for.</summary>
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
            var (ended, waiters) = _jobs.TryGetValue(jobId, out var known) ? known : (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), 0);
            _jobs[jobId] = (ended, waiters + 1);
            if (_isLooking) return ended;
            _isLooking = true;
            // The looking is nobody's request.
            using (ExecutionContext.SuppressFlow()) _ = Task.Run(LookAsync);
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

    private async Task LookAsync()
    {
        while (true)
        {
            string[] ids;
            lock (_gate)
            {
                _isLooking = _jobs.Count > 0;
                if (!_isLooking) return;
                ids = [.. _jobs.Keys];
            }

            try
            {
                var json = JsonSerializer.Serialize(ids);
                foreach (var id in await database.ReadAsync((connection, cancellation) => EndedJobsQuery.ReadAsync(connection, json, cancellation), CancellationToken.None).ConfigureAwait(false))
                {
                    Take(id)?.SetResult();
                }
            }
            catch (DatabaseUnavailableException)
            {
                // It may come back before those who wait give up; they are told when they do.
            }
            catch (Exception exception)
            {
                foreach (var id in ids) Take(id)?.SetException(exception);
            }

            await Task.Delay(LookEvery, time).ConfigureAwait(false);
        }
    }

    private TaskCompletionSource? Take(string jobId)
    {
        lock (_gate) return _jobs.Remove(jobId, out var known) ? known.Ended : null;
    }
}
