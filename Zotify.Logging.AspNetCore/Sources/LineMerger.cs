using System.Diagnostics.CodeAnalysis;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>
/// Merges the lines of several sources by time. The lines of one source keep their order. A line is held until no other source can have an
/// older one: each has a later line, or was read to its end, or is away. It is held for 500 ms at most, so that a source that is slow does
/// not hold up the others; what comes from it afterwards is late. A pure class over time. Not thread-safe.
/// </summary>
/// <param name="count">How many sources there are.</param>
/// <param name="time">The clock.</param>
internal sealed class LineMerger(int count, TimeProvider time)
{
    /// <summary>How long a line is held at most.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromMilliseconds(500);

    private readonly HeldLines[] _sources = [.. Enumerable.Range(0, count).Select(_ => new HeldLines())];

    /// <summary>The size of the lines of a source that are held, in characters.</summary>
    public int SizeOf(int source) => _sources[source].Size;

    /// <summary>Whether lines of a source are held.</summary>
    public bool Holds(int source) => !_sources[source].IsEmpty;

    /// <summary>Adds the next line of a source.</summary>
    public void Add(int source, LogItem<SystemLogEntry> line)
    {
        _sources[source].IsAway = false;
        _sources[source].Add(line, time.GetTimestamp());
    }

    /// <summary>Takes note that a source was read to its end just now.</summary>
    public void ReachedEnd(int source)
    {
        _sources[source].IsAway = false;
        _sources[source].ReadUpTo = time.GetUtcNow();
    }

    /// <summary>Takes note that a source cannot be read: from now on, no line waits for it.</summary>
    public void Leave(int source) => (_sources[source].IsAway, _sources[source].ReadUpTo) = (true, null);

    /// <summary>Takes the next line that is due.</summary>
    /// <param name="source">Its source.</param>
    /// <param name="line">The line.</param>
    public bool TryTake(out int source, [NotNullWhen(true)] out HeldLine? line)
    {
        (source, line) = (FirstByTime(), null);
        if (source < 0 || !(WaitOf(source) <= TimeSpan.Zero)) return false;
        line = _sources[source].Take();
        return true;
    }

    /// <summary>How long until a line is due if nothing else arrives; <see langword="null"/> where none is held.</summary>
    public TimeSpan? UntilDue()
    {
        if (FirstByTime() is not (>= 0 and var source)) return null;
        var wait = WaitOf(source);
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    private int FirstByTime()
    {
        var first = -1;
        for (var i = 0; i < count; i++)
        {
            if (!_sources[i].IsEmpty && (first < 0 || _sources[i].First.Time < _sources[first].First.Time)) first = i;
        }

        return first;
    }

    /// <summary>How long the oldest line is still held.</summary>
    private TimeSpan WaitOf(int source)
    {
        var line = _sources[source].First;
        var (isWanting, oldest) = (false, long.MaxValue);
        for (var i = 0; i < count; i++)
        {
            if (!_sources[i].IsEmpty) oldest = Math.Min(oldest, _sources[i].First.ArrivedAt);
            else isWanting |= !_sources[i].IsAway && !(_sources[i].ReadUpTo - line.Time >= Hold);
        }

        // A later line may have waited for longer. The older ones that are here go before it.
        return isWanting ? Hold - time.GetElapsedTime(oldest) : TimeSpan.Zero;
    }
}
