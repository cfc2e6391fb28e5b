using Zotify.Logging.Diagnostics;

namespace Zotify.Logging.Dispatch;

/// <summary>
/// Makes a <see cref="HandlerStatus"/> from a pipeline's parts. Reads each once, so that an answer does not contradict itself.
/// </summary>
internal static class PipelineStatus
{
    /// <summary>The current state.</summary>
    public static HandlerStatus Of(HandlerPipeline pipeline, HandlerQueue queue, HandlerLifecycle handler, HandlerError? lastError)
    {
        var counters = pipeline.Counters;
        var projection = handler.Running?.Projection ?? default;
        var enabled = pipeline.Options.Enabled;
        var failure = FailureOf(handler, counters);
        return new HandlerStatus
        {
            Name = pipeline.Name,
            HandlerType = pipeline.HandlerType,
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
            ProjectionFailureIsPermanent = projection.IsPermanent,
            LastError = lastError,
        };
    }

    /// <summary>
    /// Why it does not write: what it threw or reports. A handler that is stuck without an error shows by its full queue.
    /// </summary>
    private static string? FailureOf(HandlerLifecycle handler, HandlerCounters counters)
    {
        if ((handler.Failure ?? handler.Running?.WriteFailure) is { } failure) return SelfDiagnostics.MessageOf(failure);
        return counters.IsOverflowing ? "its queue is full" : null;
    }

    private static HandlerState StateOf(HandlerQueue queue, HandlerLifecycle handler, bool enabled, string? failure)
    {
        if (queue.IsClosed) return HandlerState.Stopped;
        if (failure is not null) return HandlerState.Failing;
        if (handler.Running is null) return HandlerState.Starting;
        return enabled ? HandlerState.Running : HandlerState.Disabled;
    }
}
