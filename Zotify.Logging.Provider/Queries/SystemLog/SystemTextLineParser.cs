using System.Globalization;
using Zotify.Logging.Formats;

namespace Zotify.Logging.Queries;

/// <summary>Parses the text of an entry: the inverse of <see cref="SystemLineFormat"/>, but escapes stay. Pure functions.</summary>
internal static class SystemTextLineParser
{
    /// <summary>
    /// Parses the text of an entry. Text in another format results in an entry that has only that text and the lines of an exception in it.
    /// </summary>
    public static SystemLogEntry Parse(string text, string cursor)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var first = end < 0 ? text : text[..end];
        if (first.StartsWith('\t')) return new SystemLogEntry(cursor, text) { Exception = Unmark(text) };
        var exception = end < 0 ? null : Unmark(text[(end + 1)..]);
        return ParseLine(first, new SystemLogEntry(cursor, text) { Exception = exception });
    }

    /// <summary>The lines of an exception without the tabs that mark them.</summary>
    public static string Unmark(string lines) => lines[1..].Replace("\n\t", "\n", StringComparison.Ordinal);

    private static SystemLogEntry ParseLine(ReadOnlySpan<char> line, SystemLogEntry entry)
    {
        const int level = UtcText.Length + 2;
        const int trace = level + 5;
        if (line.Length < trace || line[(level - 2)..level] is not " [" || line[(level + 3)..trace] is not "] ") return entry;
        if (LevelCodes.Parse(line[level..(level + 3)]) is not { } logLevel) return entry;
        if (!UtcText.TryParse(line[..(level - 2)], out var time)) return entry;

        var rest = line[trace..];
        var space = rest.IndexOf(' ');
        var open = rest.IndexOf('[');
        var close = rest.IndexOf("] ");
        if (space < 0 || open < space || close < open) return entry;
        var id = rest[(open + 1)..close];
        var colon = id.IndexOf(':');
        var digits = colon < 0 ? id : id[..colon];
        if (!int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return entry;
        return entry with
        {
            Timestamp = time,
            Level = logLevel.ToString(),
            TraceId = rest[..space] is "-" ? null : rest[..space].ToString(),
            Category = rest[(space + 1)..open].ToString(),
            EventId = number,
            EventName = colon < 0 ? null : id[(colon + 1)..].ToString(),
            Message = rest[(close + 2)..].ToString(),
        };
    }
}
