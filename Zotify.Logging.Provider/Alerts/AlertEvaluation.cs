namespace Zotify.Logging.Alerts;

/// <summary>Applies events and the passing of time to the states of rules. Pure functions over the state.</summary>
internal static class AlertEvaluation
{
    /// <summary>
    /// Counts a matching event. Returns the time of the first of the events that fire the rule; <see langword="null"/> where it does not
    /// fire. Events that have fired do not count again.
    /// </summary>
    /// <param name="rule">The rule.</param>
    /// <param name="state">The rule's state.</param>
    /// <param name="timestamp">The time of the event, in UTC. An event with a later time than the present counts as one of now.</param>
    /// <param name="now">The present time. A state that is ahead of it comes from a clock that was set back since.</param>
    public static DateTimeOffset? Count(AlertRule rule, AlertRuleState state, DateTime timestamp, DateTimeOffset now)
    {
        var time = Math.Min(timestamp.Ticks, now.UtcTicks);
        state.LastSeen = Math.Min(Math.Max(state.LastSeen, time), now.UtcTicks);
        if (rule.Absent is not null)
        {
            state.IsTold = false;
            return null;
        }

        // Times of several threads may not ascend.
        var at = state.Times.BinarySearch(time);
        state.Times.Insert(at < 0 ? ~at : at, time);
        var newest = state.Times.FindLast(known => known <= now.UtcTicks);
        state.Times.RemoveAll(known => Math.Abs(newest - known) >= rule.Within.Ticks);
        if (state.Times.Count < rule.Count) return null;
        var first = new DateTimeOffset(state.Times[0], TimeSpan.Zero);
        state.Times.Clear();
        return first;
    }

    /// <summary>Whether the absence of events is to be told now. It is told once.</summary>
    public static bool IsAbsent(AlertRule rule, AlertRuleState state, DateTimeOffset now)
    {
        if (rule.Absent is not { } time || state.IsTold) return false;
        // The clock was set back since: when the event occurred is not known, but it was before now.
        state.LastSeen = Math.Min(state.LastSeen, now.UtcTicks);
        return now.UtcTicks - state.LastSeen >= time.Ticks;
    }
}
