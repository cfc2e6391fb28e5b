using System.Buffers;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Streams;

/// <summary>
/// A block that many subscribers get, written in a format: as a whole for those who want all of it, and item by item, each when it is first
/// wanted, for those who filter. Thread-safe.
/// </summary>
/// <param name="block">The block.</param>
/// <param name="write">Writes an item of it.</param>
internal sealed class WrittenBlock<TEntry>(LogBlock<TEntry> block, Action<LogItem<TEntry>, IBufferWriter<byte>> write)
{
    private const int MaxKept = 1024 * 1024;

    // Grows to the size of a block once: a new one for each block would be large objects, which are collected seldom.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_output;

    private readonly Lock _gate = new();
    private byte[]? _all;
    private int[]? _ends;
    private byte[]?[]? _items;

    /// <summary>The whole block.</summary>
    public ReadOnlySpan<byte> All
    {
        get
        {
            // Who comes meanwhile needs the same bytes, and waits for them.
            lock (_gate) return _all ?? WriteAll();
        }
    }

    /// <summary>One of its items.</summary>
    public ReadOnlySpan<byte> Item(int index)
    {
        lock (_gate)
        {
            if (_all is not null) return _all.AsSpan((index == 0 ? 0 : _ends![index - 1]).._ends![index]);
            _items ??= new byte[block.Items.Count][];
            if (_items[index] is { } known) return known;
            var output = Output();
            write(block.Items[index], output);
            return _items[index] = output.WrittenSpan.ToArray();
        }
    }

    private byte[] WriteAll()
    {
        var output = Output();
        _ends = new int[block.Items.Count];
        var count = 0;
        foreach (var item in block.Items)
        {
            write(item, output);
            _ends[count++] = output.WrittenCount;
        }

        _items = null;
        return _all = output.WrittenSpan.ToArray();
    }

    private static ArrayBufferWriter<byte> Output()
    {
        // A block of long lines must not stay.
        if (t_output is null || t_output.Capacity > MaxKept) t_output = new ArrayBufferWriter<byte>(64 * 1024);
        t_output.ResetWrittenCount();
        return t_output;
    }
}
