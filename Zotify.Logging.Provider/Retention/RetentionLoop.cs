using System.Threading.Channels;
using Zotify.Logging.Common;

namespace Zotify.Logging.Retention;

/// <summary>
/// Runs a handler's pruner: at once, when it is due, and when it is woken. A separate loop, so that it never delays a pipeline or a
/// projector. Thread-safe.
/// </summary>
/// <param name="pruner">The pruner.</param>
/// <param name="time">The clock of the waits.</param>
/// <param name="report">Reports failures. A run that failed is repeated.</param>
/// <param name="isPermanent">Whether a failure lasts until somebody acts; by default none does.</param>
internal sealed class RetentionLoop(
    IPruner pruner, TimeProvider time, Action<string, Exception?> report, Func<Exception, bool>? isPermanent = null) : IAsyncDisposable
{
    // Several wakes before a run count as one.
    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    /// <summary>Begins with a first run, in the background. Call once.</summary>
    public void Start()
    {
        // The loop outlives its caller: it must not keep the caller's scopes and activity.
        using (ExecutionContext.SuppressFlow()) _loop = Task.Run(RunAsync);
    }

    /// <summary>Starts a run soon, because there may be something to delete. During a run, another one follows.</summary>
    public void Wake() => _wakes.Writer.TryWrite(true);

    /// <summary>Ends the loop; its transaction is committed or rolled back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var failures = 0;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await pruner.RunAsync(_stop.Token).ConfigureAwait(false);
                failures = 0;
                await WaitAsync(pruner.Interval).ConfigureAwait(false);
            }
            catch (Exception) when (_stop.IsCancellationRequested)
            {
                // The next start continues.
            }
            // Any failure: more is kept than necessary, until it can be deleted.
#pragma warning disable CA1031
            catch (Exception exception)
#pragma warning restore CA1031
            {
                var delay = isPermanent?.Invoke(exception) == true ? RetrySchedule.Permanent : RetrySchedule.After(++failures);
                report($"what is beyond retention could not be deleted; it is tried again in {delay.TotalSeconds:0.0} s", exception);
                await Task.Delay(delay, time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task WaitAsync(TimeSpan longest)
    {
        using var due = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(due.Token, _stop.Token);
        try
        {
            await _wakes.Reader.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The next run is due, or the loop ends.
        }
    }
}
