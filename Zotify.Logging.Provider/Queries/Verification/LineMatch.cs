using System.Buffers.Text;
using System.Text.Json;
using System.Text.Unicode;
using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// Compares a line with its row in one pass over the line's bytes, without creating objects. Returns true only where the row is certainly
/// the one that the projection makes of the line. <see cref="RowComparison"/> handles everything unusual. Not thread-safe.
/// </summary>
/// <param name="fields">The fields of a line, with their columns in the query.</param>
internal sealed class LineMatch(LineField[] fields)
{
    private byte[] _unescaped = new byte[1024];

    /// <summary>Whether the row is certainly the line's.</summary>
    public bool IsSame(ReadOnlySpan<byte> line, StoredValues row)
    {
        try
        {
            return Utf8.IsValid(line) && Compare(line, row);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The JSON reader throws InvalidOperationException where an escaped text is not valid Unicode.
            return false;
        }
    }

    private bool Compare(ReadOnlySpan<byte> line, StoredValues row)
    {
        var json = new Utf8JsonReader(line);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return false;
        var seen = 0u;
        var next = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            // An escaped name may also be the name of a field.
            if (json.ValueIsEscaped) return false;
            var at = Find(json.ValueSpan, next);
            json.Read();
            if (at < 0)
            {
                json.Skip();
                continue;
            }

            // If a field occurs twice, the last one counts.
            if ((seen & (1u << at)) != 0 || !IsSame(ref json, fields[at], line, row)) return false;
            seen |= 1u << at;
            next = at + 1;
        }

        for (var at = 0; at < fields.Length; at++)
        {
            if ((seen & (1u << at)) != 0) continue;
            if (fields[at].IsRequired || (fields[at].Column > 0 && !row.IsNull(fields[at].Column))) return false;
        }

        return true;
    }

    private int Find(ReadOnlySpan<byte> name, int next)
    {
        for (var at = next; at < fields.Length; at++)
        {
            if (name.SequenceEqual(fields[at].Name)) return at;
        }

        for (var at = 0; at < next; at++)
        {
            if (name.SequenceEqual(fields[at].Name)) return at;
        }

        return -1;
    }

    private bool IsSame(ref Utf8JsonReader json, LineField field, ReadOnlySpan<byte> line, StoredValues row)
    {
        switch (field.Kind)
        {
            case LineFieldKind.Found:
                return json.TokenType == JsonTokenType.Number;
            case LineFieldKind.Text:
                return json.TokenType == JsonTokenType.String && IsText(ref json, field, row);
            case LineFieldKind.Time:
                return json.TokenType == JsonTokenType.String && json.TryGetDateTimeOffset(out var time)
                    && row.IsTime(field.Column, time.UtcDateTime);
            case LineFieldKind.Id:
                return json.TokenType == JsonTokenType.String && Utf8Parser.TryParse(json.ValueSpan, out Guid id, out var length)
                    && length == json.ValueSpan.Length && row.IsId(field.Column, id);
            case LineFieldKind.Number:
                return json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var number) && row.IsNumber(field.Column, number);
            default:
                if (json.TokenType != JsonTokenType.StartObject) return false;
                var start = (int)json.TokenStartIndex;
                json.Skip();
                return row.IsText(field.Column, line[start..(int)json.BytesConsumed]);
        }
    }

    private bool IsText(ref Utf8JsonReader json, LineField field, StoredValues row)
    {
        var text = json.ValueSpan;
        if (json.ValueIsEscaped)
        {
            if (_unescaped.Length < text.Length) _unescaped = new byte[text.Length];
            text = _unescaped.AsSpan(0, json.CopyString(_unescaped));
            // The column has U+FFFD instead.
            if (text.Contains((byte)0)) return false;
        }

        // A text has at most as many UTF-16 characters, which the column counts, as bytes.
        return text.Length <= field.Limit && row.IsText(field.Column, text);
    }
}
