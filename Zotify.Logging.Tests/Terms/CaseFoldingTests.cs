using System.Text;
using Zotify.Logging.Terms;

namespace Zotify.Logging.Tests.Terms;

/// <summary>The folding of case.</summary>
[TestClass]
public sealed class CaseFoldingTests
{
    private static IEnumerable<Rune> Letters => Enumerable.Range(0, 0x110000).Where(Rune.IsValid).Select(value => new Rune(value));

    [TestMethod]
    [DataRow("User LOGGED in", "user logged in")]
    [DataRow("GRÖSSE Größe GRÖẞE", "grösse größe größe")]
    [DataRow("ΟΔΟΣ οδος οδοσ", "οδοσ οδοσ οδοσ")]
    [DataRow("ЁЖИК ёжик", "ёжик ёжик")]
    [DataRow("İıI", "İıi", DisplayName = "the dotted and the dotless i of Turkish stay what they are")]
    [DataRow("\u212A \u212B \u2126 \u017F \u00B5", "k å ω s μ", DisplayName = "signs that are letters")]
    [DataRow("𐐀𐐨 𞤀𞤢", "𐐨𐐨 𞤢𞤢", DisplayName = "letters of two halves")]
    [DataRow("\uD801 A\uDC00", "\uD801 a\uDC00", DisplayName = "halves without the other half")]
    [DataRow("ǅ ǆ Ǆ", "ǆ ǆ ǆ")]
    [DataRow("日本語 😀", "日本語 😀")]
    public void Texts_that_differ_only_by_case_become_equal(string text, string expected) => Assert.AreEqual(expected, CaseFolding.Fold(text));

    [TestMethod]
    public void Letters_that_the_runtime_takes_for_equal_become_equal()
    {
        var missed = Letters.Where(letter =>
        {
            var (text, upper, lower) = ($"{letter}", $"{Rune.ToUpperInvariant(letter)}", $"{Rune.ToLowerInvariant(letter)}");
            return (text.Equals(upper, StringComparison.OrdinalIgnoreCase) && CaseFolding.Fold(text) != CaseFolding.Fold(upper))
                || (text.Equals(lower, StringComparison.OrdinalIgnoreCase) && CaseFolding.Fold(text) != CaseFolding.Fold(lower));
        });
        Assert.AreEqual("", string.Join(' ', missed.Select(letter => $"{letter.Value:X4}")));
    }

    [TestMethod]
    public void A_folded_text_has_its_length_and_stays_as_it_is()
    {
        var changed = 0;
        foreach (var letter in Letters)
        {
            var folded = CaseFolding.Fold($"{letter}");
            Assert.AreEqual(letter.Utf16SequenceLength, folded.Length);
            Assert.AreEqual(folded, CaseFolding.Fold(folded), $"{letter.Value:X4}");
            Assert.AreEqual(folded, CaseFolding.Fold($"a{letter}é")[1..^1]);
            changed += folded == $"{letter}" ? 0 : 1;
        }

        Assert.AreEqual(1_484, changed, "the letters of status C and S in CaseFolding.txt of Unicode 16");
    }
}
