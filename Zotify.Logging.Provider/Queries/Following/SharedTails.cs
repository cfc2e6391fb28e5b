namespace Zotify.Logging.Queries;

/// <summary>The shared tails of many logs, or of many views of a log. Each exists while it is used. Thread-safe.</summary>
/// <param name="time">The clock of the tails.</param>
/// <param name="kept">How much each keeps.</param>
internal sealed class SharedTails<TKey, TEntry>(TimeProvider time, KeptBlocks kept)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, (SharedTail<TEntry> Tail, int Users)> _tails = [];

    /// <summary>Returns the tail of a log. Call <see cref="Leave"/> after use.</summary>
    public SharedTail<TEntry> Enter(TKey key)
    {
        lock (_gate)
        {
            var (tail, users) = _tails.TryGetValue(key, out var known) ? known : (new SharedTail<TEntry>(time, kept), 0);
            _tails[key] = (tail, users + 1);
            return tail;
        }
    }

    /// <summary>Releases a tail.</summary>
    public void Leave(TKey key)
    {
        lock (_gate)
        {
            var (tail, users) = _tails[key];
            if (users == 1) _tails.Remove(key);
            else _tails[key] = (tail, users - 1);
        }
    }
}
