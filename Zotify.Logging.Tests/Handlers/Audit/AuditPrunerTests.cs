using System.Text.Json;
using Zotify.Logging.Tests.Handlers.Support;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Handlers.Audit;

[TestClass]
public sealed class AuditPrunerTests
{
    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Without_limits_nothing_goes()
    {
        await using var audit = new AuditJournal().Open();
        await audit.LogAsync(5, Cancellation);
        await audit.ProjectAsync(Cancellation);
        audit.Time.Advance(TimeSpan.FromDays(1000));
        await audit.RetainAllAsync(Cancellation);
        Assert.HasCount(5, audit.Lines);
        Assert.AreEqual(5, audit.Scalar("SELECT COUNT(*) FROM audit_events"));
    }

    [TestMethod]
    public async Task By_size_the_oldest_go_from_files_and_tables_and_the_rest_can_be_verified()
    {
        await using var audit = new AuditJournal().Open();
        await audit.LogAsync(10, Cancellation);
        audit.Limits = new(null, audit.Segments.Sum(path => new FileInfo(path).Length) - 1);
        await audit.RetainAsync(Cancellation);

        var anchor = audit.Anchors.Single();
        Assert.AreEqual(1, anchor.ThroughSeq);
        Chain.AssertWhole(audit.Lines, firstSeq: 2, anchor.ThroughHash);
        await audit.ProjectAsync(Cancellation);
        Assert.AreEqual(2, audit.Scalar("SELECT MIN(seq) FROM audit_events"));
        Assert.AreEqual(10, audit.Scalar("SELECT COUNT(*) FROM audit_events"), "nine events and the pruning event");
        Assert.AreEqual(10, audit.Scalar("SELECT SUM(count) FROM audit_counts"));
    }

    [TestMethod]
    public async Task The_numbers_and_the_chain_go_on_over_further_prunings_and_a_restart()
    {
        await using var audit = new AuditJournal { Limits = new(null, 1500) }.Open();
        for (var run = 0; run < 5; run++)
        {
            await audit.LogAsync(4, Cancellation);
            await audit.RetainAsync(Cancellation);
            if (run != 2) continue;
            await audit.CloseAsync();
            audit.Open();
        }

        var anchor = audit.Anchors[^1];
        Assert.IsGreaterThan(2, audit.Journal.LastSeq - 20, "one event for each pruning");
        Assert.AreEqual(anchor.ThroughSeq + 1, Seq(audit.Lines[0]));
        Chain.AssertWhole(audit.Lines, anchor.ThroughSeq + 1, anchor.ThroughHash);
        Assert.IsLessThanOrEqualTo(1500 + 600, audit.Segments.Sum(path => new FileInfo(path).Length));
    }

    [TestMethod]
    public async Task By_age_a_quiet_log_is_emptied_except_the_event_that_records_it()
    {
        await using var audit = new AuditJournal { Limits = new(TimeSpan.FromDays(30), null), MaxFileSize = 1_000_000 }.Open();
        await audit.LogAsync(3, Cancellation);
        audit.Time.Advance(TimeSpan.FromDays(29));
        await audit.RetainAsync(Cancellation);
        Assert.HasCount(3, audit.Lines);

        audit.Time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        await audit.RetainAsync(Cancellation);
        Assert.HasCount(3, audit.Lines, "never all at once");
        await audit.RetainAllAsync(Cancellation);

        var anchor = audit.Anchors.Single();
        Assert.AreEqual(3, anchor.ThroughSeq);
        Chain.AssertWhole(audit.Lines, 4, anchor.ThroughHash);
        Assert.HasCount(1, audit.Lines);
        await audit.ProjectAsync(Cancellation);
        Assert.AreEqual(4, audit.Scalar("SELECT MIN(seq) FROM audit_events"));
        Assert.AreEqual(1, audit.Scalar("SELECT SUM(count) FROM audit_counts"));
    }

    [TestMethod]
    public async Task By_age_no_event_is_kept_much_longer_than_that_however_seldom_it_is_logged()
    {
        await using var audit = new AuditJournal { Limits = new(TimeSpan.FromDays(30), null), MaxFileSize = 1_000_000 }.Open();
        for (var day = 0; day < 100; day++)
        {
            await audit.LogAsync(1, Cancellation);
            audit.Time.Advance(TimeSpan.FromDays(1));
            await audit.RetainAsync(Cancellation);
        }

        var oldest = JsonElement.Parse(audit.Lines[0]).GetProperty("timestamp").GetDateTimeOffset();
        var kept = audit.Time.GetUtcNow() - oldest;
        Assert.IsTrue(kept > TimeSpan.FromDays(29) && kept < TimeSpan.FromDays(30 + 3 + 2), $"the oldest is {kept} old");
        Chain.AssertWhole(audit.Lines, audit.Anchors[^1].ThroughSeq + 1, audit.Anchors[^1].ThroughHash);
    }

