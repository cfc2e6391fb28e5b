namespace Zotify.Logging.Tests.Terms;

/// <summary>
/// Random terms: the text of a search, and a plain comparison of the same terms, which knows nothing of how the text is read or folded.
/// </summary>
internal sealed record RandomTerms(string? Text, IReadOnlyList<(string Term, bool IsExcluded)> Terms)
{
    private static readonly string[] Words =
    [
        "time", "out", "User", "u1", "logged", "IN", "Größe", "ÉTÉ", "ΣΊΣΥΦΟΣ", "ёжик", "100%", "_x_", @"C:\Music", "say \"hi\"", "'; --", "😀", "日本語",
        "a", "1", "-5", "[x]", "null", "true",
    ];

    /// <summary>A text of some words, as records have them.</summary>
    public static string Sentence(Random random) =>
        string.Join(' ', random.GetItems(Words, random.Next(1, 5)).Select(word => AnyCase(random, word)));

    /// <summary>Some terms, or none: words, parts of words, and phrases, of which some are excluded.</summary>
    public static RandomTerms Next(Random random)
    {
        if (random.Next(4) == 0) return new RandomTerms(null, []);
        var terms = Enumerable.Range(0, random.Next(1, 4)).Select(_ => (Term: Term(random), IsExcluded: random.Next(3) == 0)).ToList();
        var separator = random.GetItems<string>([" ", "  ", "\t", "\u00A0", "\r\n"], 1)[0];
        return new RandomTerms(string.Join(separator, terms.Select(term => Written(random, term.Term, term.IsExcluded))), terms);
    }

    /// <summary>Whether a record with these fields matches.</summary>
    public bool Matches(IReadOnlyCollection<string> fields) => Terms.All(term =>
        fields.Any(field => field.Contains(term.Term, StringComparison.OrdinalIgnoreCase)) != term.IsExcluded);

    private static string Term(Random random)
    {
        var sentence = Sentence(random);
        if (random.Next(3) == 0) return sentence;
        var word = random.GetItems(Words, 1)[0];
        // No half of a letter.
        var start = char.IsSurrogate(word[0]) ? 0 : random.Next(word.Length);
        return AnyCase(random, word[start..(start + random.Next(1, word.Length - start + 1))]);
    }

    private static string Written(Random random, string term, bool isExcluded)
    {
        var needsQuotes = term.Any(char.IsWhiteSpace) || term[0] is '"' or '-' || random.Next(4) == 0;
        return (isExcluded ? "-" : "") + (needsQuotes ? $"\"{term.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : term);
    }

    private static string AnyCase(Random random, string word) => random.Next(3) switch
    {
        0 => word.ToUpperInvariant(),
        1 => word.ToLowerInvariant(),
        _ => word,
    };
}
