using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>
/// Items that were merged together, for all subscribers. They are packed: most of a run's blocks are only kept for subscribers that may be
/// behind. Thread-safe.
/// </summary>
/// <param name="First">The number of the first item, without a hole from block to block.</param>
/// <param name="Start">The cursor before it; nobody changes it.</param>
/// <param name="Lines">The items as their sources gave them out.</param>
/// <param name="Origins">Where each item is from.</param>
/// <param name="Size">Their size, in characters.</param>
internal sealed record MergedBlock(long First, MergedCursor Start, PackedLines Lines, MergedOrigin[] Origins, int Size)
{
    private volatile OpenedBlock? _kept;

    /// <summary>The number after that of the last item.</summary>
    public long Next => First + Origins.Length;

    /// <summary>Whether all subscribers get the same objects for now.</summary>
    public bool IsKeptOpen => _kept is not null;

    /// <summary>The items as objects. While they are kept open, all subscribers get the same ones.</summary>
    public OpenedBlock Open() => _kept ?? new OpenedBlock(this);

    /// <summary>Keeps the objects for others, from the first one that needs them until <see cref="Close"/>.</summary>
    public void KeepOpen() => _kept = new OpenedBlock(this);

    /// <summary>Lets go of the objects.</summary>
    public void Close() => _kept = null;

    /// <summary>Makes the objects, with cursors of the merged stream.</summary>
    public LogBlock<SystemLogEntry> Read()
    {
        var at = Start.Clone();
        var items = new LogItem<SystemLogEntry>[Origins.Length];
        for (var i = 0; i < items.Length; i++)
        {
            var (source, name, cursor, time) = Origins[i];
            items[i] = MergedItem.Of(Lines.Read(i, cursor), source, name, time, at)!;
        }

        return new LogBlock<SystemLogEntry>("", items[^1].Cursor, items, Size).Share();
    }
}
