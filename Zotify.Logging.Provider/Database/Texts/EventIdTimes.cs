namespace Zotify.Logging.Database;

/// <summary>The time in an event's id, a UUIDv7: the milliseconds of the event's own time, as the audit log writes it.</summary>
internal static class EventIdTimes
{
    private const int Version = 7;

    /// <summary>The times that the event may have, in UTC, without the last; <see langword="null"/> where the id has no time.</summary>
    public static (DateTime From, DateTime To)? Of(Guid id)
    {
        if (id.Version != Version) return null;
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var milliseconds = 0L;
        foreach (var part in bytes[..6]) milliseconds = (milliseconds << 8) | part;
        // 48 bits reach beyond the calendar.
        var most = (DateTime.MaxValue - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;
        if (milliseconds >= most) return null;
        var from = DateTime.UnixEpoch.AddTicks(milliseconds * TimeSpan.TicksPerMillisecond);
        return (from, from.AddMilliseconds(1));
    }
}
