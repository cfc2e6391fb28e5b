using System.Text;
using System.Text.Json;

namespace Zotify.Logging.Terms;

/// <summary>
/// What a reader sees of a record, folded, one field after the other. Between two fields is a NUL, which no term has, so that no match
/// straddles two fields. Used by one thread at a time, and used again for the next record.
/// </summary>
internal sealed class SearchedText
{
    /// <summary>The character between two fields.</summary>
    public const char Separator = '\0';
    private const int UsualLength = 1_024;
    private const int KeptLength = 256 * 1_024;

    // A value is as deep as its writer made it, and a reader sees all of it.
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = 1_000 };

    [ThreadStatic]
    private static SearchedText? _ofThread;

    private char[] _text = new char[UsualLength];
    private byte[] _json = [];
    private int _length;

    /// <summary>The fields.</summary>
    public ReadOnlySpan<char> Folded => _text.AsSpan(0, _length);

    /// <summary>The calling thread's own, empty. It may be used until the thread asks for it again.</summary>
    public static SearchedText OfThread()
    {
        // One huge record must not keep its memory for ever.
        if (_ofThread is null || _ofThread._text.Length > KeptLength) _ofThread = new SearchedText();
        _ofThread.Clear();
        return _ofThread;
    }

    /// <summary>Removes all fields.</summary>
    public void Clear() => _length = 0;

    /// <summary>Adds a field; nothing where it has no text.</summary>
    public void Add(ReadOnlySpan<char> field)
    {
        if (field.IsEmpty) return;
        var place = Begin(field.Length);
        field.CopyTo(place);
        CaseFolding.Fold(place);
        End(place.Length);
    }

    /// <summary>
    /// Adds each name and each value of an object of JSON, at any depth, as a field. Texts are added without the escapes of JSON, all other
    /// values as they were written.
    /// </summary>
    public void AddJson(string? json)
    {
        if (string.IsNullOrEmpty(json)) return;
        var before = _length;
        try
        {
            var most = Encoding.UTF8.GetMaxByteCount(json.Length);
            if (_json.Length < most) _json = new byte[Math.Max(most, UsualLength)];
            var reader = new Utf8JsonReader(_json.AsSpan(0, Encoding.UTF8.GetBytes(json, _json)), AnyDepth);
            if (_json.Length > KeptLength) _json = [];
            while (reader.Read()) Add(ref reader);
        }
        catch (JsonException)
        {
            // A row that somebody else wrote.
            _length = before;
            Add(json);
        }
    }

    private void Add(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String)
        {
            // Never longer than its UTF-8.
            var place = Begin(reader.ValueSpan.Length);
            var field = place[..Copy(ref reader, place)];
            field.Replace(Separator, '\uFFFD');
            CaseFolding.Fold(field);
            End(field.Length);
        }
        else if (reader.TokenType is JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null)
        {
            var place = Begin(reader.ValueSpan.Length);
            Encoding.ASCII.GetChars(reader.ValueSpan, place);
            CaseFolding.Fold(place);
            End(place.Length);
        }
    }

    private static int Copy(ref Utf8JsonReader reader, Span<char> place)
    {
        try
        {
            return reader.CopyString(place);
        }
        catch (InvalidOperationException)
        {
            // Half of a character, which is no text: somebody else wrote it. It is searched as it was written, all others as texts.
            return Encoding.UTF8.GetChars(reader.ValueSpan, place);
        }
    }

    /// <summary>The place of the next field.</summary>
    private Span<char> Begin(int length)
    {
        if (_length + length + 1 > _text.Length) Array.Resize(ref _text, Math.Max(_length + length + 1, _text.Length * 2));
        return _text.AsSpan(_length, length);
    }

    private void End(int length)
    {
        _length += length;
        _text[_length++] = Separator;
    }
}
