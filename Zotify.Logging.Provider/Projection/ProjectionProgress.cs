using Zotify.Logging.Common;

namespace Zotify.Logging.Projection;

/// <summary>How far a journal is projected, and the callers that wait for it. Set by one projector. Thread-safe.</summary>
internal sealed class ProjectionProgress
{
    private readonly Lock _gate = new();
    private readonly AsyncSignal _advanced = new();
    private readonly AsyncSignal _requested = new();
    private long _seq;
    private long _requestedSeq;
    private bool _isSettled;
    private bool _ended;

    /// <summary>The number of the last line that is in the database; 0 where there is none, or it is not known yet.</summary>
    public long Seq => Volatile.Read(ref _seq);

    /// <summary>Sets <see cref="Seq"/>, and whether what earlier runs left open is settled, and wakes everyone who waits.</summary>
    public void MoveTo(long seq, bool isSettled)
    {
        lock (_gate)
        {
            if ((seq, isSettled) == (_seq, _isSettled)) return;
            Volatile.Write(ref _seq, seq);
            _isSettled = isSettled;
        }

        _advanced.Set();
    }

    /// <summary>Marks the projection as stopped: callers that wait get an exception.</summary>
    public void End()
    {
        lock (_gate) _ended = true;
        _advanced.Set();
    }

    /// <summary>Whether <see cref="WaitAsync"/> would return at once.</summary>
    public bool HasReached(long seq)
    {
        lock (_gate) return _seq >= seq && (_isSettled || seq == 0);
    }

    /// <summary>Returns when <see cref="Seq"/> is at or above <paramref name="seq"/>, and, where there is a line, all is settled.</summary>
    /// <exception cref="OperationCanceledException">Cancelled, or ended before.</exception>
    public async Task WaitAsync(long seq, CancellationToken cancellationToken)
    {
        while (true)
        {
            var advanced = _advanced.Next;
            lock (_gate)
            {
                if (HasReached(seq)) return;
                if (_ended) throw new OperationCanceledException("The projection was stopped before it came this far.");
                _requestedSeq = Math.Max(_requestedSeq, seq);
            }

            _requested.Set();
            await advanced.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Lingers for <paramref name="longest"/>, or until a caller waits for a line that is not in the database.</summary>
    public async Task LingerAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        var requested = _requested.Next;
        lock (_gate)
        {
            if (_requestedSeq > _seq) return;
        }

        // The system's clock: an application's clock that stands still must not stop the projection of lines that nobody waits for.
        await requested.WaitAsync(longest, TimeProvider.System, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
