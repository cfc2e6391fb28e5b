using System.Text.Json;

namespace Zotify.Logging.Database;

/// <summary>The last text of a column: most lines repeat the level, the category, the instance and others. Not thread-safe.</summary>
internal sealed class RepeatedText
{
    private const int MaxBytes = 256;

    private readonly byte[] _utf8 = new byte[MaxBytes];
    private int _length = -1;
    private string _text = "";

    /// <summary>The reader's current text, converted. The same object as before where the text is the same.</summary>
    /// <param name="json">The reader, at a string.</param>
    /// <param name="convert">Fits the text to its column, always in the same way.</param>
    /// <param name="length">The length of the column, for <paramref name="convert"/>.</param>
    /// <exception cref="InvalidOperationException">The text is not valid Unicode.</exception>
    public string Of(ref Utf8JsonReader json, Func<string, int, string> convert, int length)
    {
        var utf8 = json.ValueSpan;
        if (json.ValueIsEscaped || utf8.Length > MaxBytes) return convert(json.GetString()!, length);
        if (utf8.Length == _length && utf8.SequenceEqual(_utf8.AsSpan(0, _length))) return _text;
        _text = convert(json.GetString()!, length);
        utf8.CopyTo(_utf8);
        _length = utf8.Length;
        return _text;
    }
}
