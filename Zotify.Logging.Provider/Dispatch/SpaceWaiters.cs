using Zotify.Logging.Records;

namespace Zotify.Logging.Dispatch;

/// <summary>The callers that block until a full queue has space for their record. Thread-safe.</summary>
/// <param name="tryAdd">Adds a record, if there is space now.</param>
/// <param name="isClosed">Whether the queue accepts no records any more.</param>
/// <param name="time">The clock of the callers' timeouts.</param>
internal sealed class SpaceWaiters(SpaceWaiters.Attempt tryAdd, Func<bool> isClosed, TimeProvider time)
{
    private readonly object _gate = new();
    private int _count;

    /// <summary>Adds a record, if there is space now.</summary>
    public delegate bool Attempt(in RecordValues record);

    /// <summary>Whether anybody waits.</summary>
    public bool Any => Volatile.Read(ref _count) > 0;

    /// <summary>Tries to add the record until that succeeds, <paramref name="timeout"/> is over or the queue is closed.</summary>
    public bool TryAdd(in RecordValues record, TimeSpan timeout)
    {
        var start = time.GetTimestamp();
        lock (_gate)
        {
            // Counted before the next attempt: either the consumer sees this caller, or it has freed the space already.
            Interlocked.Increment(ref _count);
            try
            {
                while (!isClosed())
                {
                    if (tryAdd(record)) return true;
                    var left = timeout - time.GetElapsedTime(start);
                    if (left <= TimeSpan.Zero || !Monitor.Wait(_gate, left)) return tryAdd(record);
                }

                return false;
            }
            finally
            {
                Interlocked.Decrement(ref _count);
            }
        }
    }

    /// <summary>Wakes all who wait, for another attempt.</summary>
    public void NotifyAll()
    {
        lock (_gate) Monitor.PulseAll(_gate);
    }
}
