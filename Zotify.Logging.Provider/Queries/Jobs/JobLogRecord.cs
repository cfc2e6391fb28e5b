using System.Buffers;
using System.Text;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Formats;

namespace Zotify.Logging.Queries;

/// <summary>An entry of a job's stream. Immutable.</summary>
/// <param name="Cursor">Opaque: hand it back to go on after this item.</param>
/// <param name="Entry">The entry.</param>
internal sealed record JobLogRecord(string Cursor, JobLogEntry Entry) : LogItem<JobLogEntry>(Cursor)
{
    /// <summary>
    /// The entry as text, <c>2026-11-23T15:06:10.1234567Z [INF] Track 5/100 downloaded</c>, escaped as in the system log. The lines of its
    /// exception follow, each after a tab. Lines are separated by <c>\n</c>; the last line has none.
    /// </summary>
    public string Text
    {
        get
        {
            var output = new ArrayBufferWriter<byte>();
            UtcText.Write(Entry.Timestamp, output);
            var level = Enum.TryParse<LogLevel>(Entry.Level, out var known) ? known : LogLevel.None;
            Encoding.UTF8.GetBytes($" [{LevelCodes.Of(level)}] ", output);
            LineEscaper.WriteText(Entry.Message, output);
            output.Write("\n"u8);
            if (!string.IsNullOrEmpty(Entry.Exception)) SystemLineFormat.WriteException(Entry.Exception, output);
            return Encoding.UTF8.GetString(output.WrittenSpan[..^1]);
        }
    }
}
