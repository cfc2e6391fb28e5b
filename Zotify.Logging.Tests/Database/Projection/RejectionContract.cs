using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Projection;
using Zotify.Logging.SqlServer;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Projection;

/// <summary>A line that the database refuses delays and loses no other, and is set aside.</summary>
public abstract class RejectionContract : StoreContract
{
    private const string Poison = "poison";

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(2, 2)]
    [DataRow(10, 1)]
    [DataRow(10, 10)]
    [DataRow(10, 4, 5)]
    [DataRow(4_500, 1, 2_000, 2_001, 3_333)]
    public async Task A_refused_row_is_set_aside_and_all_others_are_there_in_order(int lines, params int[] refused)
    {
        await Store.RefuseAsync(Poison);
        Journal.Append(Enumerable.Range(1, lines).Select(i => Lines.Job(message: refused.Contains(i) ? $"{Poison} {i}" : $"{i}")));

        await using var projector = Start(new JobProjection());
        await projector.CatchUpAsync(lines, Cancellation);

        var good = Enumerable.Range(1, lines).Except(refused).Select(i => $"{i}").ToArray();
        AssertSame((await JobRowsAsync()).ConvertAll(row => row.Message), good);
        if (good.Length > 0) Assert.AreEqual(good.Length, (await JobAsync()).Entries);
        AssertSame(SetAsideSeqs(), [.. refused.Select(seq => (long)seq)]);
        Assert.AreEqual(refused.Length, projector.Rejected);
        Assert.HasCount(refused.Length, Reports, string.Join('\n', Reports));
        Assert.AreEqual(0, Time.WaitCount, "it is no failure to wait after");
        Assert.IsNull(projector.LastError);
    }

    [TestMethod]
    [StandInLimit(StandIn.SeventhDigit)]
    public async Task No_value_is_refused_for_its_length_or_range()
    {
        var journal = new FakeJournal(new string('n', 200));
        var jobs = new FakeJournal(new string('o', 200));
        foreach (var time in (string[])["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "2026-11-23T12:00:00.123456789+14:00", "2026-11-23T12:00:00-14:00"])
        foreach (var number in (string[])["0", "-1", "2147483648", "9223372036854775807", "9223372036854775808", "1e400", "1.5", "null", "\"1\""])
        {
            var every = string.Join(
                ',',
                ((string[])["event_type", "user_id", "source_ip", "level", "category", "message", "exception", "trace_id", "span_id", "instance", "key_id", "hash",
                    "job_id", "job_type", "event_name"]).Select(name => $"\"{name}\":\"{new string('ü', 5_000)}\""));
            var line = $$"""
                {"timestamp":"{{time}}","id":"0195d8e4-0000-7000-8000-000000000000","event_id":{{number}},"progress_done":{{number}},"progress_total":{{number}},{{every}}}
                """;
            journal.Append(line);
            jobs.Append(line);
        }

        await using var audit = Start(new AuditProjection(), journal, instance: new string('i', 200));
        await using var other = Start(new JobProjection(), jobs, instance: new string('i', 200));
        await Task.WhenAll(audit.CatchUpAsync(journal.DurableSeq, Cancellation), other.CatchUpAsync(jobs.DurableSeq, Cancellation));

        Assert.AreEqual((0, 0), (audit.Rejected, other.Rejected));
        await Database.ReadTablesAsync(
            async (context, cancellation) =>
            {
                AssertFits(context, await context.AuditEvents.ToListAsync(cancellation), (int)journal.DurableSeq);
                AssertFits(context, await context.AuditCounts.ToListAsync(cancellation));
                AssertFits(context, await context.JobLogs.ToListAsync(cancellation), (int)jobs.DurableSeq);
                AssertFits(context, await context.Jobs.ToListAsync(cancellation), 1);
                AssertFits(context, await context.Journals.ToListAsync(cancellation), 2);
                return true;
            },
            Cancellation);
    }

    [TestMethod]
    public async Task Counts_leave_out_a_refused_event()
    {
        await Store.RefuseAsync(Poison);
        Journal.Append(Lines.Audit(message: "1"), Lines.Audit(message: Poison), Lines.Audit(message: "3"));

        await ProjectAsync(new AuditProjection());

        AssertSame((await AuditRowsAsync()).ConvertAll(row => row.Message), "1", "3");
        Assert.AreEqual(2, (await AuditCountsAsync()).Single().Count);
        AssertSame(SetAsideSeqs(), 2);
    }

    [TestMethod]
    public async Task An_entry_has_the_line_and_the_databases_reason()
    {
        await Store.RefuseAsync(Poison);
        var line = Lines.Job(message: $"{Poison} with \"quotes\" and ünïcödé\n", properties: new { a = 1 });
        Journal.Append(Lines.Job(), line);

        await ProjectAsync(new JobProjection());

        var entry = SetAside().Single();
        CollectionAssert.AreEqual(
            new[] { "timestamp", "seq", "journal", "reason", "line" }, entry.EnumerateObject().Select(property => property.Name).ToArray());
        Assert.AreEqual((2L, Journal.Id), (entry.GetProperty("seq").GetInt64(), entry.GetProperty("journal").GetGuid()));
        Assert.AreEqual(line, entry.GetProperty("line").GetRawText());
        Assert.Contains(Store.ReasonOfRefusal(Poison, "job_logs"), entry.GetProperty("reason").GetString()!);
        Assert.AreEqual(DateTimeKind.Utc, entry.GetProperty("timestamp").GetDateTime().Kind);
        Assert.AreEqual(
            "Line 2 of the journal fake.json cannot be in the database; it was set aside in fake.json.rejected.", Reports.Single().Message);
        Assert.Contains(Store.ReasonOfRefusal(Poison, "job_logs"), Reports.Single().Exception!.Message);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("no JSON")]
    [DataRow("[]")]
    [DataRow("{}")]
    [DataRow("""{"timestamp":"yesterday"}""")]
    [DataRow("""{"timestamp":17}""")]
    [DataRow("""{"timestamp":"2026-11-23T12:00:00.0000000Z","id":"no uuid","event_type":"e","level":"Information","instance":"i","job_id":7}""")]
    [DataRow("""{"timestamp":"2026-11-23T12:00:00.0000000Z","id":"0195d8e4-0000-7000-8000-000000000000","event_type":"\ud800","level":"Information","instance":"i","job_id":"\udc00"}""")]
    public async Task A_line_that_cannot_be_read_goes_the_same_way(string poison)
    {
        var jobs = new FakeJournal("jobs.json");
        Journal.Append(Lines.Audit(message: "1"), poison, Lines.Audit(message: "3"));
        jobs.Append(Lines.Job(message: "1"), poison, Lines.Job(message: "3"));

        await ProjectAsync(new AuditProjection());
        await ProjectAsync(new JobProjection(), jobs);

        AssertSame((await AuditRowsAsync()).ConvertAll(row => row.Message), "1", "3");
        AssertSame((await JobRowsAsync()).ConvertAll(row => row.Message), "1", "3");
        foreach (var entry in (JsonElement[])[SetAside().Single(), SetAside(jobs).Single()])
        {
            Assert.AreEqual(2, entry.GetProperty("seq").GetInt64());
            var line = entry.GetProperty("line");
            Assert.AreEqual(poison, line.ValueKind == JsonValueKind.Object ? line.GetRawText() : line.GetString());
        }

        Assert.HasCount(2, Reports);
        Assert.IsTrue(
            Reports.All(report => report.Message.StartsWith("Line 2 ", StringComparison.Ordinal) && report.Exception is not null));
        Assert.AreEqual(0, Time.WaitCount);
    }

    [TestMethod]
    [DataRow(Fault.WhenItBegins)]
    [DataRow(Fault.BeforeTheRows)]
    [DataRow(Fault.AfterTheRows)]
    [DataRow(Fault.BeforeTheCommit)]
    [DataRow(Fault.AfterTheCommit)]
    public async Task A_line_is_set_aside_once_though_every_third_transaction_fails(Fault fault)
    {
        await Store.RefuseAsync(Poison);
        var faults = new FaultyTransactions(fault, every: 3);
        Journal.Append(
            Enumerable.Range(1, 100).Select(i => i == 70 ? "no JSON" : Lines.Audit(message: i % 40 == 0 ? $"{Poison} {i}" : $"{i}")));

        await using var projector = Start(new FaultyProjection(new AuditProjection(), faults), database: Store.Open(faults));
        await projector.CatchUpAsync(100, Cancellation);

        AssertSame(SetAsideSeqs(), 40, 70, 80);
        Assert.AreEqual(3, projector.Rejected);
        AssertSame(
            (await AuditRowsAsync())
                .ConvertAll(row => row.Message), [.. Enumerable.Range(1, 100).Except([40, 70, 80]).Select(i => $"{i}")]);
        Assert.AreEqual(97, (await AuditCountsAsync()).Single().Count);
        Assert.IsGreaterThan(1, faults.Failures, "the fault was not injected");
    }

    [TestMethod]
    [DataRow(Fault.BeforeTheCommit)]
    [DataRow(Fault.AfterTheCommit)]
    public async Task A_line_is_set_aside_once_though_the_commit_behind_it_failed_or_its_answer_was_lost(Fault fault)
    {
        await (await Database.OpenForWritingAsync(Cancellation)).DisposeAsync();
        var faults = new FaultyTransactions(fault);
        Journal.Append(Lines.Audit(message: "1"), "no JSON", Lines.Audit(message: "3"));

        await using var projector = Start(new AuditProjection(), database: Store.Open(faults));
        await projector.CatchUpAsync(3, Cancellation);

        Assert.IsGreaterThan(0, faults.Failures, "the fault was not injected");
        AssertSame(SetAsideSeqs(), 2);
        AssertSame((await AuditRowsAsync()).ConvertAll(row => row.Message), "1", "3");
    }

    [TestMethod]
    public async Task The_checkpoint_stays_before_a_line_that_cannot_be_set_aside()
    {
        await Store.RefuseAsync(Poison);
        Journal.Append(Lines.Audit(message: "1"), Lines.Audit(message: Poison), Lines.Audit(message: "3"));
        var blocked = Directory.CreateDirectory(Path.Combine(Folder, "fake.json.rejected"));

        await using var projector = Start(new AuditProjection());
        for (var i = 0; i < 3; i++) await Time.NextWaitAsync(Cancellation);
        Assert.AreEqual(1, (await JournalRowsAsync()).Single().Seq);
        Assert.Contains("fake.json.rejected", projector.LastError!.Message);
        Assert.AreEqual(0, projector.Rejected);

        blocked.Delete();
        await projector.CatchUpAsync(3, Cancellation);
        AssertSame((await AuditRowsAsync()).ConvertAll(row => row.Message), "1", "3");
        AssertSame(SetAsideSeqs(), 2);
        Assert.IsNull(projector.LastError);
    }

    [TestMethod]
    public async Task A_database_that_gets_everything_again_sets_nothing_aside_twice()
    {
        Journal.Append(Lines.Audit(message: "1"), "no JSON", Lines.Audit(message: "3"));
        await ProjectAsync(new AuditProjection());
        using var another = NewStore();

        // A later process: it knows the line only from the file.
        await using var projector = Start(new AuditProjection(), database: another.Open());
        Journal.Append("no JSON either");
        await projector.CatchUpAsync(4, Cancellation);

        AssertSame(SetAsideSeqs(), 2, 4);
        Assert.AreEqual(1, projector.Rejected);
    }

    /// <summary>No text is longer than its column.</summary>
    private static void AssertFits<TRow>(ZotifyLogsContext context, List<TRow> rows, int? count = null)
        where TRow : class
    {
        if (count is { } expected) Assert.HasCount(expected, rows);
        foreach (var column in context.Model.FindEntityType(typeof(TRow))!.GetProperties()
            .Where(column => column.GetMaxLength() is not null))
        {
            var longest = rows.Max(row => ((string?)column.PropertyInfo!.GetValue(row))?.Length ?? 0);
            Assert.IsLessThanOrEqualTo(column.GetMaxLength()!.Value, longest, $"{typeof(TRow).Name}.{column.Name}");
        }
    }
}
