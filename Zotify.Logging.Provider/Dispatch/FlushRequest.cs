namespace Zotify.Logging.Dispatch;

/// <summary>A flush on its way through a pipeline.</summary>
internal sealed class FlushRequest(FlushTo target, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How far the flush goes.</summary>
    public FlushTo Target { get; } = target;

    /// <summary>Nobody waits for the flush any more.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Completes when everything logged before the request is there; fails as the handler failed.</summary>
    public Task Done => _done.Task;

    /// <summary>Ends the request as <paramref name="work"/> ends.</summary>
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
