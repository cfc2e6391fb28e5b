using System.Collections;
using Zotify.Logging.Records;

namespace Zotify.Logging.Dispatch;

/// <summary>The records in the reader's hand. Used by the reader and, while it writes them, by its handler.</summary>
/// <param name="reuses">Whether the objects are other calls' records after the batch: only where the handler keeps none of them.</param>
internal sealed class RecordBatch(bool reuses) : IReadOnlyList<LogRecord>
{
    private LogRecord?[] _records = new LogRecord?[16];

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <summary>The memory that the records hold, in bytes, by estimate.</summary>
    public long Size { get; private set; }

    /// <inheritdoc/>
    public LogRecord this[int index] => _records.AsSpan(0, Count)[index]!;

    /// <summary>Adds records.</summary>
    public void Add(ReadOnlySpan<RecordValues> records)
    {
        while (Count + records.Length > _records.Length) Array.Resize(ref _records, _records.Length * 2);
        foreach (ref readonly var values in records)
        {
            if (_records[Count] is { } spare) spare.Reset(values);
            else _records[Count] = new LogRecord(values);
            Count++;
            Size += values.Size;
        }
    }

    /// <summary>Forgets the records.</summary>
    public void Clear()
    {
        if (!reuses) Array.Clear(_records, 0, Count);
        // What a record held must not live as long as its object.
        else for (var i = 0; i < Count; i++) _records[i]!.Reset(RecordValues.None);
        (Count, Size) = (0, 0);
    }

    /// <inheritdoc/>
    public IEnumerator<LogRecord> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return _records[i]!;
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
