using System.Globalization;

namespace Zotify.Logging.Tests.Queries.Following;

/// <summary>A log of numbers in memory, whose readers a test can inspect. An item's cursor is its number.</summary>
internal sealed class MemoryLog
{
    private readonly List<MemoryLogItem> _items = [];

    /// <summary>All readers that were opened.</summary>
    public List<MemoryLogReader> Readers { get; } = [];

    /// <summary>Fails every read while it is set.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Whether the shared reader always has something to read.</summary>
    public bool HasNews { get; set; }

    /// <summary>Called before the shared reader reads.</summary>
    public Action Reading { get; set; } = () => { };

    public MemoryLogReader Open(string position)
    {
        var reader = new MemoryLogReader(this, position);
        Readers.Add(reader);
        return reader;
    }

    public void Append(int count)
    {
        lock (_items)
        {
            for (var i = 0; i < count; i++) _items.Add(new MemoryLogItem(_items.Count + 1));
        }
    }

    /// <summary>The items after a cursor.</summary>
    public MemoryLogItem[] After(string position)
    {
        lock (_items) return [.. _items.SkipWhile(item => item.Number <= int.Parse(position, CultureInfo.InvariantCulture))];
    }
}
