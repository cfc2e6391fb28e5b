namespace Zotify.Logging.Alerts;

/// <summary>How far a rule is. Its times are those of the events, in ticks of UTC.</summary>
/// <param name="fingerprint">The rule that it is of.</param>
/// <param name="after">Only lines after this number count: earlier ones were written before anybody asked.</param>
/// <param name="lastSeen">When a matching event occurred last, or the rule began.</param>
internal sealed class AlertRuleState(string fingerprint, long after, long lastSeen)
{
    /// <summary>The rule that it is of.</summary>
    public string Fingerprint => fingerprint;

    /// <summary>Only lines after this number count.</summary>
    public long After => after;

    /// <summary>The times of matching events that have not fired yet.</summary>
    public List<long> Times { get; } = [];

    /// <summary>When a matching event occurred last, or the rule began.</summary>
    public long LastSeen { get; set; } = lastSeen;

    /// <summary>Whether the absence was told. The next matching event resets it.</summary>
    public bool IsTold { get; set; }
}
