using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Formats;

namespace Zotify.Logging.Tests.Handlers.System;

[TestClass]
public sealed class SystemJsonLineFormatTests
{
    [TestMethod]
    public void A_line_has_all_facts_in_a_fixed_order() => Assert.AreEqual(
        """
        {"timestamp":"2026-11-23T15:06:10.1234567Z","level":"Warning","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7",
        "category":"Zotify.Sync","event_id":7,"event_name":"track.done","message":"Track 5 of \"Ünder\" done","exception":"X: no\n   at A()",
        "job_id":"j1","properties":{"track":5,"title":"Ünder"},"scope":{"user_id":"u1"},"instance":"host/app"}
        """.ReplaceLineEndings("") + "\n",
        Format(new LogRecord
        {
            Timestamp = new DateTimeOffset(2026, 11, 23, 17, 6, 10, TimeSpan.FromHours(2)).AddTicks(1234567),
            Level = LogLevel.Warning,
            Category = "Zotify.Sync",
            EventId = new EventId(7, "track.done"),
            TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
            SpanId = "00f067aa0ba902b7",
            Message = "Track 5 of \"Ünder\" done",
            Exception = "X: no\n   at A()",
            Properties = [new("track", 5), new("title", "Ünder")],
            Scope = [new("user_id", "u1"), new("JobId", "j1")],
        }));

    [TestMethod]
    public void Empty_parts_are_left_out() => Assert.AreEqual(
        """{"timestamp":"2026-11-23T15:06:10.0000000Z","level":"Information","category":"","instance":"host/app"}""" + "\n",
        Format(SystemLogFolder.Record("", category: "")));

    [TestMethod]
    [DataRow(LogLevel.None, "Critical")]
    [DataRow((LogLevel)(-1), "Trace")]
    public void A_value_that_is_no_level_becomes_the_nearest_one(LogLevel level, string name) =>
        StringAssert.Contains(Format(SystemLogFolder.Record("m", level: level)), $"\"level\":\"{name}\"", StringComparison.Ordinal);

    [TestMethod]
    public void The_job_is_found_by_its_configured_name_and_shortened_as_in_its_log()
    {
        var record = new LogRecord
        {
            Timestamp = SystemLogFolder.Time,
            Level = LogLevel.Information,
            Category = "c",
            Properties = [new("import", new string('j', 200)), new("job_id", "other")],
        };
        var line = JsonElement.Parse(Format(record, "import"));
        Assert.AreEqual(128, line.GetProperty("job_id").GetString()!.Length);
        Assert.AreEqual("""{"job_id":"other"}""", line.GetProperty("properties").GetRawText(), "another name is an ordinary property");
    }

    [TestMethod]
    public void No_value_ends_the_line()
    {
        const string Forged = "x\r\n2026-11-23T15:06:10.0000000Z [CRT] - a[0] b\u0085\u2028\u2029\u001b\"}\n{\"timestamp\":\"";
        var line = Format(new LogRecord
        {
            Timestamp = SystemLogFolder.Time,
            Level = LogLevel.Information,
            Category = Forged,
            EventId = new EventId(1, Forged),
            Message = Forged,
            Exception = Forged,
            TraceId = Forged,
            Properties = [new(Forged, Forged)],
            Scope = [new(Forged, Forged)],
        });
        Assert.IsFalse(line[..^1].Any(c => char.IsControl(c) || c is '\u2028' or '\u2029'), line);
        Assert.AreEqual(Forged, JsonElement.Parse(line).GetProperty("message").GetString());
    }

    private static string Format(LogRecord record, string jobKey = "job_id")
    {
        var output = new ArrayBufferWriter<byte>();
        new SystemJsonLineFormat("host/app", () => jobKey).Write(record, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
