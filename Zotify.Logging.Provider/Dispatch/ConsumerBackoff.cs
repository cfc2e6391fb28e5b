namespace Zotify.Logging.Dispatch;

/// <summary>
/// How a reader waits for work. To wake a thread costs its waker more than a whole log call, and a reader that runs for each
/// record writes one at a time and is in the callers' way. So it rests until there is enough for a batch, for a millisecond
/// at first; where nothing came it rests a few times longer, before it sleeps. Only what is urgent ends a rest. One reader;
/// <see cref="End"/> by any thread.
/// </summary>
internal sealed class ConsumerBackoff
{
    // The longest is what a record may wait for its line.
    private static readonly TimeSpan[] Pauses = [.. new[] { 1, 2, 4, 8 }.Select(ms => TimeSpan.FromMilliseconds(ms))];

    private readonly SemaphoreSlim _woken = new(0);
    private int _isOn;

    /// <summary>Whether the reader rests: then what is urgent must <see cref="End"/> it.</summary>
    public bool IsOn => Volatile.Read(ref _isOn) == 1;

    /// <summary>Rests once, where nothing is urgent.</summary>
    public Task OnceAsync(Func<bool> isUrgent, CancellationToken cancellationToken) => PauseAsync(Pauses[0], isUrgent, cancellationToken);

    /// <summary>Rests, and then again for longer while there is no work.</summary>
    public async Task WhileAsync(Func<bool> hasNoWork, Func<bool> isUrgent, CancellationToken cancellationToken)
    {
        foreach (var pause in Pauses)
        {
            await PauseAsync(pause, isUrgent, cancellationToken).ConfigureAwait(false);
            if (!hasNoWork()) return;
        }
    }

    /// <summary>Ends the rest that is on. The reader may find that it has seen the reason already.</summary>
    public void End()
    {
        if (Interlocked.Exchange(ref _isOn, 0) == 1) _woken.Release();
    }

    private async Task PauseAsync(TimeSpan pause, Func<bool> isUrgent, CancellationToken cancellationToken)
    {
        // Before it looks: whoever adds something urgent after that sees it.
        Interlocked.Exchange(ref _isOn, 1);
        if (!isUrgent()) await _woken.WaitAsync(pause, cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _isOn, 0);
    }
}
