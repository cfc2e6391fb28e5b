using System.Text;
using Zotify.Logging.AspNetCore.Sources;
using Zotify.Logging.AspNetCore.Streams;
using Zotify.Logging.Handlers;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Web.Sources;

/// <summary>Items come out of a pack as they went in.</summary>
[TestClass]
public sealed class PackedLinesTests
{
    private const string Json = """
        {"timestamp":"2026-11-23T15:06:10.1234567Z","level":"Warning","category":"Shop","event_id":7,"message":"Größe \"XL\" 😀","job_id":"j1","properties":{"a":[1,null,"\u0001"]},"instance":"web-2"}
        """;

    private static readonly string[] Lines =
    [
        "2026-11-23T15:06:10.1234567Z [INF] - Shop.Orders[0] Order 7 is sent",
        "2026-11-23T15:06:10.1234567Z [ERR] 0af7651916cd43dd8448eb211c80319c Shop[3:Sent] Größe 😀\n\tSystem.Exception: no\n\t   at X",
        "\t   at the rest of an exception",
        "any other text",
        "",
        Json,
        "{not JSON}",
    ];

    [TestMethod]
    public void Lines_come_out_as_they_were()
    {
        var items = Lines.Select(LogItem<SystemLogEntry> (line, i) => SystemLineParser.WithText(
            SystemLineParser.Parse(Encoding.UTF8.GetBytes($"{line}\n"), $"cursor {i}", null))).ToList();
        Assert.AreEqual(SystemLogFormat.Json, ((SystemLogEntry)items[5]).Format);
        items.Add(new LogGap<SystemLogEntry>("1", "2") { FromTime = Some.Time });
        // Of another version, which writes text in another way.
        items.Add(new SystemLogEntry("3", "its text") { Timestamp = Some.Time, Level = "Error", Category = "C", EventId = 1, Message = "m" });
        var packed = PackedLines.Of(items);
        for (var i = 0; i < items.Count; i++) Assert.AreEqual(Written(items[i]), Written(packed.Read(i, items[i].Cursor)));
    }

    /// <summary>Everything of it, in a form that compares by value.</summary>
    private static string Written(LogItem<SystemLogEntry> item)
    {
        if (item is not SystemLogEntry entry) return item.ToString();
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        StreamJson.Write(entry, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
