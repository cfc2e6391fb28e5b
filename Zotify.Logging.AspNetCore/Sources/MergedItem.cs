using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>An item of a source as an item of the merged stream.</summary>
internal static class MergedItem
{
    /// <summary>The item with the merged cursor; <see langword="null"/> for one that means something only within its source.</summary>
    /// <param name="item">The item.</param>
    /// <param name="source">The number of its source.</param>
    /// <param name="name">The source's name.</param>
    /// <param name="time">The time by which it has its place.</param>
    /// <param name="at">The cursor before it; moved on to the one after it.</param>
    public static LogItem<SystemLogEntry>? Of(LogItem<SystemLogEntry> item, int source, string name, DateTimeOffset time, MergedCursor at)
    {
        switch (item)
        {
            case SystemLogEntry entry:
                // One whose own time is ahead is out of order, too: whoever leaves late lines out sees times that never go back.
                var isLate = at.Advance(source, entry.Cursor, time) || entry.Timestamp > time;
                return entry with { Cursor = at.ToString(), Instance = name, Late = isLate, IsMerged = true };
            case LogGap<SystemLogEntry> gap:
                var from = at.ToString();
                at.MoveOn(source, gap.Cursor);
                return gap with { From = from, Cursor = at.ToString(), Instance = name };
            default:
                return null;
        }
    }

    /// <summary>
    /// Moves a cursor past an item. Returns false, and does nothing, for an item that means something only within its source.
    /// </summary>
    public static bool TryMove(LogItem<SystemLogEntry> item, int source, DateTimeOffset time, MergedCursor at)
    {
        if (item is SystemLogEntry) at.Advance(source, item.Cursor, time);
        else if (item is LogGap<SystemLogEntry>) at.MoveOn(source, item.Cursor);
        else return false;
        return true;
    }
}
