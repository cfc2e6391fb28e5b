namespace Zotify.Logging.Alerts;

/// <summary>
/// Decides which events are absent. When the time of a rule is over, its event may be among the lines that were written by then and not
/// evaluated yet, so these are waited for. Later ones are not: a busy journal always has some. Used by one thread at a time.
/// </summary>
internal sealed class AlertAbsences
{
    // By rule whose time is over: the last line that may hold its event.
    private readonly Dictionary<string, long> _through = new(StringComparer.Ordinal);

    /// <summary>Whether the absence of events is to be told now. The state then says that it is told.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="state">The rule's state.</param>
    /// <param name="now">The time.</param>
    /// <param name="evaluated">The number of the last line that was evaluated.</param>
    /// <param name="durableSeq">The number of the last line of a handler's journal that is on the disk.</param>
    public bool Tell(AlertRule rule, AlertRuleState state, DateTimeOffset now, long evaluated, Func<string, long> durableSeq)
    {
        if (!AlertEvaluation.IsAbsent(rule, state, now))
        {
            _through.Remove(rule.Name);
            return false;
        }

        if (!_through.TryGetValue(rule.Name, out var through)) _through[rule.Name] = through = durableSeq(rule.Handler);
        return state.IsTold = evaluated >= through;
    }
}
