namespace Zotify.Logging.Dispatch;

/// <summary>A request for a flush, on its way through a handler's queue.</summary>
internal sealed class FlushRequest(FlushTo target, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How far the flush goes.</summary>
    public FlushTo Target { get; } = target;

    /// <summary>Cancelled when nobody waits for the flush any more.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Completes when everything logged before the request has reached the target. Fails as the handler failed.</summary>
    public Task Done => _done.Task;

    /// <summary>Completes the request with the outcome of <paramref name="work"/>.</summary>
    public async Task CompleteWithAsync(Task work)
    {
        try
        {
            await work.ConfigureAwait(false);
            _done.TrySetResult();
        }
        catch (OperationCanceledException)
        {
            _done.TrySetCanceled(CancellationToken);
        }
        catch (Exception exception)
        {
            _done.TrySetException(exception);
        }
    }
}
