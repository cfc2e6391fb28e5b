using Zotify.Logging.Provider.Diagnostics;

namespace Zotify.Logging.Provider.Dispatch;

/// <summary>Tells a lane's state from its parts. Each is read once, so that an answer does not contradict itself.</summary>
internal static class LaneStatus
{
    /// <summary>The state at this moment.</summary>
    public static HandlerStatus Of(Lane lane, LaneQueue queue, LaneHandler handler, HandlerError? lastError)
    {
        var counters = lane.Counters;
        var projection = handler.Running?.Projection ?? default;
        var enabled = lane.Options.Enabled;
        var failure = FailureOf(handler, counters);
        return new HandlerStatus
        {
            Name = lane.Name,
            HandlerType = lane.HandlerType,
            State = StateOf(queue, handler, enabled, failure),
            Enabled = enabled,
            Queued = queue.Count,
            QueueCapacity = queue.Capacity,
            QueuedBytes = queue.Bytes,
            QueueBytesCapacity = queue.MaxBytes,
            Written = counters.Written,
            Retried = counters.Retried,
            Dropped = DropReasonNames.All.Where(r => counters.Dropped(r) > 0).ToDictionary(r => r, counters.Dropped),
            Rejected = projection.Rejected,
            Renamed = handler.Running?.Renamed ?? 0,
            Behind = projection.Behind,
            Failure = failure,
            ProjectionFailure = projection.Failure?.Message,
            LastError = lastError,
        };
    }

    /// <summary>Why it does not write: what it threw or says itself; where it is stuck without a word, its queue shows it.</summary>
    private static string? FailureOf(LaneHandler handler, LaneCounters counters)
    {
        if ((handler.Failure ?? handler.Running?.WriteFailure) is { } failure) return SelfDiagnostics.MessageOf(failure);
        return counters.IsOverflowing ? "its queue is full" : null;
    }

    private static HandlerState StateOf(LaneQueue queue, LaneHandler handler, bool enabled, string? failure)
    {
        if (queue.IsClosed) return HandlerState.Stopped;
        if (failure is not null) return HandlerState.Failing;
        if (handler.Running is null) return HandlerState.Starting;
        return enabled ? HandlerState.Running : HandlerState.Disabled;
    }
}
