using System.Buffers;
using System.Text;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Formats;

namespace Zotify.Logging.Queries;

/// <summary>An audit event of a stream. Immutable.</summary>
/// <param name="Cursor">Opaque: hand it back to go on after this item.</param>
/// <param name="Event">The event.</param>
internal sealed record AuditLogRecord(string Cursor, AuditEvent Event) : LogItem<AuditEvent>(Cursor)
{
    /// <summary>
    /// The event as one line of text, escaped as in the system log: time, level, type, user and address (<c>-</c> for each that is not
    /// known), message and details, as in
    /// <c>2026-11-23T15:06:10.1234567Z [INF] user.login u42 192.0.2.7 User u42 logged in {"source":"web"}</c>. Without the line's end.
    /// </summary>
    public string Text
    {
        get
        {
            var output = new ArrayBufferWriter<byte>();
            UtcText.Write(Event.Timestamp, output);
            var level = Enum.TryParse<LogLevel>(Event.Level, out var known) ? known : LogLevel.None;
            Encoding.UTF8.GetBytes($" [{LevelCodes.Of(level)}] ", output);
            foreach (var name in (ReadOnlySpan<string?>)[Event.EventType, Event.UserId, Event.SourceIp])
            {
                LineEscaper.WriteName(string.IsNullOrEmpty(name) ? "-" : name, output);
                output.Write(" "u8);
            }

            LineEscaper.WriteText(Event.Message, output);
            if (Event.Details is { } details) LineEscaper.WriteText($" {details.GetRawText()}", output);
            return Encoding.UTF8.GetString(output.WrittenSpan);
        }
    }
}
