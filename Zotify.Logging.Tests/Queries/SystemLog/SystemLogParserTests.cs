using Zotify.Logging.Queries;

namespace Zotify.Logging.Tests.Queries.SystemLog;

[TestClass]
public sealed class SystemLogParserTests
{
    private const string Line =
        "2026-11-23T15:06:10.1234567Z [INF] 4bf92f3577b34da6a3ce929d0e0e4736 Zotify.Sync[7:Name] Track 5/100 [x] downloaded";

    [TestMethod]
    public void A_line_gives_all_its_parts()
    {
        var entry = SystemTextLineParser.Parse(Line, "position");
        Assert.AreEqual("position", entry.Cursor);
        Assert.AreEqual(Line, entry.Text);
        Assert.AreEqual(new DateTimeOffset(2026, 11, 23, 15, 6, 10, TimeSpan.Zero).AddTicks(1234567), entry.Timestamp);
        Assert.AreEqual("Information", entry.Level);
        Assert.AreEqual("4bf92f3577b34da6a3ce929d0e0e4736", entry.TraceId);
        Assert.AreEqual("Zotify.Sync", entry.Category);
        Assert.AreEqual(7, entry.EventId);
        Assert.AreEqual("Name", entry.EventName);
        Assert.AreEqual("Track 5/100 [x] downloaded", entry.Message);
        Assert.IsNull(entry.Exception);
    }

    [TestMethod]
    public void Missing_parts_of_a_line_are_null()
    {
        var entry = SystemTextLineParser.Parse("2026-11-23T15:06:10.0000000Z [CRT] - [0] ", "");
        Assert.AreEqual("Critical", entry.Level);
        Assert.IsNull(entry.TraceId);
        Assert.AreEqual("", entry.Category);
        Assert.AreEqual(0, entry.EventId);
        Assert.IsNull(entry.EventName);
        Assert.AreEqual("", entry.Message);
    }

    [TestMethod]
    public void The_lines_of_an_exception_come_without_their_tabs()
    {
        var entry = SystemTextLineParser.Parse(Line + "\n\tX: no\n\t   at A()\n\t", "");
        Assert.AreEqual("X: no\n   at A()\n", entry.Exception);
        Assert.AreEqual("Track 5/100 [x] downloaded", entry.Message);
    }

    [TestMethod]
    public void The_rest_of_an_exception_has_only_an_exception()
    {
        var entry = SystemTextLineParser.Parse("\t   at B()\n\t   at C()", "");
        Assert.AreEqual("   at B()\n   at C()", entry.Exception);
        Assert.AreEqual("\t   at B()\n\t   at C()", entry.Text);
        Assert.IsNull(entry.Timestamp ?? (object?)entry.Level ?? entry.Category ?? entry.Message);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("some text of another program that is longer than the head of a line")]
    [DataRow("2026-11-23T15:06:10.1234567Z [INF] - Zotify.Sy")]
    [DataRow("2026-11-23T15:06:10.1234567Z [INF] - Zotify.Sync[7:Na")]
    [DataRow("2026-11-23T15:06:10.1234567Z [INF] - Zotify.Sync[x] m")]
    [DataRow("2026-11-23T15:06:10.1234567Z [XXX] - Zotify.Sync[7] m")]
    [DataRow("2026-13-23T15:06:10.1234567Z [INF] - Zotify.Sync[7] m")]
    [DataRow("2026-11-23T15:06:10.1234567Z [INF] -")]
    [DataRow("2026-11-23T15:06:10.1234567Z [INF] ]  [")]
    public void Other_text_is_kept_as_text(string text)
    {
        var entry = SystemTextLineParser.Parse(text, "");
        Assert.AreEqual(new SystemLogEntry("", text), entry);
    }
}
