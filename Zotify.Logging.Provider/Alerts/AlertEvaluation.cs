namespace Zotify.Logging.Alerts;

/// <summary>Applies events and the passing of time to the states of rules. Pure functions over the state.</summary>
internal static class AlertEvaluation
{
    /// <summary>
    /// Counts a matching event. Returns the time of the first of the events that fire the rule; <see langword="null"/> where it does not
    /// fire. Events that have fired do not count again.
    /// </summary>
    public static DateTimeOffset? Count(AlertRule rule, AlertRuleState state, DateTime timestamp)
    {
        state.LastSeen = Math.Max(state.LastSeen, timestamp.Ticks);
        if (rule.Absent is not null)
        {
            state.IsTold = false;
            return null;
        }

        // Times of several threads may not ascend.
        var at = state.Times.BinarySearch(timestamp.Ticks);
        state.Times.Insert(at < 0 ? ~at : at, timestamp.Ticks);
        var newest = state.Times[^1];
        state.Times.RemoveAll(time => newest - time >= rule.Within.Ticks);
        if (state.Times.Count < rule.Count) return null;
        var first = new DateTimeOffset(state.Times[0], TimeSpan.Zero);
        state.Times.Clear();
        return first;
    }

    /// <summary>Whether the absence of events is to be told now. It is told once.</summary>
    public static bool IsAbsent(AlertRule rule, AlertRuleState state, DateTimeOffset now) =>
        rule.Absent is { } time && !state.IsTold && now.UtcTicks - state.LastSeen >= time.Ticks;
}
