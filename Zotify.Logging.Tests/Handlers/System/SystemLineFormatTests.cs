using System.Buffers;
using System.Text;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Provider.Capture;
using Zotify.Logging.Provider.Handlers.System;
using Zotify.Logging.Provider.Queries.SystemLog;

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
    public void What_is_missing_keeps_its_place() =>
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
            Format(SystemLogFolder.Record("m", category: "a b", eventId: new EventId(0, "[x]"))), @"a\x20b[0:\x5bx\x5d] m" + "\n", StringComparison.Ordinal);
    }

    [TestMethod]
    public void The_lines_of_an_exception_follow_each_after_a_tab()
    {
        var text = Format(SystemLogFolder.Record("failed", "X: \u001bno\r\n   at A()\n\tat B()\n\nend\r"));
        Assert.AreEqual(@"failed|	X: \x1bno|	   at A()|	\tat B()|	|	end\r|", SystemLogFolder.Message(text).Replace('\n', '|'));
    }

    [TestMethod]
    public void No_value_can_forge_a_line()
    {
        var random = new Random(2026);
        for (var round = 0; round < 5_000; round++)
        {
            var exception = random.Next(2) == 0 ? null : Hostile(random);
            var record = SystemLogFolder.Record(
                Hostile(random), exception, LogLevel.Error, Hostile(random), Hostile(random), eventId: new EventId(random.Next(), Hostile(random)));
            var bytes = Bytes(record);
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);

            var lines = text.Split('\n');
            Assert.AreEqual("", lines[^1], "the last line ends too");
            Assert.AreEqual(string.IsNullOrEmpty(exception) ? 0 : exception.Split('\n').Length, lines.Length - 2, text);
            Assert.IsFalse(lines[0].Any(c => char.IsControl(c) || c is '\u2028' or '\u2029'), text);
            foreach (var line in lines[1..^1])
            {
                Assert.IsTrue(line.StartsWith('\t'), text);
                Assert.IsFalse(line[1..].Any(c => char.IsControl(c) || c is '\u2028' or '\u2029'), text);
            }

            var entry = SystemLineParser.Parse(SystemLineParser.Decode(bytes), "");
            Assert.AreEqual(record.Timestamp, entry.Timestamp);
            Assert.AreEqual("Error", entry.Level);
            Assert.AreEqual(LineEscaper.Name(record.Category), entry.Category);
            Assert.AreEqual(record.EventId.Id, entry.EventId);
            Assert.AreEqual(record.EventId.Name!.Length == 0 ? null : LineEscaper.Name(record.EventId.Name), entry.EventName);
            Assert.AreEqual(record.TraceId!.Length == 0 ? null : LineEscaper.Name(record.TraceId), entry.TraceId ?? (record.TraceId == "-" ? "-" : null));
        }
    }

    private static string Hostile(Random random)
    {
        string[] pieces =
        [
            "\n", "\r", "\r\n", "\t", " ", "[", "]", "] ", ":", "-", "\\", "\u0000", "\u001b[2J", "\u007f", "\u0085", "\u009b", "\u2028", "\u2029",
            "\u00a0", "\u3000", "\ud83c", "\udfb5", "🎵", "\ufeff", "x", "7", "\n2026-11-23T15:06:10.0000000Z [CRT] - Forged[0] line",
        ];
        return string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => pieces[random.Next(pieces.Length)]));
    }

    private static string Format(LogRecord record) => Encoding.UTF8.GetString(Bytes(record));

    private static ReadOnlySpan<byte> Bytes(LogRecord record)
    {
        var output = new ArrayBufferWriter<byte>();
        SystemLineFormat.Write(record, output);
        return output.WrittenSpan;
    }
}
