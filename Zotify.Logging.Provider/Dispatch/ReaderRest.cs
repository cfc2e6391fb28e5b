namespace Zotify.Logging.Provider.Dispatch;

/// <summary>
/// How a reader waits for work. To wake a thread costs its waker more than a whole log call, and a reader that is woken for
/// each record writes one at a time. So after work it looks again by itself, a few times with growing pauses, and meanwhile
/// only what is urgent wakes it; then it sleeps, and the next record wakes it. All but <see cref="WaitAsync"/> and
/// <see cref="Wake"/> are called in the queue's lock.
/// </summary>
internal sealed class ReaderRest
{
    // Together: how long after the last record the reader looks by itself. The longest is what a record may wait for its line.
    private static readonly TimeSpan[] Pauses = [.. new[] { 1, 2, 4, 8 }.Select(ms => TimeSpan.FromMilliseconds(ms))];

    private readonly SemaphoreSlim _woken = new(0);
    private int _pause;
    private bool _rests;
    private bool _sleeps;

    /// <summary>There is work: the next rest is a short one.</summary>
    public void Stir()
    {
        _pause = 0;
        _rests = _sleeps = false;
    }

    /// <summary>There is none: the reader is about to <see cref="WaitAsync"/>.</summary>
    /// <returns>For how long.</returns>
    public TimeSpan Begin()
    {
        _rests = true;
        _sleeps = _pause == Pauses.Length;
        return _sleeps ? Timeout.InfiniteTimeSpan : Pauses[_pause++];
    }

    /// <summary>Something came. Returns whether the caller must <see cref="Wake"/> the reader, after it has left the lock.</summary>
    public bool IsDisturbedBy(bool urgent)
    {
        if (!(_sleeps || (urgent && _rests))) return false;
        Stir();
        return true;
    }

    /// <summary>Ends the rest.</summary>
    public void Wake() => _woken.Release();

    /// <summary>Returns when the pause is over, or somebody wakes the reader. It may be woken for what it has seen already.</summary>
    public Task WaitAsync(TimeSpan pause, CancellationToken cancellationToken) => _woken.WaitAsync(pause, cancellationToken);
}
