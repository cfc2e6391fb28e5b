using System.Globalization;

namespace Zotify.Logging.Provider.Queries.SystemLog;

/// <summary>Reads an entry's text back into its parts. Pure.</summary>
internal static class SystemLineParser
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";
    private const int TimeLength = 28;

    /// <summary>The entry of a text; one that is no line of the system log keeps only its text, or its exception's lines.</summary>
    public static SystemLogEntry Parse(string position, string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var line = end < 0 ? text.AsSpan() : text.AsSpan(0, end);
        if (line.StartsWith("\t")) return new SystemLogEntry(position, text) { Exception = WithoutTabs(text) };

        var entry = new SystemLogEntry(position, text);
        if (line.Length < TimeLength + 7 || !TryTime(line[..TimeLength], out var time) || Level(line[(TimeLength + 2)..(TimeLength + 5)]) is not { } level) return entry;
        var rest = line[(TimeLength + 7)..];
        var space = rest.IndexOf(' ');
        var open = rest.IndexOf('[');
        var close = rest.IndexOf(']');
        if (space < 0 || open < space || close < open) return entry;
        var id = rest[(open + 1)..close];
        var colon = id.IndexOf(':');
        if (!int.TryParse(colon < 0 ? id : id[..colon], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var eventId)) return entry;

        return entry with
        {
            Timestamp = time,
            Level = level,
            TraceId = rest[..space] is "-" ? null : rest[..space].ToString(),
            Category = rest[(space + 1)..open].ToString(),
            EventId = eventId,
            EventName = colon < 0 ? null : id[(colon + 1)..].ToString(),
            Message = rest[(close + 1)..].TrimStart(' ').ToString(),
            Exception = end < 0 ? null : WithoutTabs(text[(end + 1)..]),
        };
    }

    /// <summary>Reads the time at the start of a line.</summary>
    public static bool TryTime(ReadOnlySpan<char> text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    private static string WithoutTabs(string lines) =>
        string.Join('\n', lines.Split('\n').Select(line => line.StartsWith('\t') ? line[1..] : line));

    private static string? Level(ReadOnlySpan<char> code) => code switch
    {
        "TRC" => "Trace",
        "DBG" => "Debug",
        "INF" => "Information",
        "WRN" => "Warning",
        "ERR" => "Error",
        "CRT" => "Critical",
        _ => null,
    };
}
