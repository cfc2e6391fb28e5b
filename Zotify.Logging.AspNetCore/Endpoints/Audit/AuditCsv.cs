using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Zotify.Logging.AspNetCore.Streams;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Audit;

/// <summary>
/// Comma-separated values (RFC 4180) with a row of names first. A value that a spreadsheet would interpret as a formula gets an apostrophe
/// in front: logged values may come from anybody, and a formula can send the rest of the sheet away.
/// </summary>
internal sealed class AuditCsv : IAuditFileWriter
{
    /// <summary>The columns: an event's properties with their names in the JSON answer, in the same order.</summary>
    private static readonly IList<JsonPropertyInfo> Columns = StreamJson.PropertiesOf<AuditEvent>();

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    /// <inheritdoc/>
    public void WriteStart(IBufferWriter<byte> output) => WriteRow(Columns.Select(column => (string?)column.Name), output);

    /// <inheritdoc/>
    public void Write(AuditEvent item, IBufferWriter<byte> output) => WriteRow(Columns.Select(column => Text(column.Get!(item))), output);

    /// <summary>Writes a row.</summary>
    internal static void WriteRow(IEnumerable<string?> cells, IBufferWriter<byte> output)
    {
        // Encode the row as one string, so that no surrogate pair is split.
        Encoding.UTF8.GetBytes($"{string.Join(',', cells.Select(Cell))}\r\n", output);
    }

    private static string? Text(object? value) => value switch
    {
        JsonElement json => json.GetRawText(),
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value)) return "";
        var safe = value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? $"'{value}" : value;
        return safe.AsSpan().ContainsAny(Quoted) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
