namespace Zotify.Logging.Provider.Queries.Audit;

/// <summary>The place right after an audit event, in the order of the answers.</summary>
/// <param name="Timestamp">The event's time, in UTC.</param>
/// <param name="JournalId">The event's journal, as a row of <c>journals</c>.</param>
/// <param name="Seq">The event's number in the journal.</param>
internal readonly record struct AuditCursor(DateTime Timestamp, long JournalId, long Seq)
{
    // The order is part of the kind: a cursor of one order means nothing in the other.
    private const char Descending = 'D';
    private const char Ascending = 'A';

    /// <summary>The opaque text of this place in an order.</summary>
    public string Encode(bool descending) => OpaquePosition.Encode(descending ? Descending : Ascending, Timestamp.Ticks, JournalId, Seq);

    /// <summary>Reads a place.</summary>
    /// <exception cref="InvalidPositionException">The text is no such place, or one of the other order.</exception>
    public static AuditCursor Decode(string text, bool descending)
    {
        Span<long> numbers = stackalloc long[3];
        return OpaquePosition.TryDecode(text, descending ? Descending : Ascending, numbers)
            && numbers[0] >= DateTime.MinValue.Ticks && numbers[0] <= DateTime.MaxValue.Ticks
            ? new AuditCursor(new DateTime(numbers[0], DateTimeKind.Utc), numbers[1], numbers[2])
            : throw new InvalidPositionException("cursor");
    }
}
