using System.Globalization;
using System.Text;
using System.Text.Json;
using Zotify.Logging.Database;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;

namespace Zotify.Logging.Tests.Database.Columns;

/// <summary>A line that is read in one pass has the row that its object has, and whatever is unusual is read as an object.</summary>
[TestClass]
public sealed class LineParserTests
{
    private const string Audit =
        """
        {"timestamp":"2026-11-23T15:06:10.1234567Z","event_type":"user.login","user_id":"u42","details":{"source":"web","n":[1,{"a":"é"}]},"seq":17,"id":"0198c7f3-1111-7222-8333-444455556666","level":"Information","category":"Shop","event_id":1001,"message":"User \"u42\"\nlogged in","source_ip":"192.0.2.7","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7","instance":"host/shop","hash":"9bFhkd4cYwKx2nqvT0mJ8sRZpLe5uAiGtX3oWyB7rQE"}
        """;

    private const string Job =
        """
        {"timestamp":"2026-11-23T15:06:10.1234567Z","job_id":"sync-1","job_type":"sync","level":"Warning","category":"Shop","event_id":7,"event_name":"Downloaded","message":"Track 5/100","progress_done":5,"progress_total":100,"properties":{"done":5},"scope":{"x":1},"seq":17,"instance":"host/shop"}
        """;

    /// <summary>What each of these makes of a usual line is unusual.</summary>
    private static readonly Func<string, string>[] Edits =
    [
        line => line.Replace("\"level\"", "\"\\u006cevel\"", StringComparison.Ordinal),
        line => line.Replace("\"category\":\"Shop\"", "\"category\":\"Shop\",\"category\":\"Bank\"", StringComparison.Ordinal),
        line => line.Replace("\"category\":\"Shop\"", "\"category\":null", StringComparison.Ordinal),
        line => line.Replace("\"category\":\"Shop\",", "", StringComparison.Ordinal),
        line => line.Replace("\"category\":\"Shop\"", "\"category\":5", StringComparison.Ordinal),
        line => line.Replace("\"instance\":\"host/shop\"", "\"instance\":null", StringComparison.Ordinal),
        line => line.Replace("\"instance\":\"host/shop\"", "\"instance\":\"\\ud800\"", StringComparison.Ordinal),
        line => line.Replace("2026-11-23T15:06:10.1234567Z", "yesterday", StringComparison.Ordinal),
        line => line.Replace("\"event_id\":7", "\"event_id\":5000000000", StringComparison.Ordinal),
        line => line.Replace("\"event_id\":1001", "\"event_id\":\"1001\"", StringComparison.Ordinal),
        line => line.Replace("\"progress_done\":5", "\"progress_done\":5.5", StringComparison.Ordinal),
        line => line.Replace("\"properties\":{\"done\":5}", "\"properties\":[1]", StringComparison.Ordinal),
        line => line.Replace("\"details\":{", "\"details\":null,\"more\":{", StringComparison.Ordinal),
        line => line.Replace("0198c7f3-1111-7222-8333-444455556666", "0198c7f3111172228333444455556666", StringComparison.Ordinal),
        line => line.Replace("0198c7f3-1111-7222-8333-444455556666", "no id", StringComparison.Ordinal),
        line => line.Replace("\"job_type\":\"sync\"", "\"job_type\":7", StringComparison.Ordinal),
        line => line + "x",
        line => line[..^1],
        line => $"[{line}]",
        _ => "",
    ];

