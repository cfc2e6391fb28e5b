using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Formats;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Handlers.Audit;

[TestClass]
public sealed partial class AuditLineFormatTests
{
    private static readonly LogRecord Full = new()
    {
        Timestamp = Some.Time.AddTicks(1_234_567),
        Level = LogLevel.Warning,
        Category = "Shop.Orders",
        EventId = new EventId(1001, "user.login"),
        Message = "User u42 logged in",
        Properties = [new("UserId", "u42"), new("source", "web"), new("amount", 12.50m), new("password", "[REDACTED]")],
        Scope = [new("SourceIp", "10.0.0.7"), new("tenant", "t1")],
        Exception = "System.Exception: no\n   at Somewhere",
        TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        SpanId = "00f067aa0ba902b7",
    };

    [TestMethod]
    public void The_keys_come_in_the_order_of_the_schema() => Assert.AreEqual(
        """
        {"timestamp":"2026-11-23T15:06:10.1234567Z","event_type":"user.login","user_id":"u42","details":{"source":"web","amount":12.50,"password":"[REDACTED]"}
        ,"scope":{"tenant":"t1"},"seq":17,"id":"<id>","level":"Warning","category":"Shop.Orders","event_id":1001,"message":"User u42 logged in"
        ,"exception":"System.Exception: no\n   at Somewhere","source_ip":"10.0.0.7","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7","instance":"m/app"}
        """.ReplaceLineEndings(""),
        Line(Full));

    [TestMethod]
    public void Empty_fields_are_left_out_and_an_event_without_a_name_is_its_number() => Assert.AreEqual(
        """{"timestamp":"2026-11-23T15:06:10.0000000Z","event_type":"1500","seq":17,"id":"<id>","level":"Information","category":"Zotify.Tests","event_id":1500,"message":"m","instance":"m/app"}""",
        Line(Some.Record("m", eventId: new EventId(1500))));

    [TestMethod]
    public void The_calls_own_user_wins_and_the_scopes_stays_where_it_was()
    {
        var line = JsonElement.Parse(Line(new LogRecord
        {
            Timestamp = Some.Time,
            Level = LogLevel.Information,
            Category = "c",
            Properties = [new("user_id", 7)],
            Scope = [new("user_id", "of the scope")],
        }));
        Assert.AreEqual("7", line.GetProperty("user_id").GetString());
        Assert.AreEqual("of the scope", line.GetProperty("scope").GetProperty("user_id").GetString());
    }

    [TestMethod]
    public void If_names_mean_the_same_the_innermost_scope_wins_and_the_others_stay()
    {
        var line = JsonElement.Parse(Line(new LogRecord
        {
            Timestamp = Some.Time,
            Level = LogLevel.Information,
            Category = "c",
            Properties = [new("SourceIp", "10.0.0.7"), new("source-ip", "10.0.0.8")],
            Scope = [new("UserId", "outer"), new("user_id", "inner")],
        }));
        Assert.AreEqual("inner", line.GetProperty("user_id").GetString());
        Assert.AreEqual("outer", line.GetProperty("scope").GetProperty("UserId").GetString());
        Assert.AreEqual("10.0.0.7", line.GetProperty("source_ip").GetString());
        Assert.AreEqual("10.0.0.8", line.GetProperty("details").GetProperty("source-ip").GetString());
    }

    [TestMethod]
    public void A_line_stays_one_line_whatever_is_in_it()
    {
        const string Hostile = "a\r\nb\u0085c\u2028d\u2029e\0f\u001b[31m\"\\";
        var line = Line(Some.Record(Hostile, properties: (Hostile, Hostile)));
        Assert.AreEqual(-1, line.IndexOfAny(['\r', '\n', '\u0085', '\u2028', '\u2029', '\0', '\u001b']));
        var read = JsonElement.Parse(line);
        Assert.AreEqual(Hostile, read.GetProperty("message").GetString());
        Assert.AreEqual(Hostile, read.GetProperty("details").GetProperty(Hostile).GetString());
    }

    [TestMethod]
    public void The_id_is_of_version_7_and_of_the_calls_time()
    {
        var id = JsonElement.Parse(Raw(Full)).GetProperty("id").GetGuid();
        Assert.AreEqual(7, id.Version);
        Assert.AreEqual(Full.Timestamp.ToUnixTimeMilliseconds(), Convert.ToInt64(id.ToString("N")[..12], 16));
    }

    private static string Line(LogRecord record) => Ids().Replace(Raw(record), "\"id\":\"<id>\"");

    private static string Raw(LogRecord record)
    {
        var output = new ArrayBufferWriter<byte>();
        new AuditLineFormat("m/app").Write(record, 17, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    [GeneratedRegex("\"id\":\"[0-9a-f-]{36}\"")]
    private static partial Regex Ids();
}
