using System.Text;
using Zotify.Logging.Records;

namespace Zotify.Logging.Database;

/// <summary>
/// Makes the FTS5 query for some terms: trigrams that all matching events have. A query takes as long as reading the events of its rarest
/// trigram, and longer for every further trigram. A few of the rarest leave few events to compare with the terms.
/// </summary>
internal static class SqliteTextMatch
{
    private const int GramLength = 3;

    // With this many trigrams, or where so few events are left, further trigrams cost more than they save.
    private const int MostParts = 3;
    private const int FewEvents = 10;

    // A trigram that most events have excludes almost nothing.
    private const double Frequent = 0.5;

    /// <summary>The query; <see langword="null"/> where no term has a trigram that the index can find.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="sample">Estimates how rare trigrams are.</param>
    public static string? Of(IReadOnlyList<string> terms, SqliteTextSample sample) =>
        Rarest(terms.SelectMany(term => Parts(term, sample)), sample)?.Match;

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

    // In details, a term is escaped as in JSON.
    private static IEnumerable<Part> Parts(string term, SqliteTextSample sample)
    {
        var inJson = SqlDialect.JsonText(term);
        var (message, details) = (Grams(ColumnText.Fit(term), sample), Grams(inJson, sample));
        if (inJson == term) return message;
        return Rarest(message, sample) is { } inMessage && Rarest(details, sample) is { } inDetails
            ? [new Part($"(({inMessage.Match}) OR ({inDetails.Match}))", inMessage.Share + inDetails.Share)]
            : [];
    }

    private static IEnumerable<Part> Grams(string term, SqliteTextSample sample)
    {
        var runes = term.EnumerateRunes().ToArray();
        return Enumerable.Range(0, Math.Max(0, runes.Length - GramLength + 1))
            // Among equally rare trigrams, prefer those that do not overlap.
            .OrderBy(start => start % GramLength)
            .Select(start => runes[start..(start + GramLength)])
            .Where(gram => gram.All(IsFolded))
            .Select(gram => string.Concat(gram))
            .Select(gram => new Part($"\"{gram.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", sample.ShareOf(gram)));
    }

    /// <summary>
    /// Whether the index ignores the case of this letter as the search does. The index knows the letters of an older Unicode version only.
    /// </summary>
    private static bool IsFolded(Rune rune) =>
        rune.Value < 0x250 || (Rune.ToUpperInvariant(rune) == rune && Rune.ToLowerInvariant(rune) == rune);

    /// <param name="Match">A part of the query.</param>
    /// <param name="Share">The estimated share of the events that match it.</param>
    private sealed record Part(string Match, double Share);
}
