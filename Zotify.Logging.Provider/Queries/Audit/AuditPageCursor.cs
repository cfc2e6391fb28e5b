namespace Zotify.Logging.Queries;

/// <summary>The cursor of a page of audit events: reads the events after one event, or before it.</summary>
/// <param name="Timestamp">The event's time, in UTC.</param>
/// <param name="JournalId">The event's journal, as a row of <c>journals</c>.</param>
/// <param name="Seq">The event's number in the journal.</param>
internal readonly record struct AuditPageCursor(DateTime Timestamp, long JournalId, long Seq)
{
    /// <summary>The cursor at an event.</summary>
    public static AuditPageCursor Of(AuditEventRow row) => new(row.Timestamp, row.JournalId, row.Seq);

    // Above all numbers, and the next one is still a number.
    private const long Highest = long.MaxValue / 2;

    /// <summary>The cursor before all events of a time, in UTC, in an order.</summary>
    public static AuditPageCursor BeforeAll(DateTime time, bool descending) =>
        descending ? new(time, Highest, Highest) : new(time, 0, 0);

    /// <summary>The opaque text that goes on from this event in an order, or back from it.</summary>
    public string Encode(bool descending, bool back = false) =>
        OpaqueCursor.Encode(Kind(descending, back), Timestamp.Ticks, JournalId, Seq);

    /// <summary>Reads a cursor, and whether it goes back.</summary>
    /// <exception cref="InvalidCursorException">The text is no such cursor, or one of the other order.</exception>
    public static (AuditPageCursor Cursor, bool Back) Decode(string text, bool descending)
    {
        Span<long> numbers = stackalloc long[3];
        foreach (var back in (ReadOnlySpan<bool>)[false, true])
        {
            if (!OpaqueCursor.TryDecode(text, Kind(descending, back), numbers)) continue;
            if (numbers[0] >= DateTime.MinValue.Ticks && numbers[0] <= DateTime.MaxValue.Ticks)
                return (new AuditPageCursor(new DateTime(numbers[0], DateTimeKind.Utc), numbers[1], numbers[2]), back);
        }

        throw new InvalidCursorException(nameof(AuditQuery.Cursor));
    }

    /// <summary>The cursor right before this event in an order: reading on from there begins with this event.</summary>
    public AuditPageCursor Before(bool descending) => this with { Seq = descending ? Seq + 1 : Seq - 1 };

    // The order is part of the kind: a cursor of one order means nothing in the other.
    private static char Kind(bool descending, bool back) => descending ? (back ? 'd' : 'D') : (back ? 'a' : 'A');
}
