using Zotify.Logging.Common;

namespace Zotify.Logging.Projection;

/// <summary>How far a journal is projected, and who waits for it. Written by one projector; thread-safe for readers.</summary>
internal sealed class ProjectionProgress
{
    private readonly Lock _gate = new();
    private readonly AsyncSignal _moved = new();
    private readonly AsyncSignal _asked = new();
    private long _seq;
    private bool _isAsked;
    private bool _ended;

    /// <summary>The number of the last line that is in the database; 0 where there is none, or it is not known yet.</summary>
    public long Seq => Volatile.Read(ref _seq);

    /// <summary>Sets <see cref="Seq"/> and wakes everyone who waits.</summary>
    public void MoveTo(long seq)
    {
        lock (_gate)
        {
            if (seq == _seq) return;
            Volatile.Write(ref _seq, seq);
            // Callers that still wait ask again.
            _isAsked = false;
        }

        _moved.Set();
    }

    /// <summary>Marks the projection as stopped: callers that wait get an exception.</summary>
    public void End()
    {
        lock (_gate) _ended = true;
        _moved.Set();
    }

    /// <summary>Returns when <see cref="Seq"/> is at or above <paramref name="seq"/>.</summary>
    /// <exception cref="OperationCanceledException">Cancelled, or ended before.</exception>
    public async Task WaitAsync(long seq, CancellationToken cancellationToken)
    {
        while (true)
        {
            var moved = _moved.Next;
            lock (_gate)
            {
                if (_seq >= seq) return;
                if (_ended) throw new OperationCanceledException("The projection was stopped before it came this far.");
                _isAsked = true;
            }

            _asked.Set();
            await moved.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Returns after <paramref name="longest"/>, or as soon as somebody waits for a line.</summary>
    public async Task RestAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        var asked = _asked.Next;
        lock (_gate)
        {
            if (_isAsked) return;
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(asked, Task.Delay(longest, TimeProvider.System, enough.Token)).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
    }
}
