using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Zotify.Logging.AspNetCore.Streams;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Audit;

/// <summary>Comma-separated values (RFC 4180) with a row of names first, as spreadsheets take them: <see cref="CsvCell"/>.</summary>
internal sealed class AuditCsv : IAuditFileWriter
{
    /// <summary>What people look at first.</summary>
    private static readonly string[] First = ["timestamp", "event_type", "user_id", "source_ip", "message", "details"];

    /// <summary>The columns: an event's properties by the names that the JSON answer has them by.</summary>
    private static readonly JsonPropertyInfo[] Columns =
    [
        .. First.Select(name => StreamJson.PropertiesOf<AuditEvent>().Single(column => column.Name == name)),
        .. StreamJson.PropertiesOf<AuditEvent>().Where(column => !First.Contains(column.Name)),
    ];

    /// <inheritdoc/>
    public void WriteStart(IBufferWriter<byte> output)
    {
        // Without the mark, Excel reads UTF-8 as the machine's own code page.
        output.Write(Encoding.UTF8.Preamble);
        WriteRow(Columns.Select(column => (string?)column.Name), output);
    }

    /// <inheritdoc/>
    public void Write(AuditEvent item, IBufferWriter<byte> output) => WriteRow(Columns.Select(column => Text(column.Get!(item))), output);

    /// <summary>Writes a row.</summary>
    internal static void WriteRow(IEnumerable<string?> cells, IBufferWriter<byte> output)
    {
        // As one string, so that no surrogate pair is split.
        Encoding.UTF8.GetBytes($"{string.Join(',', cells.Select(CsvCell.Of))}\r\n", output);
    }

    private static string? Text(object? value) => value switch
    {
        JsonElement json => json.GetRawText(),
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
