using System.Buffers;
using System.Text;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Formats;

namespace Zotify.Logging.Queries;

/// <summary>The text of an entry whose line is JSON: the lines that <see cref="SystemLineFormat"/> would have written.</summary>
internal static class SystemLineText
{
    // It caches the text that many lines share.
    [ThreadStatic]
    private static SystemLineFormat? _format;

    /// <summary>The text, lines separated by <c>\n</c>, without the last line's end.</summary>
    public static string Of(SystemLogEntry entry)
    {
        var output = new ArrayBufferWriter<byte>();
        var record = new LogRecord
        {
            Timestamp = entry.Timestamp!.Value,
            Level = Enum.Parse<LogLevel>(entry.Level!),
            Category = entry.Category!,
            EventId = new EventId(entry.EventId!.Value, entry.EventName),
            Message = entry.Message!,
            Exception = entry.Exception,
            TraceId = entry.TraceId,
        };
        (_format ??= new SystemLineFormat()).Write(record, output);
        return Encoding.UTF8.GetString(output.WrittenSpan[..^1]);
    }
}
