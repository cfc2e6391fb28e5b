using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>
/// A subscriber of a run. It joins where it knows of each source whether the run gave out the line that it is at. Up to the newest of these
/// lines it leaves out what it already had; from then on it gets the shared blocks. Used by one thread at a time.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="names">The hashes of the sources' names.</param>
/// <param name="selection">Which items it wants.</param>
internal sealed class MergedSubscriber(MergedRun run, uint[] names, MergedSelection selection) : IDisposable
{
    private MergedSlot? _slot;
    private MergedCursor? _at;
    private string _text = "";

    /// <summary>Whether it gets the run's blocks.</summary>
    public bool IsJoined => _slot is not null;

    /// <summary>The text of its cursor.</summary>
    public string Text => _text;

    /// <summary>The cursor after everything that it gave out.</summary>
    public MergedCursor Cursor => _at ?? MergedCursor.TryParse(_text, names)!;

    /// <summary>Joins at a cursor. Returns whether it could.</summary>
    public bool TryJoin(MergedCursor cursor)
    {
        _slot = run.Find(cursor, selection.Sources);
        if (_slot is null) return false;
        run.Pace.Join(_slot);
        (_at, _text) = (cursor.Clone(), cursor.ToString());
        return true;
    }

    /// <summary>
    /// Reads the next block, which may have no items; <see langword="null"/> where there is none yet, or where it fell so far behind that
    /// it is no longer joined.
    /// </summary>
    public LogBlock<SystemLogEntry>? Read()
    {
        if (_slot is not { } slot) return null;
        if (!run.TryFind(slot, out var block, out var at))
        {
            _at = Cursor;
            Dispose();
            return null;
        }

        if (block is null) return null;
        run.Pace.Take(slot, block.Next);
        var opened = block.Open();
        if (at > 0 || block.First < slot.AllNewFrom) return Select(block, opened.All.Items.ToList(), at, slot);
        (_at, _text) = (null, opened.All.End);
        return opened.Of(selection);
    }

    /// <summary>Leaves the run.</summary>
    public void Dispose()
    {
        if (_slot is not null) run.Pace.Leave(_slot);
        _slot = null;
    }

    /// <summary>The items of a block from one on that the subscriber wants and has not had.</summary>
    private LogBlock<SystemLogEntry> Select(MergedBlock block, List<LogItem<SystemLogEntry>> all, int from, MergedSlot slot)
    {
        var items = new List<LogItem<SystemLogEntry>>();
        for (var i = from; i < block.Origins.Length; i++)
        {
            var (source, _, cursor, time) = block.Origins[i];
            var item = all[i];
            if (slot.HasSeen(source, block.First + i)) continue;
            if (block.First + i >= slot.AllNewFrom) (_at, _text) = (null, item.Cursor);
            else item = Moved(item, source, cursor, time);
            if (selection.Wants(source, item)) items.Add(item);
        }

        return new LogBlock<SystemLogEntry>("", _text, items, block.Size);
    }

    /// <summary>The item with a cursor of the subscriber's own, which is ahead of the run's in other sources.</summary>
    private LogItem<SystemLogEntry> Moved(LogItem<SystemLogEntry> item, int source, string cursor, DateTimeOffset time)
    {
        _at ??= MergedCursor.TryParse(_text, names)!;
        var (own, name) = item switch
        {
            SystemLogEntry entry => (entry with { Cursor = cursor }, entry.Instance),
            LogGap<SystemLogEntry> gap => ((LogItem<SystemLogEntry>)(gap with { Cursor = cursor }), gap.Instance),
            _ => throw new InvalidOperationException(),
        };
        var moved = MergedItem.Of(own, source, name!, time, _at)!;
        _text = moved.Cursor;
        return moved;
    }
}
