using Zotify.Logging.Records;

namespace Zotify.Logging.Dispatch;

/// <summary>
/// An array of records on their way to a handler's consumer, in the order of their calls. The writers fill it under their lock; once it
/// is published, the consumer alone reads it.
/// </summary>
internal sealed class RecordBuffer
{
    /// <summary>The usual number of records: enough that publishing costs each of them next to nothing.</summary>
    public const int UsualCount = 256;

    private RecordValues[] _records = new RecordValues[UsualCount];

    /// <summary>How many records there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether it is due to be published. Where that is not possible, it grows.</summary>
    public bool IsFull => Count >= UsualCount;

    /// <summary>How many buffers hold so many records: full ones, the one that is being filled, and one that was published early.</summary>
    public static int BuffersFor(int records) => (records / UsualCount) + 2;

    /// <summary>Appends a record.</summary>
    public void Add(in RecordValues record)
    {
        if (Count == _records.Length) Array.Resize(ref _records, 2 * _records.Length);
        ref var target = ref _records[Count++];
        target.Category = record.Category;
        target.Text = record.Text;
        target.EventName = record.EventName;
        target.Extras = record.Extras;
        target.UtcTicks = record.UtcTicks;
        target.EventNumber = record.EventNumber;
        target.Level = record.Level;
        target.IsSelfEvent = record.IsSelfEvent;
        target.Size = record.Size;
    }

    /// <summary>The records from <paramref name="start"/> on.</summary>
    public ReadOnlySpan<RecordValues> From(int start) => _records.AsSpan(start, Count - start);

    /// <summary>Removes the records, so that the buffer can be filled again and holds nothing alive.</summary>
    public void Clear()
    {
        Array.Clear(_records, 0, Count);
        Count = 0;
    }
}
