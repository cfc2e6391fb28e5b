using System.Collections;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>
/// The items of a block, made when they are needed, and again if the garbage collector has taken them meanwhile: once they are written, the
/// bytes are enough. Thread-safe.
/// </summary>
/// <param name="block">The block.</param>
internal sealed class PackedItems(MergedBlock block) : IReadOnlyList<LogItem<SystemLogEntry>>
{
    private readonly Lock _gate = new();
    private readonly WeakReference<LogItem<SystemLogEntry>[]?> _items = new(null);

    /// <inheritdoc/>
    public int Count => block.Origins.Length;

    /// <inheritdoc/>
    public LogItem<SystemLogEntry> this[int index] => Items()[index];

    /// <inheritdoc/>
    public IEnumerator<LogItem<SystemLogEntry>> GetEnumerator() => ((IEnumerable<LogItem<SystemLogEntry>>)Items()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private LogItem<SystemLogEntry>[] Items()
    {
        // Who comes meanwhile needs the same objects, and waits for them.
        lock (_gate)
        {
            if (_items.TryGetTarget(out var items)) return items;
            items = block.Read();
            _items.SetTarget(items);
            return items;
        }
    }
}
