using Zotify.Logging.Common;
using Zotify.Logging.Diagnostics;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Dispatch;

/// <summary>
/// The one consumer of a handler's queue: starts the handler, passes it the queue's records in batches, and retries a batch where that
/// helps. Every record that it dequeues ends written, or counted as dropped.
/// </summary>
/// <param name="handler">The handler, which this consumer starts and disposes.</param>
/// <param name="queue">The queue that it reads.</param>
/// <param name="counters">Counts what became of the records.</param>
/// <param name="context">The handler's name and options, and where to report.</param>
/// <param name="time">The clock of the waits between attempts.</param>
internal sealed class HandlerConsumer(
    HandlerLifecycle handler, HandlerQueue queue, HandlerCounters counters, LogHandlerContext context, TimeProvider time)
{
    /// <summary>
    /// The consumer whose code, or whose handler's code, runs here. The handler's own log calls must not feed its own queue.
    /// </summary>
    private static readonly AsyncLocal<HandlerConsumer?> Running = new();

    private readonly CancellationTokenSource _abort = new();

    private readonly TaskCompletionSource _givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TakenFlushes _flushes = new();

    /// <summary>Whether the code that runs now was called by this consumer's handler.</summary>
    public bool IsRunningHere => Running.Value == this;

    /// <summary>Completes when the queue is closed and empty and the handler disposed.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Completes with <see cref="Ended"/>, or as cancelled when the shutdown no longer waits for that.</summary>
    // Not by the token: a handler may block its callbacks.
    public Task EndedOrAborted => Task.WhenAny(Ended, _givenUp.Task).Unwrap();

    /// <summary>Starts to consume after <paramref name="ready"/>.</summary>
    public void Start(Task ready)
    {
        // Otherwise the consumer would run in the scopes and the activity of whoever logged first.
        using (ExecutionContext.SuppressFlow()) Ended = Task.Run(() => RunAsync(ready));
    }

    /// <summary>
    /// Fails the flushes that do not wait for another attempt: those of the batch that is being written, and those behind it. For the
    /// handler's lifecycle, whenever an attempt of this consumer failed.
    /// </summary>
    public void FailFlushes(Exception exception)
    {
        var failing = _flushes.RemoveFailing();
        queue.DequeueFailing(failing);
        foreach (var request in failing) request.Fail(UnwrittenException(exception));
    }

    /// <summary>What a flush throws that a failure of the handler ends.</summary>
    public IOException UnwrittenException(Exception failure) => new($"{context.Name}: {failure.Message}", failure);

    /// <summary>Fails all flushes that it has begun, and asks the handler to give up what it is doing.</summary>
    /// <param name="end">What the flushes throw.</param>
    public void Abort(Exception end)
    {
        _flushes.Abandon(end);
        _givenUp.TrySetCanceled(CancellationToken.None);
        _ = _abort.CancelAsync();
    }

    private async Task RunAsync(Task ready)
    {
        Running.Value = this;
        try
        {
            await ready.WaitAsync(_abort.Token).ConfigureAwait(false);
            if (!await handler.StartAsync(queue.Closed, _abort.Token).ConfigureAwait(false)) return;
            var due = new List<FlushRequest>();
            var batch = new RecordBatch(new RecordPool(isEnabled: !handler.Running!.RetainsRecords));
            while (await queue.WaitAsync(context.Options().MaxBatchSize, _abort.Token).ConfigureAwait(false))
            {
                queue.Dequeue(batch, context.Options().MaxBatchSize, due);
                _flushes.Add(due);
                if (batch.Count > 0) await WriteAsync(batch).ConfigureAwait(false);
                queue.Release(batch);
                batch.Clear();
                if (_flushes.Group() is not { } group) continue;
                var flushed = FlushAsync(group);
                // The next batch gathers while the disk is busy, where the handler allows that.
                if (!handler.Running.FlushesWhileWriting) await flushed.ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_abort.IsCancellationRequested)
        {
            // The shutdown timed out. It has counted what is left.
        }
        finally
        {
            queue.Close();
            await handler.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task WriteAsync(RecordBatch batch)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (attempt > 1) counters.AddRetried(batch.Count);
            try
            {
                await handler.Running!.WriteAsync(batch, _abort.Token).ConfigureAwait(false);
                counters.AddWritten(queue.Settle());
                handler.Failure = null;
                return;
            }
            catch (Exception exception)
            {
                handler.Failure = exception;
                _abort.Token.ThrowIfCancellationRequested();
                if (!ShouldRetry(exception, attempt))
                {
                    Drop(exception);
                    return;
                }

                var message = $"{batch.Count} records could not be written yet";
                context.Diagnostics.Report(context.Name, FailureKind.Temporary, message, exception);
            }

            await Task.Delay(RetrySchedule.After(attempt), time, _abort.Token).ConfigureAwait(false);
        }
    }

    private bool ShouldRetry(Exception exception, int attempt)
    {
        try
        {
            return handler.Running!.ShouldRetry(exception, attempt);
        }
        catch (Exception failure)
        {
            context.Diagnostics.Report(context.Name, FailureKind.Permanent, "ShouldRetry threw; the batch is not retried", failure);
            return false;
        }
    }

    /// <summary>Counts the batch as dropped, unless the shutdown has abandoned and counted it already.</summary>
    private void Drop(Exception exception)
    {
        var dropped = queue.Settle();
        if (dropped == 0) return;
        counters.AddDropped(DropReason.HandlerFailed, dropped);
        context.Diagnostics.Report(context.Name, FailureKind.Final, $"{dropped} records could not be written and are dropped", exception);
    }

    private async Task FlushAsync(FlushGroup group)
    {
        var flushed = FlushHandlerAsync(group.Abandoned);
        await group.CompleteAsync(FlushTo.Disk, flushed).ConfigureAwait(false);
        // The database may take long, so batches go on meanwhile.
        if (group.Has(FlushTo.Database)) _ = ProjectAsync(group, flushed);
        else _flushes.Remove(group);
    }

    private async Task ProjectAsync(FlushGroup group, Task flushed)
    {
        var projected = flushed.IsCompletedSuccessfully ? ProjectHandlerAsync(group.Abandoned) : flushed;
        await group.CompleteAsync(FlushTo.Database, projected).ConfigureAwait(false);
        _flushes.Remove(group);
    }

    // Async, so that an exception thrown before the handler returns its task fails the requests and not the consumer.
    private async Task FlushHandlerAsync(CancellationToken cancellationToken) =>
        await handler.Running!.FlushAsync(cancellationToken).ConfigureAwait(false);

    private async Task ProjectHandlerAsync(CancellationToken cancellationToken) =>
        await handler.Running!.ProjectAsync(cancellationToken).ConfigureAwait(false);
}
