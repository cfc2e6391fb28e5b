using System.Text;
using Zotify.Logging.Provider.Database.Entities;
using Zotify.Logging.Provider.Database.Sql;

namespace Zotify.Logging.Provider.Database.Sqlite;

/// <summary>Asks the index of the texts: which rows have the trigrams of the words, and of those the first in the order of time.</summary>
internal static class SqliteTextSearch
{
    private const int GramLength = 3;
    private const string MaxLag = "(SELECT coalesce(max(lag), 0) FROM audit_text_order WHERE lag > 0)";

    /// <summary>The query in FTS5's language; <see langword="null"/> where no word has a trigram that the index knows.</summary>
    public static string? Match(IReadOnlyList<string> words)
    {
        var known = words.Select(Match).OfType<string>().ToArray();
        return known.Length == 0 ? null : string.Join(" AND ", known);
    }

    /// <summary>
    /// The first matches by place are almost the first by time: only where places were taken, others come before some of them. Those
    /// are as near as the lags are long, and all matches as near as that are what is sorted.
    /// </summary>
    public static string Take(SqlTextSearch search)
    {
        var range = "";
        if (search.From is { } from) range += $"\n  AND t.rowid >= {search.Parameter(SqliteTextIndex.PlaceOf(from))}";
        if (search.To is { } to) range += $"\n  AND t.rowid <= {search.Parameter(SqliteTextIndex.PlaceOf(to))} + {MaxLag}";
        var matches = $"""
            FROM audit_text AS t
            CROSS JOIN audit_text_order AS o ON o.place = t.rowid
            CROSS JOIN audit_events AS e ON e.row_id = o.row_id
            WHERE t.audit_text MATCH {search.Parameter(search.Match)}{range}
              AND {search.Conditions}
            """;
        // No event is at a place before its own time's, so that all that are not older than the oldest of these are at its time's or after.
        var near = search.Descending
            ? $"t.rowid >= (SELECT min(n.place - n.lag) FROM (SELECT o.place, o.lag {matches}\nORDER BY t.rowid DESC LIMIT {search.Count}) AS n)"
            : $"t.rowid <= (SELECT max(n.place - n.lag) FROM (SELECT o.place, o.lag {matches}\nORDER BY t.rowid LIMIT {search.Count}) AS n) + {MaxLag}";
        return $"SELECT e.* {matches}\n  AND {near}\nORDER BY {search.Order} LIMIT {search.Count}";
    }

    // In details, a word stands as it is written in JSON.
    private static string? Match(string word)
    {
        var inJson = SqlDialect.JsonText(word);
        var (message, details) = (Grams(ColumnText.Fit(word)), Grams(inJson));
        if (message is null || details is null) return null;
        return inJson == word ? message : $"(({message}) OR ({details}))";
    }

    // A third of the trigrams finds little more than all do, and takes a third of the time.
    private static string? Grams(string word)
    {
        var runes = word.EnumerateRunes().ToArray();
        var grams = Enumerable.Range(0, Math.Max(0, runes.Length - GramLength + 1))
            .Where(start => start % GramLength == 0 || start == runes.Length - GramLength)
            .Select(start => runes[start..(start + GramLength)])
            .Where(gram => gram.All(IsFolded))
            .Select(gram => $"\"{string.Concat(gram).Replace("\"", "\"\"", StringComparison.Ordinal)}\"")
            .Distinct(StringComparer.Ordinal).ToArray();
        return grams.Length == 0 ? null : string.Join(" AND ", grams);
    }

    /// <summary>Whether the index takes the letter for the same as every other that differs from it by its case alone; it knows the letters of an older Unicode.</summary>
    private static bool IsFolded(Rune rune) => rune.Value < 0x250 || (Rune.ToUpperInvariant(rune) == rune && Rune.ToLowerInvariant(rune) == rune);
}
