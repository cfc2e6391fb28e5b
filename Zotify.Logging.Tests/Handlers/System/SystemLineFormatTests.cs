using System.Buffers;
using System.Text;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Formats;

namespace Zotify.Logging.Tests.Handlers.System;

[TestClass]
public sealed class SystemLineFormatTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    [TestMethod]
    public void A_line_has_time_level_trace_category_event_and_message()
    {
        var record = new LogRecord
        {
            Timestamp = new DateTimeOffset(2026, 11, 23, 17, 6, 10, TimeSpan.FromHours(2)).AddTicks(1234567),
            Level = LogLevel.Information,
            Category = "Zotify.Sync",
            EventId = new EventId(7, "Name"),
            TraceId = Trace,
            Message = "Track 5/100 downloaded",
        };
        Assert.AreEqual($"2026-11-23T15:06:10.1234567Z [INF] {Trace} Zotify.Sync[7:Name] Track 5/100 downloaded\n", Format(record));
    }

    [TestMethod]
    public void Missing_parts_leave_a_hyphen_or_nothing() =>
        Assert.AreEqual("2026-11-23T15:06:10.0000000Z [INF] - [0] \n", Format(SystemLogFolder.Record("", category: "")));

    [TestMethod]
    [DataRow(LogLevel.Trace, "TRC")]
    [DataRow(LogLevel.Debug, "DBG")]
    [DataRow(LogLevel.Information, "INF")]
    [DataRow(LogLevel.Warning, "WRN")]
    [DataRow(LogLevel.Error, "ERR")]
    [DataRow(LogLevel.Critical, "CRT")]
    [DataRow(LogLevel.None, "CRT")]
    [DataRow((LogLevel)(-1), "TRC")]
    public void A_level_is_three_letters(LogLevel level, string code) =>
        StringAssert.Contains(Format(SystemLogFolder.Record("m", level: level)), $" [{code}] ", StringComparison.Ordinal);

    [TestMethod]
    public void An_event_is_in_brackets_with_its_name_where_it_has_one()
    {
        StringAssert.EndsWith(Format(SystemLogFolder.Record("m", eventId: -7)), "Zotify.Tests[-7] m\n", StringComparison.Ordinal);
        StringAssert.EndsWith(
            Format(SystemLogFolder.Record("m", category: "a b", eventId: new EventId(0, "[x]"))), @"a\x20b[0:\x5bx\x5d] m"
                + "\n", StringComparison.Ordinal);
    }

    [TestMethod]
    public void The_lines_of_an_exception_follow_each_after_a_tab()
    {
        var text = Format(SystemLogFolder.Record("failed", "X: \u001bno\r\n   at A()\n\tat B()\n\nend\r"));
        Assert.AreEqual(@"failed|	X: \x1bno|	   at A()|	\tat B()|	|	end\r|", SystemLogFolder.Message(text).Replace('\n', '|'));
    }

    private static string Format(LogRecord record) => Encoding.UTF8.GetString(Bytes(record));

    private static ReadOnlySpan<byte> Bytes(LogRecord record)
    {
        var output = new ArrayBufferWriter<byte>();
        new SystemLineFormat().Write(record, output);
        return output.WrittenSpan;
    }
}
