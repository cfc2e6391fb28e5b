namespace Zotify.Logging.Queries;

/// <summary>Items of a log that were read together, in order. Immutable and thread-safe once it was given out.</summary>
/// <typeparam name="TEntry">The log's entries.</typeparam>
internal sealed class LogBlock<TEntry>
{
    internal LogBlock(string start, string end, IReadOnlyList<LogItem<TEntry>> items, int size)
    {
        Start = start;
        End = end;
        Items = items;
        Size = size;
    }

    /// <summary>
    /// The items. Empty only in the first blocks of a stream: from the first block on, a stream that follows has everything that is logged.
    /// </summary>
    public IReadOnlyList<LogItem<TEntry>> Items { get; }

    /// <summary>
    /// In the first block of a stream that does not follow: how many records the log does not have yet that were logged before the query.
    /// </summary>
    public long Behind { get; init; }

    /// <summary>Whether other subscribers get this same object. Then it is worth caching what was made from it.</summary>
    public bool IsShared { get; private set; }

    /// <summary>The cursor before everything that was read for it.</summary>
    internal string Start { get; }

    /// <summary>
    /// Opaque: the cursor after everything that was read for it, whether it is among the items or not. Hand it back to go on from there.
    /// </summary>
    public string End { get; }

    /// <summary>How much was read for it, in bytes.</summary>
    internal int Size { get; }

    /// <summary>The block of which it has a part; <see langword="null"/> where it was read by itself.</summary>
    internal LogBlock<TEntry>? Whole { get; private init; }

    /// <summary>Which items of the whole it has, in order.</summary>
    internal IReadOnlyList<int> Picked { get; private init; } = [];

    /// <summary>Marks it as given to all subscribers. Called before it is given out.</summary>
    internal LogBlock<TEntry> Share()
    {
        IsShared = true;
        return this;
    }

    /// <summary>This block with only the items that one subscriber wants.</summary>
    internal LogBlock<TEntry> Only(IReadOnlyList<LogItem<TEntry>> items) => new(Start, End, items, Size);

    /// <summary>This block with only some items. What was made of each item of this block is good for the new one, too.</summary>
    /// <param name="isWanted">Whether an item is wanted, by its index.</param>
    internal LogBlock<TEntry> Pick(Func<int, bool> isWanted)
    {
        var picked = new List<int>();
        for (var i = 0; i < Items.Count; i++)
        {
            if (isWanted(i)) picked.Add(i);
        }

        return new LogBlock<TEntry>(Start, End, new PickedItems<LogItem<TEntry>>(Items, picked), Size) { Whole = this, Picked = picked };
    }
}
