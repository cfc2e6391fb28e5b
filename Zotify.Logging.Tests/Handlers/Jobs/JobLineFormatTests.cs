using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Formats;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Handlers.Jobs;

[TestClass]
public sealed class JobLineFormatTests
{
    [TestMethod]
    public void The_keys_come_in_the_order_of_the_schema()
    {
        var record = new LogRecord
        {
            Timestamp = Some.Time,
            Level = LogLevel.Error,
            Category = "Shop.Import",
            EventId = new EventId(7, "job.failed"),
            Message = "Row 5/100 failed",
            Properties = [new("Done", 5), new("Total", 100L), new("row", "x")],
            Scope = [new("JobId", "j1"), new("job_type", "import"), new("tenant", "t1")],
            Exception = "System.Exception: no",
            TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
            SpanId = "00f067aa0ba902b7",
        };
        Assert.AreEqual(
            """
            {"timestamp":"2026-11-23T15:06:10.0000000Z","job_id":"j1","job_type":"import","level":"Error","category":"Shop.Import","event_id":7,"event_name":"job.failed"
            ,"message":"Row 5/100 failed","exception":"System.Exception: no","progress_done":5,"progress_total":100,"properties":{"Done":5,"Total":100,"row":"x"}
            ,"scope":{"tenant":"t1"},"seq":17,"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7","instance":"m/app"}
            """.ReplaceLineEndings(""),
            Line(record));
    }

    [TestMethod]
    [DataRow("done", "total")]
    [DataRow("Completed", "Total")]
    [DataRow("ProgressDone", "progress-total")]
    public void Progress_has_several_names(string done, string total)
    {
        var line = JsonElement.Parse(Line(Some.Record(properties: [("job_id", "j"), (done, 3), (total, "4")])));
        Assert.AreEqual(3, line.GetProperty("progress_done").GetInt64());
        Assert.AreEqual(4, line.GetProperty("progress_total").GetInt64());
    }

    [TestMethod]
    [DataRow("soon")]
    [DataRow(-1)]
    [DataRow(1.5)]
    [DataRow(true)]
    [DataRow(1e30)]
    [DataRow(null)]
    public void Only_whole_numbers_are_progress(object? done) =>
        Assert.DoesNotContain("progress_done", Line(Some.Record(properties: [("job_id", "j"), ("done", done)])), StringComparison.Ordinal);

    [TestMethod]
    public void A_long_id_is_shortened_and_one_of_null_is_kept()
    {
        var line = JsonElement.Parse(Line(Some.Record(properties: ("job_id", new string('x', 200)))));
        Assert.AreEqual(128, line.GetProperty("job_id").GetString()!.Length);
        StringAssert.StartsWith(line.GetProperty("job_id").GetString(), new string('x', 111) + "~", StringComparison.Ordinal);
        Assert.AreEqual("(null)", JsonElement.Parse(Line(Some.Record(properties: ("job_id", null)))).GetProperty("job_id").GetString());
    }

    private static string Line(LogRecord record)
    {
        var output = new ArrayBufferWriter<byte>();
        new JobLineFormat("m/app", () => "job_id").Write(record, 17, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
