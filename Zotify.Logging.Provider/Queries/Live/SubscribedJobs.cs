using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>The jobs that have subscribers, and the subscriptions. Thread-safe.</summary>
internal sealed class SubscribedJobs
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<TableSubscription>> _subscriptions = [];

    /// <summary>Whether no job has a subscriber.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate) return _subscriptions.Count == 0;
        }
    }

    /// <summary>The ids as a JSON array.</summary>
    public string Json()
    {
        lock (_gate) return SqlJson.Of(_subscriptions.Keys);
    }

    /// <summary>Adds a subscription.</summary>
    public void Add(string jobId, TableSubscription subscription)
    {
        lock (_gate)
        {
            if (!_subscriptions.TryGetValue(jobId, out var all)) _subscriptions.Add(jobId, all = []);
            all.Add(subscription);
        }
    }

    /// <summary>Removes a subscription.</summary>
    public void Remove(string jobId, TableSubscription subscription)
    {
        lock (_gate)
        {
            var all = _subscriptions[jobId];
            all.Remove(subscription);
            if (all.Count == 0) _subscriptions.Remove(jobId);
        }
    }

    /// <summary>Notifies the subscribers of some jobs.</summary>
    public void Notify(IEnumerable<string> jobIds)
    {
        var notified = new List<TableSubscription>();
        lock (_gate)
        {
            foreach (var id in jobIds) notified.AddRange(_subscriptions.GetValueOrDefault(id) ?? []);
        }

        notified.ForEach(subscription => subscription.Set());
    }

    /// <summary>Notifies all subscribers.</summary>
    public void NotifyAll()
    {
        TableSubscription[] all;
        lock (_gate) all = [.. _subscriptions.Values.SelectMany(subscriptions => subscriptions)];
        foreach (var subscription in all) subscription.Set();
    }
}
