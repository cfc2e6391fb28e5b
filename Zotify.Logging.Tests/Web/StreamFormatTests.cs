using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Zotify.Logging.AspNetCore.Streams;
using Zotify.Logging.Queries;

namespace Zotify.Logging.Tests.Web;

[TestClass]
public sealed class StreamFormatTests
{
    private static readonly StreamGap Gap = new("from", "to", null, new DateTimeOffset(2026, 11, 23, 15, 6, 10, TimeSpan.Zero));

    [TestMethod]
    [DataRow("text/plain", "--- lines are missing here, they are gone: from from to to (2026-11-23T15:06:10.0000000Z) ---\n")]
    [
        DataRow(
            "application/x-ndjson",
            "{\"event\":\"gap\",\"position\":\"to\",\"from\":\"from\",\"to\":\"to\",\"to_time\":\"2026-11-23T15:06:10.0000000Z\"}\n")
    ]
    [
        DataRow(
            "text/event-stream",
            "id: to\nevent: gap\ndata: {\"from\":\"from\",\"to\":\"to\",\"to_time\":\"2026-11-23T15:06:10.0000000Z\"}\n\n")
    ]
    public void A_gap_has_its_range(string type, string expected) =>
        Assert.AreEqual(expected, Text(output => Format(type).WriteGap(Gap, output)));

    [TestMethod]
    [DataRow("text/plain", "\n")]
    [DataRow("application/x-ndjson", "\n")]
    [DataRow("text/event-stream", ": heartbeat\nid: place\n\n")]
    public void A_heartbeat_is_sent_in_every_format(string type, string expected) =>
        Assert.AreEqual(expected, Text(output => Format(type).WriteHeartbeat("place", output)));

    [TestMethod]
    [DataRow("text/plain", "")]
    [DataRow("application/x-ndjson", "")]
    [DataRow("text/event-stream", "id: place\n\n")]
    public void The_first_block_is_the_position_alone(string type, string expected) => Assert.AreEqual(
        expected, Text(output => Format(type).Write(LogSubscription<string>.FirstBlock("place"), (_, _, _) => { }, output)));

    [TestMethod]
    public void A_block_that_many_get_is_written_once_a_format()
    {
        var written = 0;
        var shared = new LogBlock<string>("0", "2", [new Line("1", "one"), new Line("2", "two")], 2).Share();
        foreach (var type in new[] { "text/plain", "text/event-stream", "text/plain", "text/event-stream" })
        {
            var text = Text(output => Format(type).Write(shared, (item, format, to) =>
            {
                written++;
                format.WriteEntry("p", ((Line)item).Text, new { item = ((Line)item).Text }, to);
            }, output));
            Assert.AreEqual(
                type == "text/plain" ? "one\ntwo\n" : "id: p\ndata: {\"item\":\"one\"}\n\nid: p\ndata: {\"item\":\"two\"}\n\n", text);
        }

        Assert.AreEqual(4, written);
    }

    [TestMethod]
    public void An_item_is_written_once_for_all_who_want_it()
    {
        var written = 0;
        var shared = new LogBlock<string>("0", "3", [new Line("1", "one"), new Line("2", "two"), new Line("3", "three")], 3).Share();
        string Write(LogBlock<string> block) => Text(output => Format("text/plain").Write(block, (item, format, to) =>
        {
            written++;
            format.WriteEntry(item.Cursor, ((Line)item).Text, item, to);
        }, output));
        Assert.AreEqual("one\nthree\n", Write(shared.Pick(i => i != 1)));
        Assert.AreEqual("three\n", Write(shared.Pick(i => i == 2)));
        Assert.AreEqual(2, written);
        Assert.AreEqual("one\ntwo\nthree\n", Write(shared));
        Assert.AreEqual(5, written);
        Assert.AreEqual("two\nthree\n", Write(shared.Pick(i => i > 0)));
        Assert.AreEqual("", Write(shared.Pick(_ => false)));
        Assert.AreEqual(5, written);
    }

    private sealed record Line(string Cursor, string Text) : LogItem<string>(Cursor);

    private static StreamFormat Format(string type)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Accept = type;
        return StreamFormat.For(context.Request)!;
    }

    private static string Text(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
