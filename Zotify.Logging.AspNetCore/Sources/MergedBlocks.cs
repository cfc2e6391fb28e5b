using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>Merges what the sources of a run give out into blocks. Not thread-safe.</summary>
internal sealed class MergedBlocks
{
    /// <summary>The most characters of a block, not counting its last line. Written as events, it is what is sent at once.</summary>
    private const int MaxBlock = 8 * 1024;

    /// <summary>The most characters that are published together.</summary>
    private const int MaxBatch = 8 * MaxBlock;

    /// <summary>The most characters of one source that are held while nothing but the subscribers holds up the next line.</summary>
    private const int MaxHeld = 32 * 1024;

    private readonly IReadOnlyList<ILineSource> _sources;
    private readonly LineMerger _merger;
    private readonly MergedCursor _at;

    /// <param name="sources">The sources.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="time">The clock.</param>
    public MergedBlocks(IReadOnlyList<ILineSource> sources, MergedCursor start, TimeProvider time)
    {
        (_sources, _at) = (sources, start.Clone());
        _merger = new LineMerger(sources.Count, time);
        Recent = new RecentMerged(start.Clone());
    }

    /// <summary>The newest blocks.</summary>
    public RecentMerged Recent { get; }

    /// <summary>The latest time that was given out.</summary>
    public DateTimeOffset Time => _at.Time;

    /// <summary>How long until a line is due if nothing else arrives; <see langword="null"/> where none is held.</summary>
    public TimeSpan? UntilDue => _merger.UntilDue();

    /// <summary>
    /// The most characters of one source that are held while the next line waits for another source; so all of them together stay small.
    /// </summary>
    private int MaxHeldWaiting => Math.Max(128 * 1024, 2 * 1024 * 1024 / _sources.Count);

    /// <summary>Where it is in a source.</summary>
    public SourcePosition PositionOf(int source) => _at[source];

    /// <summary>Finds what a subscriber at a cursor gets next; <see langword="null"/> where it cannot join now.</summary>
    public MergedSlot? Find(MergedCursor cursor, bool[] wanted) => Recent.Find(cursor, _at, wanted);

    /// <summary>Whether there is space for more of a source.</summary>
    public bool HasSpace(int source) => _merger.SizeOf(source) < (_merger.UntilDue() > TimeSpan.Zero ? MaxHeldWaiting : MaxHeld);

    /// <summary>Adds what a source gave out.</summary>
    public void Add(int source, LogBlock<SystemLogEntry> block)
    {
        var isEmpty = !_merger.Holds(source);
        foreach (var item in block.Items)
        {
            if (item is LogHeartbeat<SystemLogEntry>) _merger.ReachedEnd(source);
            else _merger.Add(source, item);
        }

        // Where nothing is held, the source's cursor may move past lines that are none.
        var isMoved = block.End.Length > 0 && _at[source].Cursor != block.End;
        if (isMoved && isEmpty && !_merger.Holds(source)) _at.MoveOn(source, block.End);
    }

    /// <summary>Takes note that a source cannot be read: from now on, no line waits for it.</summary>
    public void Leave(int source) => _merger.Leave(source);

    /// <summary>Publishes what is due, up to a batch. Returns whether it was a whole batch; <see langword="null"/> where nothing is
    /// due.</summary>
    public bool? Publish()
    {
        var batch = 0;
        while (batch < MaxBatch && PublishBlock() is > 0 and var size) batch += size;
        return batch == 0 ? null : batch >= MaxBatch;
    }

    private int PublishBlock()
    {
        var (start, lines) = (_at.Clone(), new List<(int Source, HeldLine Line)>());
        var size = 0;
        while (size < MaxBlock && _merger.TryTake(out var source, out var line))
        {
            if (!MergedItem.TryMove(line.Value.Item, source, line.Value.Time, _at)) continue;
            lines.Add((source, line.Value));
            size += line.Value.Size;
        }

        if (lines.Count == 0) return 0;
        var origins = lines.Select(at => new MergedOrigin(at.Source, _sources[at.Source].Name, at.Line.Item.Cursor, at.Line.Time));
        var packed = PackedLines.Of([.. lines.Select(at => at.Line.Item)]);
        Recent.Add(new MergedBlock(Recent.Next, start, _at.ToString(), packed, [.. origins], Math.Max(1, size)));
        return Math.Max(1, size);
    }
}
