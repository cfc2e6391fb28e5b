using System.Globalization;

namespace Zotify.Logging.Terms;

/// <summary>
/// Reads terms: <c>time "user u42" -debug -"health check"</c>. White space of any kind separates them. A <c>"</c> at the beginning of a
/// term opens a phrase, in which <c>""</c> stands for one <c>"</c>; anywhere else it is a character like any other. A <c>-</c> at the
/// beginning excludes what follows; by itself it is a term. For one text.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="property">The query's property that holds it.</param>
internal sealed class TermParser(string text, string property)
{
    /// <summary>The most terms of a text.</summary>
    public const int MaxTerms = 100;

    /// <summary>The most characters of a term.</summary>
    public const int MaxLength = 1_000;

    private const int ShownLength = 40;

    private int _at;

    /// <summary>Reads all terms, folded, each once.</summary>
    /// <exception cref="ArgumentException">
    /// A phrase is empty, has no end, or is followed by something else than white space; there are over 100 terms; or one has over 1,000
    /// characters.
    /// </exception>
    public (IReadOnlyList<string> Required, IReadOnlyList<string> Excluded) Parse()
    {
        var (required, excluded) = (new List<string>(), new List<string>());
        var count = 0;
        for (SkipWhiteSpace(); _at < text.Length; SkipWhiteSpace())
        {
            if (count++ == MaxTerms) throw Refused($"It has over {MaxTerms} terms; leave some out.");
            var start = _at;
            var excludes = text[_at] == '-' && _at + 1 < text.Length && !char.IsWhiteSpace(text[_at + 1]);
            if (excludes) _at++;
            var term = text[_at] == '"' ? Phrase(start) : Word();
            if (term.Length > MaxLength)
            {
                throw Refused(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Shown(start)} has {term.Length:N0} characters, and a term may have {MaxLength:N0}; shorten it."));
            }

            // No stored text has a NUL.
            var folded = CaseFolding.Fold(term.Replace('\0', '\uFFFD'));
            var terms = excludes ? excluded : required;
            if (!terms.Contains(folded, StringComparer.Ordinal)) terms.Add(folded);
        }

        return (required, excluded);
    }

    private void SkipWhiteSpace()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
    }

    private string Word()
    {
        var start = _at;
        while (_at < text.Length && !char.IsWhiteSpace(text[_at])) _at++;
        return text[start.._at];
    }

    private string Phrase(int start)
    {
        var first = ++_at;
        while (true)
        {
            var quote = text.IndexOf('"', _at);
            if (quote < 0) throw Refused($"{Shown(start)} has no closing quote; add one at the phrase's end.");
            _at = quote + 1;
            if (_at == text.Length || text[_at] != '"') break;
            _at++;
        }

        var phrase = text[first..(_at - 1)].Replace("\"\"", "\"", StringComparison.Ordinal);
        if (phrase.Length == 0)
            throw Refused($"{Shown(start)} is an empty phrase; write what to find between the quotes, or leave them out.");
        if (_at < text.Length && !char.IsWhiteSpace(text[_at]))
            throw Refused($"{Shown(start)} goes on after its closing quote; write a space there, or \"\" for a quote in a phrase.");
        return phrase;
    }

    /// <summary>The text from a term on, as messages show it.</summary>
    private string Shown(int start)
    {
        var rest = text[start..];
        return rest.Length <= ShownLength ? $"'{rest}'" : $"'{rest[..ShownLength]}…'";
    }

    private ArgumentException Refused(string message) => new(message, property);
}
