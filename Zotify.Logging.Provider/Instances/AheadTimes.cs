using System.Collections.Concurrent;

namespace Zotify.Logging.Instances;

/// <summary>
/// Bounds times that others wrote by the clock of the reader. A time that is ahead of it counts as the moment at which this process first
/// read it: a clock that was a day ahead would otherwise hide for a day that nothing came since. A restart forgets these moments, so that
/// they count from then on. Thread-safe.
/// </summary>
internal sealed class AheadTimes
{
    private readonly ConcurrentDictionary<string, (DateTime Time, long Entries, DateTime ReadAt)> _ahead = new(StringComparer.Ordinal);

    /// <summary>Whose times are remembered.</summary>
    public ICollection<string> Keys => _ahead.Keys;

    /// <summary>Returns the time; or, where it is or was ahead, when it was first read.</summary>
    /// <param name="key">Whose time it is.</param>
    /// <param name="time">The time, in UTC.</param>
    /// <param name="now">The reader's time, in UTC.</param>
    /// <param name="entries">How many entries the time is the newest of: another number means that something came since.</param>
    public DateTime Bound(string key, DateTime time, DateTime now, long entries = 0)
    {
        var isKnown = _ahead.TryGetValue(key, out var known) && known.Time == time && known.Entries == entries;
        if (!isKnown && time <= now)
        {
            _ahead.TryRemove(key, out _);
            return time;
        }

        // The reader's clock may have been set back since.
        var readAt = isKnown && known.ReadAt < now ? known.ReadAt : now;
        _ahead[key] = (time, entries, readAt);
        return readAt;
    }

    /// <summary>Forgets all others.</summary>
    public void Keep(IReadOnlySet<string> keys)
    {
        foreach (var key in _ahead.Keys.Where(key => !keys.Contains(key))) _ahead.TryRemove(key, out _);
    }
}
