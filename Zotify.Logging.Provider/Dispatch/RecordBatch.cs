using System.Collections;
using Zotify.Logging.Handlers;
using Zotify.Logging.Records;

namespace Zotify.Logging.Dispatch;

/// <summary>
/// The records of one call of <see cref="BaseLogHandler.WriteAsync"/>. Used by the consumer and, during the call, by its handler.
/// </summary>
/// <param name="pool">Where its records come from and return to.</param>
internal sealed class RecordBatch(RecordPool pool) : IReadOnlyList<LogRecord>
{
    private LogRecord[] _records = new LogRecord[16];

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <summary>The memory that the records hold, in bytes, by estimate.</summary>
    public long Size { get; private set; }

    /// <inheritdoc/>
    public LogRecord this[int index] => _records.AsSpan(0, Count)[index];

    /// <summary>Adds records.</summary>
    public void Add(ReadOnlySpan<RecordValues> records)
    {
        while (Count + records.Length > _records.Length) Array.Resize(ref _records, _records.Length * 2);
        foreach (ref readonly var values in records)
        {
            _records[Count++] = pool.Rent(values);
            Size += values.Size;
        }
    }

    /// <summary>Empties the batch. Its records return to the pool.</summary>
    public void Clear()
    {
        pool.Return(_records.AsSpan(0, Count));
        Array.Clear(_records, 0, Count);
        (Count, Size) = (0, 0);
    }

    /// <inheritdoc/>
    public IEnumerator<LogRecord> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return _records[i];
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
