using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>The lines of one source that wait for their place in the order of time. Not thread-safe.</summary>
internal sealed class HeldLines
{
    private readonly Queue<HeldLine> _lines = [];
    private DateTimeOffset _lastTime = DateTimeOffset.MinValue;

    /// <summary>Whether the source cannot be read, so that nobody waits for it.</summary>
    public bool IsAway { get; set; }

    /// <summary>The time up to which it was read to its end; <see langword="null"/> where that is not known.</summary>
    public DateTimeOffset? ReadUpTo { get; set; }

    /// <summary>The size of the lines, in characters.</summary>
    public int Size { get; private set; }

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _lines.Count == 0;

    /// <summary>The oldest one.</summary>
    public HeldLine First => _lines.Peek();

    /// <summary>Adds a line.</summary>
    /// <param name="item">The line.</param>
    /// <param name="arrivedAt">When it arrived, in timestamps of the clock.</param>
    /// <param name="now">The current time.</param>
    public void Add(LogItem<SystemLogEntry> item, long arrivedAt, DateTimeOffset now)
    {
        var entry = item as SystemLogEntry;
        _lastTime = LineTime.Of(entry, _lastTime, now);
        var size = entry?.Text.Length ?? 0;
        Size += size;
        _lines.Enqueue(new HeldLine(item, _lastTime, arrivedAt, size));
    }

    /// <summary>Removes the oldest one.</summary>
    public HeldLine Take()
    {
        var line = _lines.Dequeue();
        Size -= line.Size;
        return line;
    }
}
