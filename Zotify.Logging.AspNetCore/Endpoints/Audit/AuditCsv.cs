using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Audit;

/// <summary>
/// Comma-separated values (RFC 4180) with a row of names first. A value that a spreadsheet would take for a formula begins with an
/// apostrophe:
/// what is logged may come from anybody, and formulas can send what else is in the sheet away.
/// </summary>
internal sealed class AuditCsv : IAuditFileWriter
{
    private static readonly (string Name, Func<AuditEvent, string?> Value)[] Columns =
    [
        ("id", item => item.Id.ToString("D")),
        ("journal_id", item => item.JournalId.ToString("D")),
        ("seq", item => item.Seq.ToString(CultureInfo.InvariantCulture)),
        ("timestamp", item => item.Timestamp.ToString("O", CultureInfo.InvariantCulture)),
        ("event_type", item => item.EventType),
        ("user_id", item => item.UserId),
        ("source_ip", item => item.SourceIp),
        ("level", item => item.Level),
        ("category", item => item.Category),
        ("event_id", item => item.EventId?.ToString(CultureInfo.InvariantCulture)),
        ("message", item => item.Message),
        ("details", item => Text(item.Details)),
        ("scope", item => Text(item.Scope)),
        ("exception", item => item.Exception),
        ("trace_id", item => item.TraceId),
        ("span_id", item => item.SpanId),
        ("instance", item => item.Instance),
        ("key_id", item => item.KeyId),
        ("hash", item => item.Hash),
    ];

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    /// <inheritdoc/>
    public void WriteStart(IBufferWriter<byte> output) => WriteRow(Columns.Select(column => (string?)column.Name), output);

    /// <inheritdoc/>
    public void Write(AuditEvent item, IBufferWriter<byte> output) => WriteRow(Columns.Select(column => column.Value(item)), output);

    /// <summary>Writes a row.</summary>
    internal static void WriteRow(IEnumerable<string?> cells, IBufferWriter<byte> output)
    {
        // As one text: a character of two code units must not be parted.
        Encoding.UTF8.GetBytes($"{string.Join(',', cells.Select(Cell))}\r\n", output);
    }

    private static string? Text(JsonElement? json) => json?.GetRawText();

    private static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value)) return "";
        var safe = value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? $"'{value}" : value;
        return safe.AsSpan().ContainsAny(Quoted) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