    [TestMethod]
    public void Usual_lines_are_read_in_one_pass()
    {
        string[] fits =
        [
            "2026-11-23T15:06:10Z", "2026-11-23T17:06:10+02:00", new string('x', 300), "\u0000", "é\\u00e9😀", "", "a ", "sync-1\\t",
        ];
        var audits = AuditLine.Parser();
        var jobs = JobLine.Parser();
        AssertSame(Audit, audits, isUsual: true);
        foreach (var text in fits)
        {
            var escaped = text.Replace("\0", "\\u0000", StringComparison.Ordinal);
            AssertSame(Audit.Replace("\"Shop\"", $"\"{escaped}\"", StringComparison.Ordinal), audits, isUsual: true);
            AssertSame(Job.Replace("\"sync-1\"", $"\"{escaped}\"", StringComparison.Ordinal), jobs, isUsual: true);
            AssertSame(Job.Replace("\"job_type\":\"sync\"", $"\"job_type\":\"{escaped}\"", StringComparison.Ordinal), jobs, isUsual: true);
            // Once more, when the parser knows the text.
            AssertSame(Job.Replace("\"sync-1\"", $"\"{escaped}\"", StringComparison.Ordinal), jobs, isUsual: true);
        }

        AssertSame(Job.Replace(",\"job_type\":\"sync\"", "", StringComparison.Ordinal), jobs, isUsual: true);
        AssertSame(Job.Replace("15:06:10.1234567Z", "15:06:10.5Z", StringComparison.Ordinal), jobs, isUsual: true);
    }

    [TestMethod]
    public void Unusual_lines_are_read_as_ever()
    {
        var (audits, jobs) = (AuditLine.Parser(), JobLine.Parser());
        foreach (var edit in Edits)
        {
            if (edit(Audit) != Audit) AssertSame(edit(Audit), audits, isUsual: false);
            if (edit(Job) != Job) AssertSame(edit(Job), jobs, isUsual: false);
        }

        // Not UTF-8, in a text and in an object that is copied.
        foreach (var mark in (string[])["Shop", "web"])
        {
            var line = Encoding.UTF8.GetBytes(Audit);
            line[Encoding.UTF8.GetByteCount(Audit[..Audit.IndexOf(mark, StringComparison.Ordinal)])] = 0xFF;
            AssertSame(line, audits, isUsual: false);
        }
    }

    [TestMethod]
    public void Lines_with_random_changes_are_read_as_ever()
    {
        var random = new Random(20);
        var (audits, jobs) = (AuditLine.Parser(), JobLine.Parser());
        for (var i = 0; i < 20_000; i++)
        {
            var line = Encoding.UTF8.GetBytes(i % 2 == 0 ? Audit : Job);
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                line[random.Next(line.Length)] = (byte)(random.Next(4) == 0 ? random.Next(256) : "\"\\{}[]:,0u "[random.Next(11)]);
            if (i % 2 == 0) AssertSame(line, audits, isUsual: null);
            else AssertSame(line, jobs, isUsual: null);
        }
    }

    private static void AssertSame<TRow>(string line, LineParser<TRow> parser, bool? isUsual) =>
        AssertSame(Encoding.UTF8.GetBytes(line), parser, isUsual);

    private static void AssertSame<TRow>(byte[] utf8, LineParser<TRow> parser, bool? isUsual)
    {
        var line = new JournalLine(17, utf8, 1, 1);
        var text = Encoding.Latin1.GetString(utf8);
        if (parser is LineParser<AuditEventRow> audits)
        {
            var row = new AuditEventRow(1, 17);
            var isRead = audits.TryParse(utf8, row);
            if (isUsual is { } expected) Assert.AreEqual(expected, isRead, text);
            if (isRead) Assert.AreEqual(Values(AuditEventRow.Columns, AuditLine.Parse(line, 1)), Values(AuditEventRow.Columns, row), text);
        }
        else if (parser is LineParser<JobLogRow> jobs)
        {
            var row = new JobLogRow(1, 17);
            var isRead = jobs.TryParse(utf8, row);
            if (isUsual is { } expected) Assert.AreEqual(expected, isRead, text);
            if (!isRead) return;
            var parsed = JobLine.Parse(line, 1);
            Assert.AreEqual(parsed.JobType, jobs.Further, text);
            Assert.AreEqual(Values(JobLogRow.Columns, parsed.Row), Values(JobLogRow.Columns, row), text);
        }
    }

    private static string Values<TRow>(IEnumerable<LineColumn<TRow>> columns, TRow row) => JsonSerializer.Serialize(
        columns.Select(column => string.Create(CultureInfo.InvariantCulture, $"{column.Name}={Text(column.Value(row))}")));

    private static string Text(object? value) => value switch
    {
        null => "NULL",
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
