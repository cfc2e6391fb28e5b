using Zotify.Logging.Diagnostics;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Dispatch;

/// <summary>
/// Makes a <see cref="HandlerStatus"/> from a pipeline's parts. Reads each once, so that an answer does not contradict itself.
/// </summary>
internal static class PipelineStatus
{
    /// <summary>The current state.</summary>
    public static HandlerStatus Of(
        HandlerPipeline pipeline,
        HandlerQueue queue,
        HandlerLifecycle handler,
        HandlerError? lastError,
        LogHandlerOptions options,
        HandlerCounters further)
    {
        var counters = pipeline.Counters;
        var projection = handler.Running?.Projection ?? default;
        var enabled = options.Enabled;
        var failure = FailureOf(handler, counters);
        return new HandlerStatus
        {
            Name = pipeline.Name,
            HandlerType = pipeline.HandlerType,
            State = StateOf(queue, handler, enabled, failure),
            Enabled = enabled,
            Queued = queue.Count,
            QueueCapacity = queue.Limits.Records,
            QueuedBytes = queue.Bytes,
            QueueBytesCapacity = queue.Limits.Bytes,
            Written = counters.Written + further.Written,
            Retried = counters.Retried + further.Retried,
            Dropped = Dropped(counters, further),
            Rejected = projection.Rejected,
            Renamed = handler.Running?.Renamed ?? 0,
            Behind = projection.Behind,
            Failure = failure,
            ProjectionFailure = projection.Failure?.Message,
            ProjectionFailureIsPermanent = projection.IsPermanent,
            Targets = handler.Running?.Targets ?? [],
            Watch = handler.Running?.Watch,
            LastError = lastError,
        };
    }

    /// <summary>The state of a handler that has opened nothing yet.</summary>
    public static HandlerStatus OfUnopened(ServiceHandler handler, HandlerCounters counters) => new()
    {
        Name = handler.Name,
        HandlerType = handler.HandlerType,
        State = handler.Options.Enabled ? HandlerState.Starting : HandlerState.Disabled,
        Enabled = handler.Options.Enabled,
        Queued = 0,
        QueueCapacity = handler.Options.QueueCapacity,
        QueuedBytes = 0,
        QueueBytesCapacity = handler.Options.QueueBytes,
        Written = counters.Written,
        Retried = counters.Retried,
        Dropped = Dropped(counters),
        Rejected = 0,
        Behind = 0,
    };

    private static Dictionary<DropReason, long> Dropped(params ReadOnlySpan<HandlerCounters> all)
    {
        var dropped = new Dictionary<DropReason, long>();
        foreach (var reason in DropReasonNames.All)
        {
            var count = 0L;
            foreach (var counters in all) count += counters.Dropped(reason);
            if (count > 0) dropped[reason] = count;
        }

        return dropped;
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
