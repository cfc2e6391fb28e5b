using System.Buffers;
using System.Text;
using Zotify.Logging.Formats;

namespace Zotify.Logging.Tests.Handlers.System;

[TestClass]
public sealed class LineEscaperTests
{
    [TestMethod]
    [DataRow("a\r\n\tb", @"a\r\n\tb")]
    [DataRow("\0\u0007\u001b[31m\u007f", @"\x00\x07\x1b[31m\x7f")]
    [DataRow("\u0080\u0085\u009b", @"\x80\u0085\x9b")]
    [DataRow("a\u2028b\u2029", @"a\u2028b\u2029")]
    [DataRow(@"C:\new\table", @"C:\new\table")]
    [DataRow("Grüße 日本 🎵", "Grüße 日本 🎵")]
    [DataRow("", "")]
    public void Control_characters_and_line_separators_are_escaped_and_everything_else_stays(string text, string expected) =>
        Assert.AreEqual(expected, Text(text));

    [TestMethod]
    public void Lone_surrogates_become_replacement_characters()
    {
        var text = new string(['a', '\ud83c', 'b', '\udfb5', '\n', '\ud83c']);
        Assert.AreEqual("a\ufffdb\ufffd\\n\ufffd", Text(text));
    }

    [TestMethod]
    [DataRow("Zotify.Sync", "Zotify.Sync")]
    [DataRow("My App", @"My\x20App")]
    [DataRow("List[System.Int32]", @"List\x5bSystem.Int32\x5d")]
    [DataRow("a\tb\u00a0c\u3000d\u2003", @"a\tb\xa0c\u3000d\u2003")]
    [DataRow("x\n", @"x\n")]
    public void In_names_white_space_and_brackets_are_escaped_too(string name, string expected) =>
        Assert.AreEqual(expected, LineEscaper.Name(name));

    private static string Text(string text)
    {
        var output = new ArrayBufferWriter<byte>();
        LineEscaper.WriteText(text, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
