using Zotify.Logging.Terms;

namespace Zotify.Logging.Tests.Terms;

/// <summary>What a search asks for, by its text.</summary>
[TestClass]
public sealed class SearchTermsTests
{
    [TestMethod]
    [DataRow(null, "", "")]
    [DataRow(" \t ", "", "")]
    [DataRow("One two", "one|two", "")]
    [DataRow(" one\ttwo\u00A0three\u2003four\r\n", "one|two|three|four", "", DisplayName = "white space of any kind")]
    [DataRow("\"One  two\" three", "one  two|three", "")]
    [DataRow("-one -\"two three\" four", "four", "one|two three")]
    [DataRow("\"-one\"", "-one", "", DisplayName = "a dash in a phrase is one")]
    [DataRow("--one", "", "-one")]
    [DataRow("a - b -", "a|-|b", "", DisplayName = "a dash by itself is a term")]
    [DataRow("one-two", "one-two", "")]
    [DataRow("5\" say\"hi\"", "5\"|say\"hi\"", "", DisplayName = "a quote inside of a term is one")]
    [DataRow("\"say \"\"hi\"\"\"", "say \"hi\"", "")]
    [DataRow("\"\"\"\"", "\"", "")]
    [DataRow("one ONE One -x -X", "one", "x", DisplayName = "each once")]
    [DataRow(" \" \" ", " ", "", DisplayName = "a phrase of white space")]
    [DataRow("a\0b", "a\uFFFDb", "")]
    [DataRow("user:u1 a|b c*", "user:u1|a|b|c*", "", DisplayName = "nothing else has a meaning")]
    public void A_text_is_split_into_what_must_and_what_must_not_occur(string? text, string required, string excluded)
    {
        var terms = SearchTerms.Parse(text, "Text");
        Assert.AreEqual(required, string.Join('|', terms.Required));
        Assert.AreEqual(excluded, string.Join('|', terms.Excluded));
        Assert.AreEqual(required.Length + excluded.Length == 0, terms.IsEmpty);
    }

    [TestMethod]
    [DataRow("one \"two three", "'\"two three' has no closing quote; add one at the phrase's end.")]
    [DataRow("-\"", "'-\"' has no closing quote; add one at the phrase's end.")]
    [DataRow("\"\"\"", "'\"\"\"' has no closing quote; add one at the phrase's end.")]
    [DataRow("one \"\" two", "'\"\" two' is an empty phrase; write what to find between the quotes, or leave them out.")]
    [DataRow("\"one\"two", "'\"one\"two' goes on after its closing quote; write a space there, or \"\" for a quote in a phrase.")]
    public void What_has_no_clear_meaning_is_refused_with_the_part_and_the_remedy(string text, string message)
    {
        var fault = Assert.ThrowsExactly<ArgumentException>(() => SearchTerms.Parse(text, "Text"));
        Assert.AreEqual("Text", fault.ParamName);
        StringAssert.StartsWith(fault.Message, message, StringComparison.Ordinal);
    }

    [TestMethod]
    public void There_are_limits_of_terms_and_of_their_length()
    {
        string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(i => i % 2 == 0 ? $"a{i}" : $"-b{i}"));
        Assert.HasCount(50, SearchTerms.Parse(Words(100), "Text").Excluded);
        Assert.ThrowsExactly<ArgumentException>(() => SearchTerms.Parse(Words(101), "Text"));
        Assert.HasCount(1, SearchTerms.Parse($"\"{new string('x', 1_000)}\"", "Text").Required);
        var fault = Assert.ThrowsExactly<ArgumentException>(() => SearchTerms.Parse($"a {new string('x', 1_001)}", "Text"));
        StringAssert.Contains(fault.Message, "has 1,001 characters, and a term may have 1,000; shorten it.", StringComparison.Ordinal);
    }

    [TestMethod]
    public void Terms_may_be_in_different_fields_and_none_straddles_two()
    {
        string[] fields = ["User Alice", "logged in"];
        Assert.IsTrue(Matches("alice LOGGED"));
        Assert.IsFalse(Matches("alice out"));
        Assert.IsFalse(Matches("alicelogged"));
        Assert.IsFalse(Matches("\"alice logged\""));
        Assert.IsTrue(Matches("\"logged in\""));
        Assert.IsTrue(Matches("alice -bob -\"in user\""));
        Assert.IsFalse(Matches("alice -LOGGED"));
        Assert.IsFalse(Matches("-user"));
        Assert.IsTrue(Matches("-bob"));
        Assert.IsFalse(Matches("alice -alice"));

        bool Matches(string text) => SearchTerms.Parse(text, "Text").Matches(fields, (record, to) => Array.ForEach(record, field => to.Add(field)));
    }
}
