using System.Text.Json;

namespace Zotify.Logging.Queries;

/// <summary>Which jobs are followed, and by whom. Thread-safe.</summary>
internal sealed class SubscribedJobs
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<TableSubscription>> _signals = [];

    /// <summary>Whether no job is.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate) return _signals.Count == 0;
        }
    }

    /// <summary>The ids as a JSON array.</summary>
    public string Json()
    {
        lock (_gate) return JsonSerializer.Serialize(_signals.Keys);
    }

    /// <summary>Adds a follower.</summary>
    public void Add(string jobId, TableSubscription signal)
    {
        lock (_gate)
        {
            if (!_signals.TryGetValue(jobId, out var signals)) _signals.Add(jobId, signals = []);
            signals.Add(signal);
        }
    }

    /// <summary>Removes a follower.</summary>
    public void Remove(string jobId, TableSubscription signal)
    {
        lock (_gate)
        {
            var signals = _signals[jobId];
            signals.Remove(signal);
            if (signals.Count == 0) _signals.Remove(jobId);
        }
    }

    /// <summary>Tells who follows one of the jobs.</summary>
    public void Tell(IEnumerable<string> jobIds)
    {
        var told = new List<TableSubscription>();
        lock (_gate)
        {
            foreach (var id in jobIds) told.AddRange(_signals.GetValueOrDefault(id) ?? []);
        }

        told.ForEach(signal => signal.Set());
    }

    /// <summary>Tells all.</summary>
    public void TellAll()
    {
        TableSubscription[] all;
        lock (_gate) all = [.. _signals.Values.SelectMany(signals => signals)];
        foreach (var signal in all) signal.Set();
    }
}
