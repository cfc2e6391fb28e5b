using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Projection;

/// <summary>
/// An entry of a <see cref="RejectedJournal"/>: a JSON object on one line, with <c>timestamp</c>, <c>seq</c>, <c>journal</c> (its id),
/// <c>reason</c> and <c>line</c>. The last is the line's JSON object, or a text where the line is no JSON object.
/// </summary>
internal static class RejectedEntry
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes an entry with its newline.</summary>
    public static void Write(LineBuffer output, Guid journal, RejectedLine rejected, DateTimeOffset now)
    {
        using (var json = new Utf8JsonWriter(output, WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("timestamp"u8, now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            json.WriteNumber("seq"u8, rejected.Line.Seq);
            json.WriteString("journal"u8, journal);
            json.WriteString("reason"u8, rejected.Reason.Message);
            json.WritePropertyName("line"u8);
            var line = rejected.Line.Utf8;
            if (IsObject(line)) json.WriteRawValue(line.Span, skipInputValidation: true);
            else json.WriteStringValue(Encoding.UTF8.GetString(line.Span));
            json.WriteEndObject();
        }

        output.GetSpan(1)[0] = (byte)'\n';
        output.Advance(1);
    }

    /// <summary>Reads which line of which journal an entry is of. Returns false where it is no entry, because somebody edited it.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> entry, out Guid journal, out long seq, out string key)
    {
        (journal, seq, key) = (Guid.Empty, 0, "");
        try
        {
            using var document = JsonDocument.Parse(entry);
            if (!document.RootElement.TryGetProperty("journal", out var id) || !id.TryGetGuid(out journal)) return false;
            if (!document.RootElement.TryGetProperty("seq", out var number) || !number.TryGetInt64(out seq)) return false;
            if (!document.RootElement.TryGetProperty("line", out var line)) return false;
            key = KeyOf(Encoding.UTF8.GetBytes(line.ValueKind == JsonValueKind.String ? line.GetString()! : line.GetRawText()));
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>
    /// Distinguishes a line from others with its number: the hash of its text, because an entry cannot keep bytes that are not UTF-8.
    /// </summary>
    public static string KeyOf(ReadOnlySpan<byte> line) => JournalLine.Hash(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(line)));

    private static bool IsObject(ReadOnlyMemory<byte> line)
    {
        // The JSON parser accepts texts that are not UTF-8, but other readers of the file may not.
        if (!Utf8.IsValid(line.Span)) return false;
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
