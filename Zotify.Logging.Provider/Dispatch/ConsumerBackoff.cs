namespace Zotify.Logging.Dispatch;

/// <summary>
/// How a consumer waits for work. Waking a thread costs the waker more than a whole log call, and a consumer that runs for each record
/// writes records one by one and competes with the callers. So the consumer lingers a millisecond, to find a batch. Where nothing came,
/// it lingers a few times longer before it sleeps. Only urgent work interrupts it. One consumer; <see cref="Interrupt"/> by any thread.
/// </summary>
internal sealed class ConsumerBackoff
{
    // The longest pause bounds how long a record waits for its line.
    private static readonly TimeSpan[] Pauses = [.. new[] { 1, 2, 4, 8 }.Select(ms => TimeSpan.FromMilliseconds(ms))];

    private readonly SemaphoreSlim _interrupted = new(0);
    private int _isActive;

    /// <summary>Whether the consumer pauses: then urgent work must <see cref="Interrupt"/> it.</summary>
    public bool IsActive => Volatile.Read(ref _isActive) == 1;

    /// <summary>Pauses once, to let a batch gather, unless something is urgent.</summary>
    public Task LingerAsync(Func<bool> isUrgent, CancellationToken cancellationToken) => PauseAsync(Pauses[0], isUrgent, cancellationToken);

    /// <summary>Pauses, and again for longer while there is no work.</summary>
    public async Task WaitForWorkAsync(Func<bool> hasNoWork, Func<bool> isUrgent, CancellationToken cancellationToken)
    {
        foreach (var pause in Pauses)
        {
            await PauseAsync(pause, isUrgent, cancellationToken).ConfigureAwait(false);
            if (!hasNoWork()) return;
        }
    }

    /// <summary>Ends the current pause. The consumer may have seen the reason already.</summary>
    public void Interrupt()
    {
        if (Interlocked.Exchange(ref _isActive, 0) == 1) _interrupted.Release();
    }

    private async Task PauseAsync(TimeSpan pause, Func<bool> isUrgent, CancellationToken cancellationToken)
    {
        // Set before the check: a thread that adds something urgent after the check sees it.
        Interlocked.Exchange(ref _isActive, 1);
        if (!isUrgent()) await _interrupted.WaitAsync(pause, cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _isActive, 0);
    }
}
