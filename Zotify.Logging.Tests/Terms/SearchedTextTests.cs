using Zotify.Logging.Terms;

namespace Zotify.Logging.Tests.Terms;

/// <summary>The fields that are searched.</summary>
[TestClass]
public sealed class SearchedTextTests
{
    [TestMethod]
    [DataRow("{\"Source\":\"Web\"}", "source|web")]
    [DataRow("""{"path":"C:\\Music\u0021","quote":"say \"hi\"\n"}""", "path|c:\\music!|quote|say \"hi\"\n")]
    [DataRow("""{"n":5.10,"big":12345678901234567890,"e":1E5,"yes":true,"no":false,"none":null}""", "n|5.10|big|12345678901234567890|e|1e5|yes|true|no|false|none|null")]
    [DataRow("""{"order":{"id":7,"tags":["new",["deep"]]}}""", "order|id|7|tags|new|deep")]
    [DataRow("""{"é\u00C9":"🎵\ud83c\udfb5"}""", "éé|🎵🎵")]
    [DataRow("""{"a":"x\u0000y","b":""}""", "a|x\uFFFDy|b|")]
    [DataRow("""{"half":"\ud800"}""", "half|\\ud800", DisplayName = "what is no text is searched as it was written")]
    [DataRow("not JSON", "not json")]
    [DataRow("{}", "")]
    [DataRow(null, "")]
    public void The_names_and_values_of_JSON_are_fields_without_escapes(string? json, string expected)
    {
        var text = new SearchedText();
        text.AddJson(json);
        Assert.AreEqual(expected.Length == 0 ? "" : $"{expected.Replace('|', '\0')}\0", text.Folded.ToString());
    }

    [TestMethod]
    public void A_deep_value_is_searched_to_its_depth()
    {
        var text = new SearchedText();
        text.AddJson($"{string.Concat(Enumerable.Repeat("{\"a\":", 900))}\"deep\"{new string('}', 900)}");
        StringAssert.EndsWith(text.Folded.ToString(), "a\0deep\0", StringComparison.Ordinal);
    }

    [TestMethod]
    public void It_is_used_again_for_records_of_any_size()
    {
        foreach (var length in (int[])[0, 1, 1_000, 5, 100_000, 3, 1_000_000, 2])
        {
            var text = SearchedText.OfThread();
            text.Add(new string('Ä', length));
            text.AddJson($"[\"{new string('Ö', length)}\"]");
            var expected = length == 0 ? "\0" : $"{new string('ä', length)}\0{new string('ö', length)}\0";
            Assert.AreEqual(expected, text.Folded.ToString());
        }
    }
}
