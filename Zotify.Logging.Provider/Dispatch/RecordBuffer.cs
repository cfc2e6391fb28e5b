using Zotify.Logging.Records;

namespace Zotify.Logging.Dispatch;

/// <summary>Records in the order in which they came, on their way to a pipeline's reader. Of the writers, under their lock, until it is handed over; then the reader's alone.</summary>
internal sealed class RecordBuffer
{
    /// <summary>How many records a block usually has: so many that handing it over costs each of them next to nothing.</summary>
    private const int Usual = 256;

    private RecordValues[] _records = new RecordValues[Usual];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether it is to be handed over. Where that cannot be done it takes more all the same.</summary>
    public bool IsFull => Count >= Usual;

    /// <summary>How many blocks hold so many records, and one that is handed over with fewer.</summary>
    public static int BlocksFor(int records) => (records / Usual) + 2;

    /// <summary>Appends a record.</summary>
    public void Add(in RecordValues record)
    {
        if (Count == _records.Length) Array.Resize(ref _records, 2 * _records.Length);
        ref var place = ref _records[Count++];
        place.Category = record.Category;
        place.Message = record.Message;
        place.EventName = record.EventName;
        place.Extras = record.Extras;
        place.UtcTicks = record.UtcTicks;
        place.EventNumber = record.EventNumber;
        place.Level = record.Level;
        place.IsSelfEvent = record.IsSelfEvent;
        place.Size = record.Size;
    }

    /// <summary>The records from <paramref name="start"/> on.</summary>
    public ReadOnlySpan<RecordValues> From(int start) => _records.AsSpan(start, Count - start);

    /// <summary>Forgets the records, to be filled again.</summary>
    public void Clear()
    {
        Array.Clear(_records, 0, Count);
        Count = 0;
    }
}
