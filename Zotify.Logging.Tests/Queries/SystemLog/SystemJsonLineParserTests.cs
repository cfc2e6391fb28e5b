using System.Text;
using Zotify.Logging.Queries;

namespace Zotify.Logging.Tests.Queries.SystemLog;

[TestClass]
public sealed class SystemJsonLineParserTests
{
    private const string Head = """{"timestamp":"2026-11-23T15:06:10.1234567Z","level":"Warning","category":"Zotify.Sync" """;

    [TestMethod]
    public void A_line_gives_all_its_parts()
    {
        var entry = Parse(
            Head + """
            ,"event_id":7,"event_name":"Name","message":"a\nb","exception":"X","job_id":"j1","properties":{"n":1},"scope":{"user":"u"},"trace_id":"t","span_id":"s","instance":"host/app"}
            """ + "\n");
        Assert.AreEqual("position", entry.Cursor);
        Assert.AreEqual(new DateTimeOffset(2026, 11, 23, 15, 6, 10, TimeSpan.Zero).AddTicks(1234567), entry.Timestamp);
        Assert.AreEqual(
            ("Warning", "Zotify.Sync", 7, "Name", "a\nb"), (entry.Level, entry.Category, entry.EventId, entry.EventName, entry.Message));
        Assert.AreEqual(("X", "j1", "t", "s", "host/app"), (entry.Exception, entry.JobId, entry.TraceId, entry.SpanId, entry.Instance));
        Assert.AreEqual("""{"n":1} {"user":"u"}""", $"{entry.Properties!.Value.GetRawText()} {entry.Scope!.Value.GetRawText()}");
        Assert.AreEqual(@"2026-11-23T15:06:10.1234567Z [WRN] t Zotify.Sync[7:Name] a\nb" + "\n\tX", SystemLineParser.WithText(entry).Text);
    }

    [TestMethod]
    public void Missing_parts_are_as_in_a_line_of_text()
    {
        var entry = Parse(Head + "}");
        Assert.AreEqual((0, "", "other"), (entry.EventId, entry.Message, entry.Instance));
        Assert.IsNull(entry.EventName ?? entry.Exception ?? entry.JobId ?? entry.TraceId ?? entry.SpanId ?? (object?)entry.Properties ?? entry.Scope);
    }

    [TestMethod]
    public void Unknown_keys_are_ignored() => Assert.AreEqual("m", Parse(Head + ""","new":{"a":[1]},"message":"m","newer":[]}""").Message);

    [TestMethod]
    public void Lines_with_a_tab_behind_it_are_its_exception()
    {
        Assert.AreEqual("X: no\n   at A()", Parse(Head + "}\n\tX: no\n\t   at A()\n").Exception);
        Assert.AreEqual("X: no\n   at A()", Parse(Head + ""","exception":"X: no"}""" + "\n\t   at A()").Exception);
    }

    [TestMethod]
    [DataRow(",")]
    [DataRow("} ]")]
    [DataRow("} {}")]
    [DataRow(",\"message\":\"cut")]
    [DataRow(",\"message\":7}")]
    [DataRow(",\"message\":\"\\ud800\"}")]
    [DataRow(",\"properties\":{\"a\":\"\\ud800\"}}")]
    [DataRow(",\"properties\":{\"\\udc00\":1}}")]
    [DataRow(",\"properties\":[1]}")]
    [DataRow(",\"event_id\":\"7\"}")]
    [DataRow(",\"event_id\":7.5}")]
    [DataRow(",\"level\":\"Loud\"}")]
    [DataRow(",\"level\":\"None\"}")]
    [DataRow(",\"timestamp\":\"2026-13-23T15:06:10.1234567Z\"}")]
    public void What_is_no_such_line_is_kept_as_text(string rest)
    {
        var entry = Parse(Head + rest);
        Assert.AreEqual(new SystemLogEntry("position", Head + rest) { Instance = "other" }, entry);
        Assert.AreSame(entry, SystemLineParser.WithText(entry));
    }

    [TestMethod]
    [DataRow("{}")]
    [DataRow("""{"level":"Warning","timestamp":"2026-11-23T15:06:10.1234567Z","category":"c"}""")]
    [DataRow("""{"timestamp":"2026-11-23T15:06:10.1234567Z","category":"c"}""")]
    [DataRow("""{"timestamp":"2026-11-23T15:06:10.1234567Z","level":"Warning"}""")]
    public void An_object_of_another_program_is_kept_as_text(string line) =>
        Assert.AreEqual(new SystemLogEntry("position", line) { Instance = "other" }, Parse(line));

    [TestMethod]
    public void Bytes_that_are_no_utf8_are_kept_as_text() => Assert.IsNull(
        SystemLineParser.Parse([.. Encoding.UTF8.GetBytes(Head), .. ",\"message\":\""u8, 0xff, .. "\"}"u8], "", null).Timestamp);

    private static SystemLogEntry Parse(string line) => SystemLineParser.Parse(Encoding.UTF8.GetBytes(line), "position", "other");
}