    [TestMethod]
    public async Task Nothing_goes_that_is_not_in_the_database()
    {
        await using var audit = new AuditJournal { Limits = new(TimeSpan.FromSeconds(1), 1) };
        await File.WriteAllTextAsync(audit.DatabaseFolder, "a file where a folder is expected", Cancellation);
        audit.Open();
        await audit.LogAsync(5, Cancellation);
        audit.Time.Advance(TimeSpan.FromDays(1));

        var retained = audit.RetainAsync(Cancellation);
        Assert.HasCount(5, audit.Lines);
        Assert.IsFalse(retained.IsCompleted, "it waits for the database");

        File.Delete(audit.DatabaseFolder);
        while (!retained.IsCompleted)
        {
            audit.Time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        await retained;
        Assert.AreEqual(5, audit.Anchors.Single().ThroughSeq);
        Assert.HasCount(1, audit.Lines);
    }

    [TestMethod]
    public async Task Nothing_is_deleted_where_the_database_lost_the_journal()
    {
        await using var audit = new AuditJournal { Limits = new(null, 1) }.Open();
        await audit.LogAsync(5, Cancellation);
        await audit.ProjectAsync(Cancellation);
        Execute(audit, "UPDATE journals SET seq = 2");
        await audit.RetainAsync(Cancellation);
        Assert.AreEqual(2, audit.Anchors.Single().ThroughSeq);
        Chain.AssertWhole(audit.Lines, 3, audit.Anchors[0].ThroughHash);
    }

    [TestMethod]
    public async Task Nothing_is_deleted_before_the_event_that_records_it_is_on_the_disk()
    {
        await using var audit = new AuditJournal { Limits = new(null, 1) }.Open();
        await audit.LogAsync(5, Cancellation);
        await audit.ProjectAsync(Cancellation);
        audit.MaxFileSize = 1_000_000;
        audit.Disk.FailFlush = true;
        await Assert.ThrowsExactlyAsync<IOException>(() => audit.RetainAsync(Cancellation));
        Assert.AreEqual("1 2 3 4 5", string.Join(' ', audit.Lines.Take(5).Select(Seq)));

        audit.Disk.FailFlush = false;
        await audit.Journal.WaitDurableAsync(5, Cancellation);
        await audit.RetainAsync(Cancellation);
        // The failed flush ended a segment, which is beyond the limits as well.
        var anchor = audit.Anchors[^1];
        Assert.AreEqual(5, anchor.ThroughSeq);
        Chain.AssertWhole(audit.Lines, firstSeq: 6, anchor.ThroughHash);
    }

    [TestMethod]
    public async Task Rows_of_a_segment_that_somebody_removed_stay()
    {
        await using var audit = new AuditJournal().Open();
        await audit.LogAsync(3, Cancellation);
        await audit.ProjectAsync(Cancellation);
        File.Delete(audit.Segments[0]);
        await audit.RetainAsync(Cancellation);
        Assert.AreEqual(3, audit.Scalar("SELECT COUNT(*) FROM audit_events"), "they are the witness");
    }

    [TestMethod]
    public async Task A_segment_that_was_cut_stays_with_all_after_it_and_is_reported()
    {
        await using var audit = new AuditJournal { Limits = new(null, 1), MaxFileSize = 1000 }.Open();
        await audit.LogAsync(9, Cancellation);
        await audit.ProjectAsync(Cancellation);
        var lines = await File.ReadAllLinesAsync(audit.Segments[1], Cancellation);
        await File.WriteAllLinesAsync(audit.Segments[1], lines[..^1], Cancellation);
        var odd = audit.Segments[1];

        await audit.RetainAsync(Cancellation);

        Assert.AreEqual(odd, audit.Segments[0]);
        StringAssert.Contains(audit.Reports.Single(), odd, StringComparison.Ordinal);
    }

    private static long Seq(string line) => JsonElement.Parse(line).GetProperty("seq").GetInt64();

    private static void Execute(AuditJournal audit, string sql) =>
        DatabaseFile.Execute(Path.Combine(audit.DatabaseFolder, "zotify.db"), sql);
}
