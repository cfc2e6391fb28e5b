using System.Text;
using Zotify.Logging.Records;

namespace Zotify.Logging.Database;

/// <summary>
/// Makes the query of the text index for some words, in FTS5's language: trigrams that matching events have. A query takes as long as the
/// events of its rarest trigram need, and more for every other trigram. A few of the rarest leave little to compare with the words.
/// </summary>
internal static class SqliteTextMatch
{
    private const int GramLength = 3;

    // With so few trigrams, or where they leave so few events of all, the others cost more than they spare.
    private const int MostParts = 3;
    private const int FewEvents = 10;

    // A part that most events have leaves almost as much as without it.
    private const double Frequent = 0.5;

    /// <summary>The query; <see langword="null"/> where no word has a trigram that the index knows.</summary>
    /// <param name="words">The words.</param>
    /// <param name="sample">Tells which trigrams are rare.</param>
    public static string? Of(IReadOnlyList<string> words, SqliteTextSample sample) =>
        Rarest(words.SelectMany(word => Parts(word, sample)), sample)?.Match;

    private static Part? Rarest(IEnumerable<Part> parts, SqliteTextSample sample)
    {
        Part? all = null;
        foreach (var part in parts.DistinctBy(part => part.Match, StringComparer.Ordinal).OrderBy(part => part.Share).Take(MostParts))
        {
            if (all is null) all = part;
            else if (all.Share * sample.LastRow > FewEvents && part.Share < Frequent)
                all = new Part($"{all.Match} AND {part.Match}", all.Share * part.Share);
        }

        return all;
    }

    // In details, a word stands as it is written in JSON.
    private static IEnumerable<Part> Parts(string word, SqliteTextSample sample)
    {
        var inJson = SqlDialect.JsonText(word);
        var (message, details) = (Grams(ColumnText.Fit(word), sample), Grams(inJson, sample));
        if (inJson == word) return message;
        return Rarest(message, sample) is { } inMessage && Rarest(details, sample) is { } inDetails
            ? [new Part($"(({inMessage.Match}) OR ({inDetails.Match}))", inMessage.Share + inDetails.Share)]
            : [];
    }

    private static IEnumerable<Part> Grams(string word, SqliteTextSample sample)
    {
        var runes = word.EnumerateRunes().ToArray();
        return Enumerable.Range(0, Math.Max(0, runes.Length - GramLength + 1))
            // Of those as rare as each other, first those that have no letter in common.
            .OrderBy(start => start % GramLength)
            .Select(start => runes[start..(start + GramLength)])
            .Where(gram => gram.All(IsFolded))
            .Select(gram => string.Concat(gram))
            .Select(gram => new Part($"\"{gram.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", sample.ShareOf(gram)));
    }

    /// <summary>
    /// Whether the index takes the letter for the same as every other that differs from it by its case alone; it knows the letters of an
    /// older Unicode.
    /// </summary>
    private static bool IsFolded(Rune rune) =>
        rune.Value < 0x250 || (Rune.ToUpperInvariant(rune) == rune && Rune.ToLowerInvariant(rune) == rune);

    /// <param name="Match">A part of the query.</param>
    /// <param name="Share">Roughly the share of the events that have it.</param>
    private sealed record Part(string Match, double Share);
}
