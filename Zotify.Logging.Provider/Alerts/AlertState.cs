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

    /// <summary>The messages that were not accepted yet, oldest first.</summary>
    public List<PendingAlert> Outbox { get; } = [];

    /// <summary>How many attempts in a row the receiver failed as a whole.</summary>
    public int ReceiverFailures { get; set; }

    /// <summary>No attempt before this time.</summary>
    public DateTimeOffset ReceiverNextAt { get; set; }
}
