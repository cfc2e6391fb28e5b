using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Provider.Capture;

namespace Zotify.Logging.Provider.Handlers.System;

/// <summary>
/// The line of a record: <c>2026-11-23T15:06:10.1234567Z [INF] trace-or-dash Category[id:Name] message</c>. The lines of an
/// exception follow, each after a tab. Pure.
/// </summary>
internal static class SystemLineFormat
{
    /// <summary>Writes the record with the end of its last line.</summary>
    public static void Write(LogRecord record, IBufferWriter<byte> output)
    {
        Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{RecordJson.Time(record.Timestamp)} [{Level(record.Level)}] {record.TraceId ?? "-"} "), output);
        LineEscaper.WriteName(output, record.Category);
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"[{record.EventId.Id}"), output);
        if (!string.IsNullOrEmpty(record.EventId.Name))
        {
            output.Write(":"u8);
            LineEscaper.WriteName(output, record.EventId.Name);
        }

        output.Write("] "u8);
        LineEscaper.WriteText(output, record.Message);
        output.Write("\n"u8);
        if (record.Exception is not null) WriteException(record.Exception, output);
    }

    private static void WriteException(string exception, IBufferWriter<byte> output)
    {
        foreach (var line in exception.AsSpan().EnumerateLines())
        {
            output.Write("\t"u8);
            LineEscaper.WriteText(output, line);
            output.Write("\n"u8);
        }
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "TRC",
        LogLevel.Debug => "DBG",
        LogLevel.Information => "INF",
        LogLevel.Warning => "WRN",
        LogLevel.Error => "ERR",
        _ => "CRT",
    };
}
