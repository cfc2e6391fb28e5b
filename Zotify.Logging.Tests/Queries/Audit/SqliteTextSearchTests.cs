using System.Text;
using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Database;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Audit;

/// <summary>The queries of the text index, which must not exclude a match.</summary>
[TestClass]
public sealed class SqliteTextSearchTests : StoreContract
{
    private protected override TestStore NewStore() => new SqliteStore();

    [TestMethod]
    [DataRow("abc", "\"abc\"")]
    [DataRow("abcdefgh", "\"abc\" AND \"def\" AND \"bcd\"")]
    [DataRow("aaaaaa", "\"aaa\"")]
    [DataRow("a\"b", "((\"a\"\"b\") OR (\"a\\\"\"\" AND \"\\\"\"b\"))")]
    [DataRow("abcdefghijkl", "\"abc\" AND \"def\" AND \"ghi\"")]
    [DataRow("x😀y", "((\"x😀y\") OR (\"x\\u\" AND \"D83\" AND \"D\\u\"))")]
    [DataRow("a\0b", "((\"a\uFFFDb\") OR (\"a\\u\" AND \"000\" AND \"\\u0\"))")]
    [DataRow("ab", null)]
    [DataRow("a\"", null)]
    [DataRow("", null)]
    public void A_term_is_searched_by_its_trigrams(string word, string? expected) =>
        Assert.AreEqual(expected, SqliteTextMatch.Of([word], Sample()));

    [TestMethod]
    public void Words_without_trigrams_are_left_to_the_comparison() =>
        Assert.AreEqual("\"abc\"", SqliteTextMatch.Of(["ab", "abc", "x"], Sample()));

    [TestMethod]
    [DataRow("abcdxyz", 10_000, "\"dxy\" AND \"xyz\"", DisplayName = "two rare ones leave next to nothing")]
    [DataRow("abcdxyz", 500, "\"dxy\"", DisplayName = "in a small log one does")]
    [DataRow("abcdxyz", 1_000_000, "\"dxy\" AND \"xyz\" AND \"cdx\"", DisplayName = "in a large one it takes a third")]
    [DataRow("ABCDXYZ", 10_000, "\"DXY\" AND \"XYZ\"", DisplayName = "whatever their case")]
    [DataRow("abcd", 10_000, "\"bcd\"", DisplayName = "what most events have leaves most")]
    [DataRow("abcd 1234 5678 vwxyz", 10_000, "\"wxy\" AND \"xyz\"", DisplayName = "of all words")]
    public void The_rarest_trigrams_are_asked_for(string words, int events, string expected)
    {
        // Of a hundred events, all have abc, half of them bcd, one in ten has a 1, and one in twenty has the beginning of another word.
        var sample = Sample(
            events,
            [
                .. Enumerable.Range(0, 100).Select(
                    i => string.Concat("abc", i % 2 == 0 ? "d bcd" : "", i % 10 == 0 ? " 1234 5678" : "", i % 20 == 0 ? " vwx" : ""))
            ]);
        Assert.AreEqual(expected, SqliteTextMatch.Of(words.Split(' '), sample));
    }

    /// <summary>
    /// Every letter of Unicode, with all letters that differ from it only by their case, according to the comparison of the texts.
    /// </summary>
    [TestMethod]
    public async Task The_index_finds_every_letter_by_every_other_of_its_kind()
    {
        await using var connection = await Database.OpenForWritingAsync(Cancellation);
        await using var context = connection.Tables();
        var kinds = Enumerable.Range(1, 0x10FFFF).Where(Rune.IsValid).Select(value => new Rune(value)).GroupBy(Rune.ToUpperInvariant)
            .Where(kind => kind.Count() > 1).Select(kind => kind.Append(kind.Key).Distinct().ToArray()).ToArray();
        Assert.IsGreaterThan(1_000, kinds.Length);
        await using var transaction = await context.Database.BeginTransactionAsync(Cancellation);
        foreach (var letter in kinds.SelectMany(kind => kind))
            await context.Database.ExecuteSqlAsync(
                $"INSERT INTO audit_text (rowid, message) VALUES ({letter.Value}, {$"a{letter}b"})", Cancellation);

        var missed = new List<string>();
        foreach (var kind in kinds)
        {
            foreach (var asked in kind)
            {
                if (SqliteTextMatch.Of([$"a{asked}b"], Sample()) is not { } match) continue;
                var found = await context.Database.SqlQuery<int>($"SELECT rowid AS Value FROM audit_text WHERE audit_text MATCH {match}")
                    .ToListAsync(Cancellation);
                missed.AddRange(
                    kind.Where(
                        letter => $"{letter}".Equals($"{asked}", StringComparison.OrdinalIgnoreCase) && !found.Contains(letter.Value))
                    .Select(letter => $"{asked} does not find {letter} (U+{asked.Value:X4}, U+{letter.Value:X4})"));
            }
        }

        Assert.IsEmpty(missed, string.Join('\n', missed.Take(20)));
        Assert.IsNotNull(SqliteTextMatch.Of(["größe"], Sample()), "the letters of our languages are asked for");
    }

    /// <summary>A sample of many events that have nothing in common with the terms.</summary>
    private static SqliteTextSample Sample() => Sample(1_000_000, [.. Enumerable.Repeat("", 49)]);

    /// <summary>A sample with one text for each event.</summary>
    private static SqliteTextSample Sample(int events, string[] texts) => new(texts.Select(text => new[] { text }), lastRow: events);
}
