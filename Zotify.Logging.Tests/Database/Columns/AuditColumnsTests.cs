using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Zotify.Logging.AspNetCore.Endpoints.Audit;
using Zotify.Logging.Database;
using Zotify.Logging.Formats;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Database.Columns;

[TestClass]
public sealed class AuditColumnsTests : LineColumnsContract<AuditEventRow>
{
    private static readonly string[] OfTheChain = ["key_id", "hash"];

    private protected override string Table => "audit_events";

    private protected override IReadOnlyList<LineColumn<AuditEventRow>> LineColumns => AuditEventRow.Columns;

    private protected override string Given => "row_id";

    private protected override SqlTable<AuditEventRow> Written => SqlTables.AuditEvents;

    private protected override string Selected => AuditRowReader.Columns;

    [TestMethod]
    public void The_export_has_every_column_and_every_value()
    {
        var output = new ArrayBufferWriter<byte>();
        var csv = new AuditCsv();
        csv.WriteStart(output);
        csv.Write(AuditEvent.Of(Parse(FullLine(), journalId: 3), Guid.CreateVersion7(Some.Time)), output);
        var rows = Encoding.UTF8.GetString(output.WrittenSpan).Split("\r\n");
        // The table has the number of the journal, which is that database's alone; the export has the journal's own id.
        var names = Names.Select(name => name == "journal_id" ? "journal" : name).ToArray();
        CollectionAssert.AreEquivalent(names, rows[0].TrimStart('\uFEFF').Split(','));
        Assert.DoesNotContain(",,", rows[1]);
    }

    [TestMethod]
    public void The_writer_writes_every_column_but_those_of_the_chain()
    {
        var output = new ArrayBufferWriter<byte>();
        new AuditLineFormat("m/app").Write(
            new LogRecord
            {
                Timestamp = Some.Time, Level = LogLevel.Warning, Category = "c", EventId = new EventId(7, "e"), Message = "m",
                Properties = [new("user_id", "u42"), new("a", 1)], Scope = [new("source_ip", "::1"), new("b", 2)], Exception = "x",
                TraceId = new string('a', 32), SpanId = new string('b', 16),
            },
            17, output);
        var written = JsonElement.Parse(Encoding.UTF8.GetString(output.WrittenSpan)).EnumerateObject().Select(field => field.Name);
        CollectionAssert.AreEquivalent(Names.Except(OfTheChain).Except(["journal_id"]).ToArray(), written.ToArray());
    }

    [TestMethod]
    public void A_reader_counts_the_columns_of_the_table() => Assert.AreEqual(Names.Length + 1, AuditRowReader.Count);

    private protected override AuditEventRow NewRow() => new(journalId: 0, seq: 0);

    private protected override AuditEventRow Parse(JournalLine line, long journalId) => AuditLine.Parse(line, journalId);
}
