namespace Zotify.Logging.Queries;

/// <summary>Items of a log that were read together, in order. Immutable once it was given out, thread-safe.</summary>
/// <typeparam name="TItem">What the log is read as.</typeparam>
public sealed class LogBlock<TItem>
{
    internal LogBlock(string start, string end, IReadOnlyList<TItem> items, int size)
    {
        Start = start;
        End = end;
        Items = items;
        Size = size;
    }

    /// <summary>The items; empty only in the first block of a stream that follows, which tells that it has its place: what is logged from then on is in it.</summary>
    public IReadOnlyList<TItem> Items { get; }

    /// <summary>Whether other followers get this same object, so that it pays to keep what was made of it.</summary>
    public bool IsShared { get; private set; }

    /// <summary>The position before everything that was read for it.</summary>
    internal string Start { get; }

    /// <summary>The position after everything that was read for it, whether it is among the items or not.</summary>
    internal string End { get; }

    /// <summary>How much was read for it, in bytes.</summary>
    internal int Size { get; }

    /// <summary>Marks it as given to all followers. Before it is given out.</summary>
    internal LogBlock<TItem> Share()
    {
        IsShared = true;
        return this;
    }

    /// <summary>The part of it that one follower wants.</summary>
    internal LogBlock<TItem> Only(IReadOnlyList<TItem> items) => new(Start, End, items, Size);
}
