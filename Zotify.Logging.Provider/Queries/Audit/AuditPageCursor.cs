namespace Zotify.Logging.Queries;

/// <summary>The place of an audit event in the order of the answers: the events after it are read, or those before it.</summary>
/// <param name="Timestamp">The event's time, in UTC.</param>
/// <param name="JournalId">The event's journal, as a row of <c>journals</c>.</param>
/// <param name="Seq">The event's number in the journal.</param>
internal readonly record struct AuditPageCursor(DateTime Timestamp, long JournalId, long Seq)
{
    /// <summary>The place of an event.</summary>
    public static AuditPageCursor Of(AuditEventRow row) => new(row.Timestamp, row.JournalId, row.Seq);

    /// <summary>The opaque text that goes on from this place in an order, or back from it.</summary>
    public string Encode(bool descending, bool back = false) => OpaqueCursor.Encode(Kind(descending, back), Timestamp.Ticks, JournalId, Seq);

    /// <summary>Reads a place, and whether it goes back.</summary>
    /// <exception cref="InvalidCursorException">The text is no such place, or one of the other order.</exception>
    public static (AuditPageCursor Place, bool Back) Decode(string text, bool descending)
    {
        Span<long> numbers = stackalloc long[3];
        foreach (var back in (ReadOnlySpan<bool>)[false, true])
        {
            if (OpaqueCursor.TryDecode(text, Kind(descending, back), numbers) && numbers[0] >= DateTime.MinValue.Ticks && numbers[0] <= DateTime.MaxValue.Ticks)
                return (new AuditPageCursor(new DateTime(numbers[0], DateTimeKind.Utc), numbers[1], numbers[2]), back);
        }

        throw new InvalidCursorException("cursor");
    }

    /// <summary>The place right beside this one, on the side that an order has before it: to go on from there begins with this one.</summary>
    public AuditPageCursor Before(bool descending) => this with { Seq = descending ? Seq + 1 : Seq - 1 };

    // The order is part of the kind: a cursor of one order means nothing in the other.
    private static char Kind(bool descending, bool back) => descending ? (back ? 'd' : 'D') : (back ? 'a' : 'A');
}
