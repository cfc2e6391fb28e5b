namespace Zotify.Logging.Projection;

/// <summary>How far a journal is projected, and who waits for it. Written by one projector; thread-safe for readers.</summary>
internal sealed class ProjectionProgress
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _moved = NewSignal();
    private TaskCompletionSource _asked = NewSignal();
    private long _seq;
    private bool _ended;

    /// <summary>The number of the last line that is in the database; 0 where there is none, or it is not known yet.</summary>
    public long Seq => Volatile.Read(ref _seq);

    /// <summary>Sets <see cref="Seq"/> and wakes those who wait.</summary>
    public void MoveTo(long seq)
    {
        TaskCompletionSource moved;
        lock (_gate)
        {
            if (seq == _seq) return;
            Volatile.Write(ref _seq, seq);
            moved = _moved;
            _moved = NewSignal();
            // Who still waits asks again.
            if (_asked.Task.IsCompleted) _asked = NewSignal();
        }

        moved.SetResult();
    }

    /// <summary>Ends the waits: nothing is projected any more.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
        }

        _moved.TrySetResult();
    }

    /// <summary>Returns when <see cref="Seq"/> is at or above <paramref name="seq"/>.</summary>
    /// <exception cref="OperationCanceledException">Cancelled, or ended before.</exception>
    public async Task WaitAsync(long seq, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task moved;
            lock (_gate)
            {
                if (_seq >= seq) return;
                if (_ended) throw new OperationCanceledException("The projection was stopped before it came this far.");
                moved = _moved.Task;
                _asked.TrySetResult();
            }

            await moved.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Returns after <paramref name="longest"/>, or as soon as somebody waits for a line.</summary>
    public async Task RestAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        Task asked;
        lock (_gate) asked = _asked.Task;
        if (asked.IsCompleted) return;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(asked, Task.Delay(longest, TimeProvider.System, enough.Token)).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
