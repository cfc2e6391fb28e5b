namespace Zotify.Logging.Provider.Dispatch;

/// <summary>
/// How a reader waits for work. To wake a thread costs its waker more than a whole log call, and a reader that runs for each
/// record writes one at a time and is in the callers' way. So it rests until there is enough for a batch, for a millisecond
/// at first. Where nothing came it rests a few times longer, and then it sleeps. Only what is urgent disturbs its rest, and
/// the next record its sleep. All but <see cref="WaitAsync"/> and <see cref="Wake"/> are called in the queue's lock.
/// </summary>
internal sealed class ReaderRest
{
    // The longest is what a record may wait for its line.
    private static readonly TimeSpan[] Pauses = [.. new[] { 1, 2, 4, 8 }.Select(ms => TimeSpan.FromMilliseconds(ms))];

    private readonly SemaphoreSlim _woken = new(0);
    private int _pause;
    private bool _rests;
    private bool _sleeps;

    /// <summary>Whether the reader has rested since it worked, so that few records are worth its work, too.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The reader works: its next rest is a short one.</summary>
    public void End()
    {
        _pause = 0;
        _rests = _sleeps = IsOver = false;
    }

    /// <summary>There is nothing to do, or too little: the reader is about to <see cref="WaitAsync"/>.</summary>
    /// <returns>For how long.</returns>
    public TimeSpan Begin()
    {
        _rests = true;
        _sleeps = _pause == Pauses.Length;
        IsOver = !_sleeps;
        return _sleeps ? Timeout.InfiniteTimeSpan : Pauses[_pause++];
    }

    /// <summary>Something came. Returns whether the caller must <see cref="Wake"/> the reader, after it has left the lock.</summary>
    public bool IsDisturbedBy(bool urgent)
    {
        if (!(_sleeps || (urgent && _rests))) return false;
        End();
        return true;
    }

    /// <summary>Ends the rest.</summary>
    public void Wake() => _woken.Release();

    /// <summary>Returns when the pause is over, or somebody wakes the reader. It may be woken for what it has seen already.</summary>
    public Task WaitAsync(TimeSpan pause, CancellationToken cancellationToken) => _woken.WaitAsync(pause, cancellationToken);
}
