using Zotify.Logging.Journal;

namespace Zotify.Logging.Alerts;

/// <summary>
/// All that alerts remember: how far the journals were evaluated, what that has counted, and the messages that were not accepted yet. It is
/// stored as one, so that no crash separates a message from the checkpoint of the lines that made it. Not thread-safe.
/// </summary>
internal sealed class AlertState
{
    /// <summary>How far each journal was evaluated, by handler.</summary>
    public Dictionary<string, JournalCheckpoint> Checkpoints { get; } = new(StringComparer.Ordinal);

    /// <summary>The states of the rules, by name.</summary>
    public Dictionary<string, AlertRuleState> Rules { get; } = new(StringComparer.Ordinal);

    /// <summary>The conditions that are true and were told, by name and subject, with what was told.</summary>
    public Dictionary<string, string> Conditions { get; } = new(StringComparer.Ordinal);

    /// <summary>The types of jobs that have not ended.</summary>
    public OrderedDictionary<string, string> JobTypes { get; } = new(StringComparer.Ordinal);

    /// <summary>The jobs that an event has started and none has ended, oldest first.</summary>
    public List<string> RunningJobs { get; } = [];

    /// <summary>The messages that were not accepted yet, oldest first.</summary>
    public List<PendingAlert> Outbox { get; } = [];

    /// <summary>How many attempts in a row the receiver failed as a whole.</summary>
    public int ReceiverFailures { get; set; }

    /// <summary>No attempt before this time.</summary>
    public DateTimeOffset ReceiverNextAt { get; set; }

    /// <summary>Begins with the rules of a journal where they were left; with what comes now where one is new or was changed.</summary>
    /// <param name="handler">The handler that writes the journal.</param>
    /// <param name="rules">All rules in force. The states of others go: one that is switched on again begins anew.</param>
    /// <param name="end">The number of the journal's last line.</param>
    /// <param name="now">The present time.</param>
    public void Begin(string handler, IReadOnlyCollection<AlertRule> rules, long end, DateTimeOffset now)
    {
        foreach (var name in Rules.Keys.Except(rules.Select(rule => rule.Name)).ToList()) Rules.Remove(name);
        foreach (var rule in rules.Where(rule => rule.Handler == handler))
        {
            // A journal whose files are gone starts its numbers again.
            var goesOn = Rules.TryGetValue(rule.Name, out var known) && known.Fingerprint == rule.Fingerprint && known.After <= end;
            if (!goesOn) Rules[rule.Name] = new AlertRuleState(rule.Fingerprint, end, now.UtcTicks);
        }
    }

    /// <summary>Takes note of conditions. Returns those that are new or have another fault, and whether anything changed.</summary>
    /// <param name="seen">The conditions that were read.</param>
    /// <param name="complete">The alerts all of whose true conditions are in <paramref name="seen"/>: others of these are over.</param>
    public (List<AlertCondition> Told, bool IsChanged) Note(IReadOnlyCollection<AlertCondition> seen, IReadOnlyList<string> complete)
    {
        var isTrue = seen.Where(condition => condition.Fault is not null).ToDictionary(condition => condition.Key);
        var isOver = seen.Where(condition => condition.Fault is null).Select(condition => condition.Key).ToHashSet();
        bool HasEnded(string key) => isOver.Contains(key) || (complete.Contains(key.Split('/')[0]) && !isTrue.ContainsKey(key));
        var over = Conditions.Keys.Where(HasEnded).ToList();
        foreach (var key in over) Conditions.Remove(key);
        var told = isTrue.Values.Where(condition => Conditions.GetValueOrDefault(condition.Key) != condition.Fault).ToList();
        foreach (var condition in told) Conditions[condition.Key] = condition.Fault!;
        return (told, over.Count + told.Count > 0);
    }

    /// <summary>Removes the stored messages whose time is over, and returns them.</summary>
    public IReadOnlyList<PendingAlert> RemoveOver(DateTimeOffset now)
    {
        bool IsOver(PendingAlert pending) => pending.IsReady && WebhookSchedule.IsOver(pending.CreatedAt, now);
        var over = Outbox.FindAll(IsOver);
        Outbox.RemoveAll(IsOver);
        return over;
    }
}
