using System.Globalization;

namespace Zotify.Logging.AspNetCore.Endpoints;

/// <summary>Times of requests: RFC 3339, or a duration back from now.</summary>
internal static class TimeParameter
{
    /// <summary>The expected forms of a time, for messages.</summary>
    public const string Expected = "use RFC 3339 (2026-11-23T15:06:10Z), or a duration back from now (30s, 15m, 2h, 7d)";

    private static readonly string[] Formats =
        ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK"];

    /// <summary>Reads a time.</summary>
    public static bool TryParse(string text, DateTimeOffset now, out DateTimeOffset time) =>
        TryParseBack(text, now, out time) || TryParseTime(text, out time);

    /// <summary>Reads a time in the format of RFC 3339.</summary>
    public static bool TryParseTime(string text, out DateTimeOffset time)
    {
        // RFC 3339 requires an offset; without one .NET would use the machine's.
        time = default;
        var hasOffset = text.EndsWith('Z') || text.EndsWith('z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');
        return hasOffset && DateTimeOffset.TryParseExact(
            WithoutFineDigits(text.ToUpperInvariant()), Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
    }

    /// <summary>RFC 3339 allows any number of digits of a second; the log's times have seven.</summary>
    private static string WithoutFineDigits(string text)
    {
        const int firstFine = 27; // 2026-11-23T15:06:10.1234567
        if (text.Length <= firstFine || text[firstFine - 8] != '.') return text;
        var end = text.AsSpan(firstFine).IndexOfAnyExceptInRange('0', '9');
        return end > 0 ? text.Remove(firstFine, end) : text;
    }

    /// <summary>Reads a duration: a whole number and its unit.</summary>
    public static bool TryParseDuration(string text, out TimeSpan duration)
    {
        duration = default;
        if (!TryParseCount(text, out var count, out var unit) || count > TimeSpan.MaxValue.Ticks / unit) return false;
        duration = new TimeSpan(count * unit);
        return true;
    }

    private static bool TryParseBack(string text, DateTimeOffset now, out DateTimeOffset time)
    {
        time = default;
        if (!TryParseCount(text, out var count, out var unit)) return false;
        // A time before the calendar's beginning means its beginning.
        time = count > now.UtcTicks / unit ? DateTimeOffset.MinValue : new DateTimeOffset(now.UtcTicks - (count * unit), TimeSpan.Zero);
        return true;
    }

    /// <summary>Reads a whole number and its unit, in ticks.</summary>
    private static bool TryParseCount(string text, out long count, out long unit)
    {
        (count, unit) = (0, text.Length < 2 ? 0 : text[^1] switch
        {
            's' => TimeSpan.TicksPerSecond,
            'm' => TimeSpan.TicksPerMinute,
            'h' => TimeSpan.TicksPerHour,
            'd' => TimeSpan.TicksPerDay,
            _ => 0,
        });
        return unit > 0 && long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out count);
    }
}
