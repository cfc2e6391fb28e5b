using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Logging;
using Zotify.Logging.AspNetCore.Endpoints.Audit;
using Zotify.Logging.Database;
using Zotify.Logging.Formats;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;
using Zotify.Logging.Queries;
using Zotify.Logging.SqlServer;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Database;

/// <summary>
/// The columns of <c>audit_events</c> are declared once, in <see cref="AuditEventRow.Columns"/>. These tests find a column that somebody
/// adds there and forgets elsewhere.
/// </summary>
[TestClass]
public sealed partial class AuditColumnsTests
{
    private static readonly string[] OfTheJournal = ["journal_id", "seq"];
    private static readonly string[] OfTheChain = ["key_id", "hash"];

    private static string[] Names => [.. AuditEventRow.Columns.Select(column => column.Name)];

    [TestMethod]
    public void Every_property_of_the_row_is_a_column()
    {
        var properties = typeof(AuditEventRow)
            .GetProperties().Select(property => property.Name).Where(name => name != nameof(AuditEventRow.RowId));
        CollectionAssert.AreEqual(properties.Select(JsonNamingPolicy.SnakeCaseLower.ConvertName).ToArray(), Names);
    }

    [TestMethod]
    public void The_parser_fills_every_column_and_cuts_it_to_its_length()
    {
        var line = new Dictionary<string, object?>();
        foreach (var column in AuditEventRow.Columns) line[column.Name] = Sample(column);
        var row = AuditLine.Parse(Line(line), journalId: 3);
        foreach (var column in AuditEventRow.Columns)
        {
            var value = column.Value(row);
            Assert.IsNotNull(value, column.Name);
            Assert.AreEqual(column.Type, value.GetType(), column.Name);
            if (column.Length is { } length) Assert.AreEqual(length, ((string)value).Length, column.Name);
        }

        Assert.AreEqual((3L, 17L), (row.JournalId, row.Seq));
    }

    [TestMethod]
    public void A_column_gives_back_what_was_set_and_sets_no_other()
    {
        foreach (var column in AuditEventRow.Columns.Where(column => !OfTheJournal.Contains(column.Name)))
        {
            var row = new AuditEventRow(journalId: 0, seq: 0);
            var before = AuditEventRow.Columns.Select(other => other.Value(row)).ToArray();
            column.Parse(row, JsonSerializer.SerializeToElement(new Dictionary<string, object?> { [column.Name] = Sample(column) }));
            var changed = AuditEventRow.Columns.Where((other, i) => !Equals(other.Value(row), before[i])).Select(other => other.Name);
            Assert.AreEqual(column.Name, string.Join(' ', changed));
        }
    }

    [TestMethod]
    public void The_table_and_its_reader_have_every_column()
    {
        CollectionAssert.AreEquivalent(Names, SqlTables.AuditEvents.Columns.Select(column => column.Name).ToArray());
        Assert.AreEqual($"e.row_id, {string.Join(", ", Names.Select(name => $"e.{name}"))}", AuditRowReader.Columns);
        Assert.AreEqual(Names.Length + 1, AuditRowReader.Count);
    }

    [TestMethod]
    public void The_model_has_every_column_with_its_type_and_length()
    {
        using var context = new SqlServerDesignTimeFactory().CreateDbContext([]);
        var model = context.Model.FindEntityType(typeof(AuditEventRow))!.GetProperties()
            .Where(column => column.ValueGenerated == ValueGenerated.Never);
        CollectionAssert.AreEquivalent(
            AuditEventRow.Columns.Select(column => (column.Name, column.Type, column.Length)).ToArray(),
            model.Select(
                column => (
                    column.GetColumnName(),
                    Nullable.GetUnderlyingType(column.ClrType) ?? column.ClrType,
                    column.GetMaxLength())).ToArray());
    }

    [TestMethod]
    public void The_export_has_every_column_and_every_value()
    {
        var line = AuditEventRow.Columns.ToDictionary(column => column.Name, Sample);
        var output = new ArrayBufferWriter<byte>();
        var csv = new AuditCsv();
        csv.WriteStart(output);
        csv.Write(AuditEvent.Of(AuditLine.Parse(Line(line), journalId: 3), Guid.CreateVersion7(Some.Time)), output);
        var rows = Encoding.UTF8.GetString(output.WrittenSpan).Split("\r\n");
        // The table has the number of the journal, which is that database's alone; the export has the journal's own id.
        var names = Names.Select(name => name == "journal_id" ? "journal" : name).ToArray();
        CollectionAssert.AreEquivalent(names, rows[0].TrimStart('\uFEFF').Split(','));
        Assert.DoesNotContain(",,", rows[1]);
    }

    [TestMethod]
    public void The_document_has_every_column_with_its_type()
    {
        var document = File.ReadAllText(DocumentPath());
        var section = document[document.IndexOf("## audit_events\n", StringComparison.Ordinal)..];
        section = section[..section.IndexOf("\n## ", StringComparison.Ordinal)];
        var documented = Row().Matches(section).Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}");
        CollectionAssert.AreEqual(
            AuditEventRow.Columns.Select(column => $"{column.Name} {SqlType(column)}").Prepend("row_id bigint").ToArray(),
            documented.ToArray());
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

    private static JournalLine Line(Dictionary<string, object?> fields) =>
        new(17, JsonSerializer.SerializeToUtf8Bytes(fields), 1, 0);

    /// <summary>A value as a line has it. Texts are longer than any column.</summary>
    private static object? Sample(LineColumn<AuditEventRow> column) => column.Name switch
    {
        "details" or "scope" => new { a = 1 },
        _ when column.Type == typeof(Guid) => Guid.CreateVersion7(Some.Time),
        _ when column.Type == typeof(DateTime) => Some.Time,
        _ when column.Type == typeof(string) => new string('x', 1_000),
        _ => 17,
    };

    private static string SqlType(LineColumn<AuditEventRow> column) => column.Type switch
    {
        var type when type == typeof(string) => column.Length is { } length ? $"nvarchar({length})" : "nvarchar(max)",
        var type when type == typeof(Guid) => "uniqueidentifier",
        var type when type == typeof(DateTime) => "datetime2(7)",
        var type when type == typeof(int) => "int",
        _ => "bigint",
    };

    private static string DocumentPath([CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path)!, "../../docs/sql.md");

    [GeneratedRegex(@"^\| `(\w+)` \| ([\w()]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
