using System.Globalization;

namespace Zotify.Logging.Journal;

/// <summary>
/// The time against which ages are measured. A clock that jumps far ahead makes everything look old. Such a clock counts only once it is
/// confirmed: by another start, which finds records of that time, or by an hour of running. Until then, the last known time goes on by the
/// elapsed time alone. A clock that is behind counts at once: then more is kept. Thread-safe.
/// </summary>
/// <param name="time">The clock, and the elapsed time, which no change of the clock affects.</param>
internal sealed class RetentionClock(TimeProvider time)
{
    /// <summary>How far a clock may be ahead of the known time.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromDays(1);

    /// <summary>How long a clock that is further ahead must run before it counts.</summary>
    public static readonly TimeSpan Confirmation = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private bool _hasBegun;

    // The last reading: the timestamp of the elapsed time, and the least time that it can be.
    private long _read;
    private DateTimeOffset? _known;

    // A clock that is too far ahead: its first reading, when that was, and whether it was reported.
    private DateTimeOffset? _doubted;
    private long _doubtedAt;
    private bool _isReported;

    /// <summary>Makes the first reading. Only the first call counts, so that records of this process confirm nothing.</summary>
    /// <param name="newest">Reads the time of the newest record of earlier runs; <see langword="null"/> where there is none.</param>
    public void Begin(Func<DateTimeOffset?> newest)
    {
        lock (_gate)
        {
            if (_hasBegun) return;
            _known = newest();
            _hasBegun = true;
            _read = time.GetTimestamp();
            Read();
        }
    }

    /// <summary>
    /// The present time as far as it is certain; <see langword="null"/> while nothing is known and the clock is not confirmed.
    /// </summary>
    /// <param name="report">Reports, once, that the clock is too far ahead, and later that it counts from now on.</param>
    public DateTimeOffset? Now(Action<string, Exception?> report)
    {
        lock (_gate)
        {
            var now = Read();
            if (_known is null || (_doubted is null) != _isReported) return now;
            var clock = time.GetUtcNow();
            _isReported = _doubted is not null;
            report(_isReported ? Doubt(clock, _known.Value) : $"the clock counts again from now on: it shows {Text(clock)}", null);
            return now;
        }
    }

    private DateTimeOffset? Read()
    {
        var (clock, timestamp) = (time.GetUtcNow(), time.GetTimestamp());
        var known = _known + time.GetElapsedTime(_read, timestamp);
        _read = timestamp;
        _known = known;
        if (known is null || clock - known.Value > Tolerance)
        {
            if (!IsConfirmed(clock, timestamp)) return known;
            known = clock;
        }

        _doubted = null;
        // If the clock was set back, the return to the right time must not look like a jump ahead.
        _known = clock > known ? clock : known;
        return clock;
    }

    /// <summary>Whether the clock has run for long enough since it was first seen this far ahead.</summary>
    private bool IsConfirmed(DateTimeOffset clock, long timestamp)
    {
        var elapsed = time.GetElapsedTime(_doubtedAt, timestamp);
        if (_doubted is { } doubted && (clock - doubted - elapsed).Duration() <= Tolerance) return elapsed >= Confirmation;
        (_doubted, _doubtedAt) = (clock, timestamp);
        return false;
    }

    private static string Doubt(DateTimeOffset clock, DateTimeOffset known) =>
        $"the clock shows {Text(clock)}, more than a day ahead of {Text(known)}, the newest time that is known: "
        + "what is kept by age is measured by that until the clock is confirmed, by another start or an hour of running";

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
