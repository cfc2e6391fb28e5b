using System.Text;
using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Provider.Database.Sqlite;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Audit;

/// <summary>What the index of the texts is asked for, so that it leaves nothing out that matches.</summary>
[TestClass]
public sealed class SqliteTextSearchTests : StoreContract
{
    private protected override TestStore NewStore() => new SqliteStore();

    [TestMethod]
    [DataRow("abc", "\"abc\"")]
    [DataRow("abcdefgh", "\"abc\" AND \"def\" AND \"fgh\"")]
    [DataRow("aaaaaa", "\"aaa\"")]
    [DataRow("a\"b", "((\"a\"\"b\") OR (\"a\\\"\"\" AND \"\\\"\"b\"))")]
    [DataRow("x😀y", "((\"x😀y\") OR (\"x\\u\" AND \"D83\" AND \"D\\u\" AND \"DE0\" AND \"00y\"))")]
    [DataRow("a\0b", "((\"a\uFFFDb\") OR (\"a\\u\" AND \"000\" AND \"00b\"))")]
    [DataRow("ab", null)]
    [DataRow("a\"", null)]
    [DataRow("", null)]
    public void A_word_is_asked_for_by_its_trigrams(string word, string? expected) => Assert.AreEqual(expected, SqliteTextSearch.Match([word]));

    [TestMethod]
    public void Words_without_trigrams_are_left_to_the_comparison() => Assert.AreEqual("\"abc\"", SqliteTextSearch.Match(["ab", "abc", "x"]));

    /// <summary>Every letter of Unicode's, with all that differ from it by their case alone, as the comparison of the texts sees them.</summary>
    [TestMethod]
    public async Task The_index_finds_every_letter_by_every_other_of_its_kind()
    {
        await using var context = await Database.OpenForWritingAsync(Cancellation);
        var kinds = Enumerable.Range(1, 0x10FFFF).Where(Rune.IsValid).Select(value => new Rune(value)).GroupBy(Rune.ToUpperInvariant)
            .Where(kind => kind.Count() > 1).Select(kind => kind.Append(kind.Key).Distinct().ToArray()).ToArray();
        Assert.IsGreaterThan(1_000, kinds.Length);
        await using var transaction = await context.Database.BeginTransactionAsync(Cancellation);
        foreach (var letter in kinds.SelectMany(kind => kind))
            await context.Database.ExecuteSqlAsync($"INSERT INTO audit_text (rowid, message) VALUES ({letter.Value}, {$"a{letter}b"})", Cancellation);

        var missed = new List<string>();
        foreach (var kind in kinds)
        {
            foreach (var asked in kind)
            {
                if (SqliteTextSearch.Match([$"a{asked}b"]) is not { } match) continue;
                var found = await context.Database.SqlQuery<int>($"SELECT rowid AS Value FROM audit_text WHERE audit_text MATCH {match}").ToListAsync(Cancellation);
                missed.AddRange(kind.Where(letter => $"{letter}".Equals($"{asked}", StringComparison.OrdinalIgnoreCase) && !found.Contains(letter.Value))
                    .Select(letter => $"{asked} does not find {letter} (U+{asked.Value:X4}, U+{letter.Value:X4})"));
            }
        }

        Assert.IsEmpty(missed, string.Join('\n', missed.Take(20)));
        Assert.IsNotNull(SqliteTextSearch.Match(["größe"]), "the letters of our languages are asked for");
    }
}
