using Zotify.Logging.Handlers;

namespace Zotify.Logging.Queries;

/// <summary>Waits until what this process logged to a handler is in its file or its database. Thread-safe.</summary>
/// <param name="service">The service that has the handler.</param>
/// <param name="target">The target that is read: the file, or the database.</param>
/// <param name="time">The clock of the 250 ms.</param>
internal sealed class HandlerReadYourWrites<THandler>(LoggingService service, FlushTo target, TimeProvider time) : IReadYourWrites
    where THandler : BaseLogHandler
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    // Where nothing is new, which is usual, the query goes on in the same thread.
    public Task<long> CatchUpAsync(CancellationToken cancellationToken) =>
        service.IsFlushed(typeof(THandler), target) ? Task.FromResult(0L) : WaitAsync(cancellationToken);

    private async Task<long> WaitAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await service.FlushHandlerAsync(typeof(THandler), target, linked.Token).ConfigureAwait(false);
            return 0;
        }
        catch (Exception exception)
            when (!cancellationToken.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            // At least one record: the one that the flush waited for.
            var status = service.Handlers.Where(handler => handler.HandlerType == typeof(THandler));
            return Math.Max(1, status.Sum(handler => handler.Queued + (target == FlushTo.Database ? handler.Behind : 0)));
        }
    }
}
