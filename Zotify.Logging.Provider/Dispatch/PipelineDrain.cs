using Zotify.Logging.Diagnostics;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Dispatch;

/// <summary>Ends a pipeline: waits for what is left, and counts and reports what is not written in time. Thread-safe.</summary>
/// <param name="queue">The pipeline's queue.</param>
/// <param name="handler">The handler.</param>
/// <param name="consumer">The queue's consumer.</param>
/// <param name="counters">Counts what is not written.</param>
/// <param name="context">The handler's name, and where to report.</param>
/// <param name="time">The clock of the timeout.</param>
internal sealed class PipelineDrain(
    HandlerQueue queue,
    HandlerLifecycle handler,
    HandlerConsumer consumer,
    HandlerCounters counters,
    LogHandlerContext context,
    TimeProvider time)
{
    /// <summary>
    /// The time that a handler gets to close its files after it stopped projecting: a tenth of the time to drain, but at most this.
    /// </summary>
    private static readonly TimeSpan MaxClosingTime = TimeSpan.FromSeconds(1);

    /// <summary>Reports how many records are not written. For a process that is about to end without a drain.</summary>
    public void ReportUnwritten()
    {
        if (queue.Unsettled is > 0 and var left) Report($"{left} records are not written, and the process ends", handler.Failure);
    }

    /// <summary>
    /// Accepts no more records. Returns when the consumer has ended and the handler has projected its records into the database, or at the
    /// <paramref name="timeout"/>. Then it counts what is not written as dropped, and reports it, and what is not in the database.
    /// </summary>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="startIsAwaited">Whether a caller awaited the start, and reports why it failed.</param>
    public async Task RunAsync(TimeSpan timeout, bool startIsAwaited)
    {
        var closing = timeout / 10 < MaxClosingTime ? timeout / 10 : MaxClosingTime;
        using (var projecting = new CancellationTokenSource(timeout - closing, time))
        using (var deadline = new CancellationTokenSource(timeout, time))
        {
            context.DrainDeadline = projecting.Token;
            queue.Close();
            // A handler that ignores its token must not keep the application from ending.
            await Task.WhenAny(consumer.Ended, Task.Delay(Timeout.InfiniteTimeSpan, time, deadline.Token)).ConfigureAwait(false);
        }

        if (handler.Running?.Unprojected is { } unprojected)
            context.Diagnostics.Report(context.Name, FailureKind.Permanent, unprojected);
        // Before the consumer is aborted, so that all that is left is counted in one place.
        var closed = new ObjectDisposedException(context.Name, "The handler was shut down before the flush.");
        var unwritten = Discard(closed);
        if (!consumer.Ended.IsCompletedSuccessfully) consumer.Abort(closed);
        if (unwritten == 0) return;
        if (handler is { Running: null, Failure: { } failure })
            Report($"{unwritten} records were not written: the handler did not start", startIsAwaited ? null : failure);
        else
            Report($"{unwritten} records were not written before the shutdown timeout", handler.Failure);
    }

    private int Discard(ObjectDisposedException closed)
    {
        var flushes = new List<FlushRequest>();
        var records = queue.Abandon(flushes);
        counters.AddDropped(DropReason.AlreadyShutdown, records);
        foreach (var flush in flushes) flush.Complete(Task.FromException(closed));
        return records;
    }

    private void Report(string message, Exception? failure) =>
        context.Diagnostics.Report(context.Name, FailureKind.Final, message, failure);
}
