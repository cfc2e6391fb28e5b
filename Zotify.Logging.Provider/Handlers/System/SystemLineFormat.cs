using System.Buffers;
using System.Globalization;
using System.Text;
using Zotify.Logging.Provider.Capture;

namespace Zotify.Logging.Provider.Handlers.System;

/// <summary>
/// The line of a record in the system log:
/// <code>2026-11-23T15:06:10.1234567Z [INF] 4bf92f3577b34da6a3ce929d0e0e4736 Zotify.Sync[7:Name] Track 5/100 downloaded</code>
/// The lines of its exception follow, each after a tab. Every line ends with <c>\n</c>.
/// </summary>
internal static class SystemLineFormat
{
    /// <summary>The length of <c>2026-11-23T15:06:10.1234567Z</c>. All of this length, times sort as text.</summary>
    public const int TimeLength = 28;

    /// <summary>Appends the lines of <paramref name="record"/>, in UTF-8.</summary>
    public static void Write(LogRecord record, IBufferWriter<byte> output)
    {
        WriteTime(record.Timestamp, output);
        output.Write(" ["u8);
        Encoding.UTF8.GetBytes(LevelCodes.Of(record.Level), output);
        output.Write("] "u8);
        LineEscaper.WriteName(string.IsNullOrEmpty(record.TraceId) ? "-" : record.TraceId, output);
        output.Write(" "u8);
        LineEscaper.WriteName(record.Category, output);
        WriteEvent(record, output);
        LineEscaper.WriteText(record.Message, output);
        output.Write("\n"u8);
        if (!string.IsNullOrEmpty(record.Exception)) WriteException(record.Exception, output);
    }

    /// <summary>Appends a time as lines begin with it.</summary>
    public static void WriteTime(DateTimeOffset time, IBufferWriter<byte> output)
    {
        time.UtcDateTime.TryFormat(output.GetSpan(TimeLength), out var written, "O", CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    /// <summary>Appends the lines of an exception, each after a tab.</summary>
    public static void WriteException(ReadOnlySpan<char> text, IBufferWriter<byte> output)
    {
        foreach (var range in text.Split('\n'))
        {
            var line = text[range];
            // The \r of \r\n belongs to the line's end; any other is part of the text.
            if (line.EndsWith('\r') && range.End.Value < text.Length) line = line[..^1];
            output.Write("\t"u8);
            LineEscaper.WriteText(line, output);
            output.Write("\n"u8);
        }
    }

    private static void WriteEvent(LogRecord record, IBufferWriter<byte> output)
    {
        output.Write("["u8);
        Span<byte> id = stackalloc byte[11];
        record.EventId.Id.TryFormat(id, out var length, default, CultureInfo.InvariantCulture);
        output.Write(id[..length]);
        if (!string.IsNullOrEmpty(record.EventId.Name))
        {
            output.Write(":"u8);
            LineEscaper.WriteName(record.EventId.Name, output);
        }

        output.Write("] "u8);
    }
}
