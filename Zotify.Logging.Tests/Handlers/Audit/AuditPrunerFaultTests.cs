using System.Text.Json;
using Zotify.Logging.Journal;
using Zotify.Logging.Tests.Handlers.Support;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Handlers.Audit;

/// <summary>Retention against forged rows and lines, interrupted runs, and wrong clocks.</summary>
[TestClass]
public sealed class AuditPrunerFaultTests
{
    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task A_run_that_ended_before_the_files_went_is_finished_by_the_next_start_without_a_second_event(bool isOn)
    {
        await using var audit = new AuditJournal { Limits = new(null, 1) }.Open();
        await audit.LogAsync(4, Cancellation);
        // So that the event does not end a segment.
        audit.MaxFileSize = 1_000_000;
        var before = audit.Segments.ToDictionary(path => path, File.ReadAllBytes);
        await audit.RetainAsync(Cancellation);
        var anchor = audit.Anchors.Single();
        await audit.CloseAsync();
        // All files but one are back, as a power failure would have left them.
        foreach (var (path, content) in before.Where(file => Path.GetFileName(file.Key) != AuditJournal.Name).Skip(1))
            await File.WriteAllBytesAsync(path, content, Cancellation);
        if (!isOn) audit.Limits = default;
        audit.Open();
        Assert.AreEqual("2 3 4 5", string.Join(' ', audit.Lines.Select(Seq)));

        await audit.RetainAsync(Cancellation);

        Assert.AreEqual(anchor, audit.Anchors.Single());
        Assert.AreEqual(isOn ? "4 5" : "2 3 4 5", string.Join(' ', audit.Lines.Select(Seq)));
        Assert.AreEqual(4, audit.Scalar("SELECT MIN(seq) FROM audit_events"));
        AssertValid(audit);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task A_run_that_ended_before_the_rows_went_leaves_files_and_rows_to_the_next(bool restarts)
    {
        await using var audit = new AuditJournal { Limits = new(null, 1) }.Open();
        await audit.LogAsync(4, Cancellation);
        audit.MaxFileSize = 1_000_000;
        await audit.ProjectAsync(Cancellation);
        Execute(audit, "CREATE TRIGGER refuse BEFORE DELETE ON audit_events BEGIN SELECT RAISE(ABORT, 'not now'); END");
        for (var run = 0; run < 3; run++) await Assert.ThrowsAsync<Exception>(() => audit.RetainAsync(Cancellation));
        Assert.AreEqual("1 2 3 4 5", string.Join(' ', audit.Lines.Select(Seq)), "rows go before files, and one event is enough");
        Execute(audit, "DROP TRIGGER refuse");
        if (restarts)
        {
            await audit.CloseAsync();
            audit.Open();
        }

        audit.Limits = default;
        await audit.ProjectAsync(Cancellation);
        await audit.RetainAsync(Cancellation);
        Assert.HasCount(5, audit.Lines, "retention that is off deletes nothing, whatever was announced");
        Assert.AreEqual(5, audit.Scalar("SELECT COUNT(*) FROM audit_events"));
        AssertValid(audit);

        audit.Limits = new(null, audit.Segments.Sum(path => new FileInfo(path).Length) - 1);
        await audit.RetainAsync(Cancellation);
        Assert.AreEqual("2 3 4 5", string.Join(' ', audit.Lines.Select(Seq)), "the limits in force decide, not the event");
        Assert.AreEqual((2, 4), (audit.Scalar("SELECT MIN(seq) FROM audit_events"), audit.Scalar("SELECT SUM(count) FROM audit_counts")));
        AssertValid(audit);

        audit.Limits = new(null, 1);
        await audit.RetainAsync(Cancellation);
        Assert.AreEqual("4 5", string.Join(' ', audit.Lines.Select(Seq)));
        Assert.AreEqual(3, audit.Anchors.Single().ThroughSeq);
        AssertValid(audit);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task Rows_that_an_earlier_version_left_without_files_go_where_retention_is_on_and_an_event_accounts_for_them(bool isAccountedFor)
    {
        await using var audit = new AuditJournal { Limits = new(null, 1) }.Open();
        await audit.LogAsync(4, Cancellation);
        audit.MaxFileSize = 1_000_000;
        await audit.ProjectAsync(Cancellation);
        if (isAccountedFor)
        {
            Execute(audit, "CREATE TABLE saved AS SELECT * FROM audit_events");
            await audit.RetainAsync(Cancellation);
            Execute(audit, "INSERT INTO audit_events SELECT * FROM saved WHERE seq <= 3");
            Execute(audit, "UPDATE audit_counts SET count = count + 3 WHERE event_type = 'user.test'");
        }
        else
        {
            foreach (var path in audit.Segments.SkipLast(1)) File.Delete(path);
        }

        await audit.CloseAsync();
        audit.Limits = default;
        audit.Open();
        await audit.RetainAsync(Cancellation);
        Assert.AreEqual(1, audit.Scalar("SELECT MIN(seq) FROM audit_events"));

        audit.Limits = new(null, 1_000_000);
        await audit.RetainAsync(Cancellation);
        Assert.AreEqual(isAccountedFor ? 4 : 1, audit.Scalar("SELECT MIN(seq) FROM audit_events"));
        Assert.AreEqual(audit.Scalar("SELECT COUNT(*) FROM audit_events"), audit.Scalar("SELECT SUM(count) FROM audit_counts"));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task A_row_that_somebody_inserted_deletes_nothing(bool isOn)
    {
        await using var audit = new AuditJournal { Limits = isOn ? new(TimeSpan.FromDays(30), 1_000_000) : default }.Open();
        await audit.LogAsync(3, Cancellation);
        await audit.ProjectAsync(Cancellation);
        InsertPruned(audit, through: 2, JsonElement.Parse(audit.Lines[1]).GetProperty("hash").GetString()!);
        await audit.RetainAsync(Cancellation);
        Assert.HasCount(3, audit.Lines);
        Assert.AreEqual(4, audit.Scalar("SELECT COUNT(*) FROM audit_events"));
    }

    [TestMethod]
    public async Task A_number_from_nowhere_in_a_row_or_a_line_neither_deletes_nor_stops_anything()
    {
        await using var audit = new AuditJournal().Open();
        await audit.LogAsync(3, Cancellation);
        // An earlier version let an application log it, in the exact form.
        var forged = new PruneAnchor(1L << 62, JsonElement.Parse(audit.Lines[1]).GetProperty("hash").GetString()!);
        await audit.AppendAsync(AuditSelfEvents.OfPruning(forged, audit.Time.GetUtcNow()), Cancellation);
        await audit.ProjectAsync(Cancellation);
        InsertPruned(audit, 1L << 62, "x");
        await audit.RetainAsync(Cancellation);
        Assert.HasCount(4, audit.Lines);

        audit.Limits = new(null, audit.Segments.Sum(path => new FileInfo(path).Length) - 1);
        await audit.RetainAsync(Cancellation);
        Assert.AreEqual("2 3 4 5", string.Join(' ', audit.Lines.Select(Seq)));
        Assert.AreEqual(2, audit.Scalar("SELECT MIN(seq) FROM audit_events"));
        AssertValid(audit);
    }

    [TestMethod]
    public async Task A_clock_40_days_ahead_for_one_start_prunes_nothing_and_one_that_stays_does_so_by_halves()
    {
        await using var audit = new AuditJournal { Limits = new(TimeSpan.FromDays(30), null) }.Open();
        for (var day = 0; day < 28; day++)
        {
            await audit.LogAsync(1, Cancellation);
            audit.Time.Advance(TimeSpan.FromDays(1));
        }

        await audit.RetainAsync(Cancellation);
        await audit.CloseAsync();
        audit.Time.Advance(TimeSpan.FromDays(40));
        audit.Open();
        await audit.LogAsync(1, Cancellation);
        for (var minutes = 0; minutes < 60; minutes += 10)
        {
            await audit.RetainAsync(Cancellation);
            Assert.HasCount(29, audit.Lines);
            audit.Time.Advance(TimeSpan.FromMinutes(10));
        }

        StringAssert.Contains(audit.Reports.Single(), "more than a day ahead", StringComparison.Ordinal);
        await audit.RetainAsync(Cancellation);
        var left = audit.Lines.Length - audit.Anchors.Length;
        Assert.IsTrue(left is > 14 and < 18, $"{left} are left");
        await audit.RetainAllAsync(Cancellation);
        Assert.HasCount(1, audit.Lines.Where(line => line.Contains("user.test", StringComparison.Ordinal)));
        AssertValid(audit);
    }

    [TestMethod]
    public async Task Rows_of_a_journal_that_was_wiped_go_by_age_and_not_by_a_clock_that_nothing_confirms()
    {
        await using var audit = new AuditJournal { Limits = new(TimeSpan.FromDays(30), null) }.Open();
        await audit.LogAsync(3, Cancellation);
        await audit.ProjectAsync(Cancellation);
        await audit.CloseAsync();
        Directory.Delete(audit.Folder, recursive: true);
        audit.Time.Advance(TimeSpan.FromDays(40));
        audit.Open();
        await audit.LogAsync(1, Cancellation);
        await audit.RetainAsync(Cancellation);
        Assert.AreEqual(4, audit.Scalar("SELECT COUNT(*) FROM audit_events"));

        await audit.RetainAllAsync(Cancellation);
        Assert.AreEqual((1, 1), (audit.Scalar("SELECT COUNT(*) FROM audit_events"), audit.Scalar("SELECT SUM(count) FROM audit_counts")));
        Assert.HasCount(1, audit.Lines);
    }

    private static void InsertPruned(AuditJournal audit, long through, string hash) => Execute(
        audit,
        "CREATE TEMP TABLE forged AS SELECT * FROM audit_events WHERE seq = 3;"







        + "UPDATE forged SET row_id = row_id + 1000, seq = seq + 1000, id = '00000000-0000-7000-8000-000000000000', event_type = 'audit.pruned', event_id = 9004,"
        + $" category = 'Zotify.Logging', details = '{{\"through_seq\":{through},\"through_hash\":\"{hash}\"}}';"
        + "INSERT INTO audit_events SELECT * FROM forged");

    /// <summary>The files alone can be verified, from their first line on.</summary>
    private static void AssertValid(AuditJournal audit)
    {
        using var files = JournalFiles.Open(new JournalLocation(audit.Segments[^1]));
        using var chain = new ChainReader(files, [], isWhole: true);
        while (chain.Read())
        {
        }

        Assert.IsNull(chain.Fault, chain.Fault?.Reason);
        Assert.IsTrue(chain.IsAnchored);
    }

    private static long Seq(string line) => JsonElement.Parse(line).GetProperty("seq").GetInt64();

    private static void Execute(AuditJournal audit, string sql) =>
        DatabaseFile.Execute(Path.Combine(audit.DatabaseFolder, "zotify.db"), sql);
}
