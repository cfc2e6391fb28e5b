using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Database;
using Zotify.Logging.Formats;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Database.Columns;

[TestClass]
public sealed class JobLogColumnsTests : LineColumnsContract<JobLogRow>
{
    /// <summary>The type belongs to the job, and the scope stays in the journal.</summary>
    private static readonly string[] OfTheLine = ["job_type", "scope"];

    private protected override string Table => "job_logs";

    private protected override IReadOnlyList<LineColumn<JobLogRow>> LineColumns => JobLogRow.Columns;

    private protected override string Given => "id";

    private protected override SqlTable<JobLogRow> Written => SqlTables.JobLogs;

    private protected override string Selected => JobLogRowReader.Columns;

    [TestMethod]
    public void An_answer_has_every_column_and_every_value()
    {
        var row = Parse(FullLine(), journalId: 3);
        row.Id = 1;
        var entry = JobLogs.ToEntry(row, Guid.CreateVersion7(Some.Time));
        var properties = typeof(JobLogEntry).GetProperties();
        Assert.HasCount(Names.Length + 1, properties);
        foreach (var property in properties) Assert.IsNotNull(property.GetValue(entry), property.Name);
    }

    [TestMethod]
    public void The_writer_writes_every_column()
    {
        var output = new ArrayBufferWriter<byte>();
        new JobLineFormat("m/app", () => "job_id").Write(
            new LogRecord
            {
                Timestamp = Some.Time, Level = LogLevel.Warning, Category = "c", EventId = new EventId(7, "e"), Message = "m",
                Properties = [new("done", 1), new("total", 2)],
                Scope = [new("job_id", "j"), new("job_type", "t"), new("b", 2)], Exception = "x",
                TraceId = new string('a', 32), SpanId = new string('b', 16),
            },
            17, output);
        var written = JsonElement.Parse(Encoding.UTF8.GetString(output.WrittenSpan)).EnumerateObject().Select(field => field.Name);
        CollectionAssert.AreEquivalent(Names.Except(["journal_id"]).Concat(OfTheLine).ToArray(), written.ToArray());
    }

    private protected override JobLogRow NewRow() => new(journalId: 0, seq: 0);

    private protected override JobLogRow Parse(JournalLine line, long journalId) => JobLine.Parse(line, journalId).Row;
}
