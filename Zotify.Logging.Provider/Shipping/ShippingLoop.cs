using Zotify.Logging.Diagnostics;

namespace Zotify.Logging.Shipping;

/// <summary>
/// Takes the steps of a shipper in the background, one after the other, and waits after each that fails. Thread-safe.
/// </summary>
/// <param name="name">The target's name.</param>
/// <param name="fileName">The journal's file name.</param>
/// <param name="time">The clock of the waits.</param>
/// <param name="report">Reports failures.</param>
internal sealed class ShippingLoop(
    string name, string fileName, TimeProvider time, Action<FailureKind, string, Exception?> report) : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;
    private volatile Exception? _failure;

    /// <summary>Cancelled when the loop ends as soon as there is nothing left to do.</summary>
    public CancellationToken Ending => _ending.Token;

    /// <summary>Cancelled when the loop ends at once.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <summary>Why the last step failed; <see langword="null"/> where it did not.</summary>
    public Exception? Failure => _failure;

    /// <summary>Begins. Call once.</summary>
    /// <param name="step">A step. Returns whether there may be more to do; waits for that unless <see cref="Ending"/>.</param>
    public void Start(Func<Task<bool>> step)
    {
        // The loop outlives its caller: it must not keep the caller's scopes and activity.
        using (ExecutionContext.SuppressFlow()) _loop = Task.Run(() => RunAsync(step));
    }

    /// <summary>Forgets a failure, because the step that follows found nothing to do.</summary>
    public void Succeeded() => _failure = null;

    /// <summary>Does what is left, unless a step fails, and ends at the deadline. The next start does the rest.</summary>
    public async Task DrainAsync(CancellationToken deadline)
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _loop.WaitAsync(deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Ends at once, and returns when it has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _ending.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(Func<Task<bool>> step)
    {
        for (var failures = 0; !_stop.IsCancellationRequested;)
        {
            try
            {
                if (!await step().ConfigureAwait(false) && _ending.IsCancellationRequested) return;
                failures = 0;
                _failure = null;
            }
            catch (Exception) when (_stop.IsCancellationRequested)
            {
                // The next start does the rest.
            }
            // Any failure: the journal keeps the lines.
#pragma warning disable CA1031
            catch (Exception exception)
#pragma warning restore CA1031
            {
                var delay = ShippingSchedule.After(exception, ++failures, Random.Shared.NextDouble());
                _failure = exception;
                var kind = exception is TargetException { Fault: TargetFault.Permanent } ? FailureKind.Permanent : FailureKind.Temporary;
                report(kind, $"{name} does not get {fileName}; it is tried again in {delay.TotalSeconds:0.0} s", exception);
                if (_ending.IsCancellationRequested) return;
                await Task.Delay(delay, time, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
