using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Zotify.Logging.Records;

namespace Zotify.Logging.Database;

/// <summary>
/// Sets rows from the lines of a batch, in one pass over each line, and keeps texts that repeat from line to line. It refuses whatever is
/// unusual: <see cref="LineFields"/> decides about such a line. Not thread-safe.
/// </summary>
internal sealed class LineParser<TRow>
{
    private const int Unknown = -1;

    private readonly ImmutableArray<LineColumn<TRow>> _columns;
    private readonly byte[][] _names;
    private readonly RepeatedText[] _texts;
    private readonly ulong _required;

    // The column of each field of the last line, by position: the next line mostly has the same fields in the same order.
    private readonly int[] _order = new int[64];

    private readonly int _furtherLength;

    /// <param name="columns">The columns, fewer than 64.</param>
    /// <param name="further">A text of the line that is no column; <see langword="null"/> where there is none.</param>
    /// <param name="furtherLength">The length that this text is cut to.</param>
    public LineParser(ImmutableArray<LineColumn<TRow>> columns, string? further = null, int furtherLength = 0)
    {
        _columns = columns;
        _furtherLength = furtherLength;
        _names = [.. columns.Select(column => column.Name).Append(further).OfType<string>().Select(Encoding.UTF8.GetBytes)];
        _texts = [.. _names.Select(_ => new RepeatedText())];
        for (var i = 0; i < columns.Length; i++)
            if (columns[i].IsRequired) _required |= 1UL << i;
    }

    /// <summary>The further text of the last line; <see langword="null"/> where the line leaves it out.</summary>
    public string? Further { get; private set; }

    /// <summary>
    /// Sets the row as <see cref="LineColumn{TRow}.Parse"/> of all columns does. Returns false for an unusual line, and the row is useless.
    /// </summary>
    public bool TryParse(ReadOnlySpan<byte> line, TRow row)
    {
        try
        {
            return Parse(line, row);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private bool Parse(ReadOnlySpan<byte> line, TRow row)
    {
        var json = new Utf8JsonReader(line);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return false;
        Further = null;
        var seen = 0UL;
        for (var position = 0; json.Read() && json.TokenType == JsonTokenType.PropertyName; position++)
        {
            // An escaped name may also be the name of a field.
            if (json.ValueIsEscaped || position == _order.Length) return false;
            var at = Find(json.ValueSpan, position);
            json.Read();
            if (at == Unknown)
            {
                json.Skip();
                continue;
            }

            // If a field occurs twice, the last one counts.
            if ((seen & (1UL << at)) != 0) return false;
            if (!(at == _columns.Length ? TrySetFurther(ref json) : _columns[at].TrySet(row, ref json, line, _texts[at]))) return false;
            seen |= 1UL << at;
        }

        // The end of the object must be the end of the line.
        return (seen & _required) == _required && json.TokenType == JsonTokenType.EndObject && !json.Read();
    }

    private bool TrySetFurther(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.String) return false;
        Further = _texts[^1].Of(ref json, ColumnText.Fit, _furtherLength);
        return true;
    }

    private int Find(ReadOnlySpan<byte> name, int position)
    {
        var at = _order[position];
        if (at != Unknown && name.SequenceEqual(_names[at])) return at;
        at = Unknown;
        for (var i = 0; i < _names.Length && at == Unknown; i++)
            if (name.SequenceEqual(_names[i])) at = i;
        return _order[position] = at;
    }
}
