using System.Collections.Concurrent;
using Quartz;

namespace Zotify.Logging.Quartz;

/// <summary>
/// The job ids of the triggers whose newest firing failed: a retry is another firing, and does not name the first one. Lost with the
/// process: a retry after that is a job of its own. Thread-safe.
/// </summary>
internal sealed class FailedRuns
{
    /// <summary>A trigger that fires once leaves its entry behind if it is not retried.</summary>
    private const int MaxTriggers = 10_000;

    private readonly ConcurrentDictionary<TriggerKey, string> _jobIds = new();
    private int _count;

    /// <summary>Remembers a failed run, until its trigger fires again.</summary>
    public void Add(TriggerKey trigger, string jobId)
    {
        // Rare, and costs only that retries under way become jobs of their own.
        if (Interlocked.Increment(ref _count) > MaxTriggers)
        {
            _jobIds.Clear();
            Interlocked.Exchange(ref _count, 1);
        }

        _jobIds[trigger] = jobId;
    }

    /// <summary>Forgets a trigger's failed run. Returns its job id, if there is one.</summary>
    public string? Take(TriggerKey trigger)
    {
        if (!_jobIds.TryRemove(trigger, out var jobId)) return null;
        Interlocked.Decrement(ref _count);
        return jobId;
    }
}
