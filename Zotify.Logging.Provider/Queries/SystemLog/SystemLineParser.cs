using System.Text;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Formats;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Queries;

/// <summary>Parses entries of either format, mixed as they may be. Pure functions.</summary>
internal static class SystemLineParser
{
    /// <summary>The text of an entry, without its last line's end.</summary>
    public static string Decode(ReadOnlySpan<byte> entry) => Encoding.UTF8.GetString(entry is [.. var lines, (byte)'\n'] ? lines : entry);

    /// <summary>
    /// Parses an entry. A line in JSON has no <see cref="SystemLogEntry.Text"/> yet: <see cref="WithText"/> adds it, because most entries
    /// are only compared with a filter. Text in another format results in an entry that has only that text and the lines of an exception
    /// in it.
    /// </summary>
    /// <param name="entry">The entry as it is in the file.</param>
    /// <param name="cursor">The cursor after it.</param>
    /// <param name="instance">The writer of entries that name none.</param>
    public static SystemLogEntry Parse(ReadOnlySpan<byte> entry, string cursor, string? instance) =>
        IsJson(entry) && SystemJsonLineParser.TryParse(entry, cursor, instance) is { } parsed
            ? parsed
            : SystemTextLineParser.Parse(Decode(entry), cursor) with { Instance = instance };

    /// <summary>The entry with its text.</summary>
    public static SystemLogEntry WithText(SystemLogEntry entry) =>
        entry.Format == SystemLogFormat.Json ? entry with { Text = SystemLineText.Of(entry) } : entry;

    /// <summary>Whether an entry begins as a line in JSON does.</summary>
    public static bool IsJson(ReadOnlySpan<byte> entry) => entry.StartsWith(SystemJsonLineFormat.BeforeTime);

    /// <summary>The text of the time that a line begins with; empty where it begins with none. It may not be a valid time.</summary>
    public static ReadOnlySpan<byte> TimeTextOf(ReadOnlySpan<byte> line)
    {
        if (IsJson(line)) line = line[SystemJsonLineFormat.BeforeTime.Length..];
        return line.Length >= UtcText.Length && char.IsAsciiDigit((char)line[0]) ? line[..UtcText.Length] : [];
    }

    /// <summary>The time that a line begins with; <see langword="null"/> where it begins with none.</summary>
    public static DateTimeOffset? TimeOf(ReadOnlySpan<byte> line)
    {
        Span<char> text = stackalloc char[UtcText.Length];
        return TimeTextOf(line) is { IsEmpty: false } time
            && Encoding.Latin1.TryGetChars(time, text, out _)
            && UtcText.TryParse(text, out var parsed)
            ? parsed
            : null;
    }

    /// <summary>The level of a line; <see langword="null"/> where it has none.</summary>
    public static LogLevel? LevelOf(ReadOnlySpan<byte> line)
    {
        if (IsJson(line))
        {
            var start = SystemJsonLineFormat.BeforeTime.Length + UtcText.Length;
            if (line.Length < start || !line[start..].StartsWith(SystemJsonLineFormat.BeforeLevel)) return null;
            var name = line[(start + SystemJsonLineFormat.BeforeLevel.Length)..];
            return name.IndexOf((byte)'"') is >= 0 and var end ? SystemJsonLineFormat.LevelOf(name[..end]) : null;
        }

        const int level = UtcText.Length + 2;
        if (line.Length < level + 3 || !line[..level].EndsWith(" ["u8)) return null;
        Span<char> code = stackalloc char[3];
        return Encoding.Latin1.GetChars(line.Slice(level, 3), code) == 3 ? LevelCodes.Parse(code) : null;
    }
}
