using Zotify.Logging.Common;
using Zotify.Logging.Diagnostics;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Dispatch;

/// <summary>
/// The one reader of a pipeline: starts the handler, drains the queue into batches for it, and tries a batch again where that
/// helps. Every record that it takes ends written, or counted as dropped.
/// </summary>
/// <param name="handler">The pipeline's handler.</param>
/// <param name="queue">What it reads.</param>
/// <param name="counters">Where it counts.</param>
/// <param name="context">The handler's name and options, and where to report.</param>
/// <param name="time">The clock of the attempts.</param>
internal sealed class HandlerConsumer(HandlerLifecycle handler, HandlerQueue queue, HandlerCounters counters, LogHandlerContext context, TimeProvider time)
{
    /// <summary>The reader that is running, or whose call of its handler is: that handler's own log calls must not feed it.</summary>
    private static readonly AsyncLocal<HandlerConsumer?> Running = new();

    private readonly CancellationTokenSource _abort = new();

    /// <summary>Whether the code that runs now was called by this reader's handler.</summary>
    public bool IsRunningHere => Running.Value == this;

    /// <summary>Cancelled when nobody waits for the end any longer.</summary>
    public CancellationToken Aborted => _abort.Token;

    /// <summary>Completes when the queue is closed and empty and the handler disposed.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Starts to read.</summary>
    public void Start()
    {
        // Without this the reader would keep the scopes and the activity of whoever logged first.
        using (ExecutionContext.SuppressFlow()) Ended = Task.Run(RunAsync);
    }

    /// <summary>Asks the handler to give up what it is at.</summary>
    public void Abort() => _ = _abort.CancelAsync();

    private async Task RunAsync()
    {
        Running.Value = this;
        try
        {
            if (!await handler.StartAsync(queue.Closed, _abort.Token).ConfigureAwait(false)) return;
            var batch = new RecordBatch(reuses: !handler.Running!.RetainsRecords);
            while (await queue.WaitAsync(context.Options().MaxBatchSize, _abort.Token).ConfigureAwait(false))
            {
                var flush = queue.Take(batch, context.Options().MaxBatchSize);
                if (batch.Count > 0) await WriteAsync(batch).ConfigureAwait(false);
                queue.Free(batch);
                batch.Clear();
                if (flush is not null) await FlushAsync(flush).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_abort.IsCancellationRequested)
        {
            // The shutdown timeout: the drain has counted what is left.
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
                    Lose(exception);
                    return;
                }

                context.Diagnostics.Report(context.Name, FailureKind.Temporary, $"{batch.Count} records could not be written yet", exception);
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
        catch (Exception fault)
        {
            context.Diagnostics.Report(context.Name, FailureKind.Permanent, "the handler cannot say whether to try again; it is not", fault);
            return false;
        }
    }

    /// <summary>Counts the batch as dropped, unless the drain has given it up already.</summary>
    private void Lose(Exception exception)
    {
        var lost = queue.Settle();
        if (lost == 0) return;
        counters.AddDropped(DropReason.HandlerFailed, lost);
        context.Diagnostics.Report(context.Name, FailureKind.Final, $"{lost} records could not be written and are dropped", exception);
    }

    private async Task FlushAsync(FlushRequest request)
    {
        // A flush that reaches the disk stays between two batches; the database may take long, so batches go on beside it.
        var flushed = FlushHandlerAsync(request.CancellationToken);
        if (request.Target == FlushTo.Disk)
        {
            await request.CompleteWithAsync(flushed).ConfigureAwait(false);
            return;
        }

        await Task.WhenAny(flushed).ConfigureAwait(false);
        _ = request.CompleteWithAsync(flushed.IsCompletedSuccessfully ? ProjectHandlerAsync(request.CancellationToken) : flushed);
    }

    // Async, so that what a handler throws before it returns a task ends the request and not the reader.
    private async Task FlushHandlerAsync(CancellationToken cancellationToken) => await handler.Running!.FlushAsync(cancellationToken).ConfigureAwait(false);

    private async Task ProjectHandlerAsync(CancellationToken cancellationToken) => await handler.Running!.ProjectAsync(cancellationToken).ConfigureAwait(false);
}
