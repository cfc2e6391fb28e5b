using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>
/// Items that were merged together, for all subscribers. They are packed: most of a run's blocks are only kept for subscribers that may be
/// behind. Thread-safe.
/// </summary>
/// <param name="First">The number of the first item, without a hole from block to block.</param>
/// <param name="Start">The cursor before it; nobody changes it.</param>
/// <param name="End">The cursor after the last item.</param>
/// <param name="Lines">The items as their sources gave them out.</param>
/// <param name="Origins">Where each item is from.</param>
/// <param name="Size">Their size, in characters.</param>
internal sealed record MergedBlock(
    long First, MergedCursor Start, string End, PackedLines Lines, MergedOrigin[] Origins, int Size)
{
    private volatile OpenedBlock? _kept;

    /// <summary>The number after that of the last item.</summary>
    public long Next => First + Origins.Length;

    /// <summary>Whether all subscribers get the same block for now.</summary>
    public bool IsKeptOpen => _kept is not null;

    /// <summary>What subscribers get. While it is kept open, all of them get the same, and what was written of it once is enough.</summary>
    public OpenedBlock Open() => _kept ?? new OpenedBlock(this);

    /// <summary>Keeps it for others, from the first one that needs it until <see cref="Close"/>.</summary>
    public void KeepOpen() => _kept = new OpenedBlock(this);

    /// <summary>Lets go of it.</summary>
    public void Close() => _kept = null;

    /// <summary>Makes the items, with cursors of the merged stream.</summary>
    public LogItem<SystemLogEntry>[] Read()
    {
        var at = Start.Clone();
        var items = new LogItem<SystemLogEntry>[Origins.Length];
        for (var i = 0; i < items.Length; i++)
        {
            var (source, name, cursor, time) = Origins[i];
            items[i] = MergedItem.Of(Lines.Read(i, cursor), source, name, time, at)!;
        }

        return items;
    }
}
