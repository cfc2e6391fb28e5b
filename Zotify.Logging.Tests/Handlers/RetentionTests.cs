using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Journal;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Handlers;

/// <summary>Retention through a real host, on its own loop.</summary>
[TestClass]
public sealed class RetentionTests
{
    private const string Audit = "Logging:Zotify:Handlers:Audit:";
    private const string Jobs = "Logging:Zotify:Handlers:Jobs:";
    private static readonly EventId Login = new(1001, "user.login");

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task The_audit_log_is_pruned_while_it_is_written_and_what_is_left_can_be_verified()
    {
        await using var root = new TestHost();
        await using (
            var host = await root.Again((Audit + "MaxFileSize", "2000"), (Audit + "RetainedSize", "10000")).StartAsync(Cancellation))
        {
            for (var i = 0; i < 200; i++)
            {
                host.Logger().LogInformation(Login, "Number {Number}", i);
                if (i % 20 == 0) await host.FlushAsync(FlushTo.Disk, Cancellation);
            }

            await host.FlushAsync(FlushTo.Database, Cancellation);
            // The last roll woke the loop, which ends with everything that can be pruned. Lines that are appended together are in one
            // segment, however many, so the first line's number shows what is left.
            await UntilAsync(() => FirstSeq(host) > 101);
        }

        var lines = Segments(root).SelectMany(File.ReadAllLines).ToArray();
        // The stop may have come between another event and its files. The event that the first line follows from is there all the same.
        var through = JsonElement.Parse(lines[0]).GetProperty("seq").GetInt64() - 1;
        var anchor = lines.Select(line => JsonElement.Parse(line))
            .Where(line => line.GetProperty("event_type").GetString() == "audit.pruned")
            .Select(line => line.GetProperty("details")).Single(details => details.GetProperty("through_seq").GetInt64() == through);
        Chain.AssertWhole(lines, through + 1, anchor.GetProperty("through_hash").GetString());
        Assert.IsGreaterThan(100, through);
        Assert.IsTrue(lines[^1].Contains("audit.stopped", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task Limits_that_are_set_while_it_runs_hold_at_once()
    {
        await using var host = await new TestHost((Audit + "MaxFileSize", "2000")).StartAsync(Cancellation);
        for (var i = 0; i < 40; i++)
        {
            host.Logger().LogInformation(Login, "Number {Number}", i);
            await host.FlushAsync(FlushTo.Disk, Cancellation);
        }

        await host.FlushAsync(FlushTo.Database, Cancellation);
        Assert.IsGreaterThan(6, Segments(host).Length);
        host.Change((Audit + "RetainedSize", "6000"));
        await UntilAsync(() => Segments(host).Length <= 4 && host.Scalar("SELECT MIN(seq) FROM audit_events") > 20);
    }

    [TestMethod]
    public async Task Limits_that_make_no_sense_are_refused()
    {
        await using var host = await new TestHost().StartAsync(Cancellation);
        host.Change((Audit + "RetainedSize", "1000"));
        StringAssert.Contains(
            host.Stderr.ToString(),
            Audit + "RetainedSize: '1000': whole segments are kept, so it must be at least MaxFileSize (67108864)",
            StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task Jobs_leave_files_once_they_are_in_the_tables_and_the_tables_when_they_are_old()
    {
        await using var host = await new TestHost((Jobs + "MaxFileSize", "2000"), (Jobs + "RetainedAge", "10.00:00:00"))
            .StartAsync(Cancellation);
        for (var i = 0; i < 40; i++)
        {
            host.Logger().LogInformation("Entry {Number} of {JobId}", i, i < 20 ? "old" : "on");
            await host.FlushAsync(FlushTo.Disk, Cancellation);
        }

        await UntilAsync(
            () =>
                host.Scalar("SELECT COUNT(*) FROM job_logs") == 40
                    && Directory.GetFiles(host.PathOf("logs"), "job_logs*.json").Length <= 2);
        host.Time.Advance(TimeSpan.FromDays(9));
        host.Logger().LogInformation("Entry of {JobId}", "on");
        await host.FlushAsync(FlushTo.Database, Cancellation);
        Assert.AreEqual(41, host.Scalar("SELECT COUNT(*) FROM job_logs"));

        host.Time.Advance(TimeSpan.FromDays(2));
        Wake(host);
        await UntilAsync(host, () => host.Scalar("SELECT COUNT(*) FROM job_logs") == 1
            && host.Scalar("SELECT COUNT(*) FROM jobs WHERE job_id = 'on' AND entries = 21") == host.Scalar("SELECT COUNT(*) FROM jobs"));
    }

    [TestMethod]
    public async Task The_numbers_of_a_quiet_job_journal_go_on_after_its_old_segments_went()
    {
        await using var root = new TestHost();
        await using (var host = await root.Again((Jobs + "RetainedAge", "10.00:00:00")).StartAsync(Cancellation))
        {
            host.Logger().LogInformation("Entry of {JobId}", "one");
            host.Logger().LogInformation("Entry of {JobId}", "two");
            await host.FlushAsync(FlushTo.Database, Cancellation);
            host.Time.Advance(TimeSpan.FromDays(11));
            Wake(host);
            await UntilAsync(host, () => host.Scalar("SELECT COUNT(*) FROM job_logs") == 0 && host.JobLines.Length == 0);
        }

        await using (var host = await root.Again().StartAsync(Cancellation))
        {
            host.Logger().LogInformation("Entry of {JobId}", "three");
            await host.FlushAsync(FlushTo.Database, Cancellation);
            Assert.AreEqual(3, host.Scalar("SELECT seq FROM job_logs"));
            Assert.AreEqual(2, host.Scalar("SELECT COUNT(*) FROM journals"));
            Assert.DoesNotContain("truncated", host.Stderr.ToString(), StringComparison.Ordinal);
        }
    }

    [TestMethod]
    public async Task A_clock_40_days_ahead_for_one_start_deletes_nothing_and_is_reported()
    {
        (string, string?)[] settings =
        [
            (Jobs + "RetainedAge", "30.00:00:00"),
            (Audit + "RetainedAge", "30.00:00:00"),
            (Audit + "MaxFileSize", "2000")
        ];
        await using var root = new TestHost();
        await using (var host = await root.Again(settings).StartAsync(Cancellation)) await LogDaysAsync(host, 20);
        var events = root.Scalar("SELECT COUNT(*) FROM audit_events");

        var wrong = root.Again(settings);
        await using (var host = wrong)
        {
            host.Time.Advance(TimeSpan.FromDays(20 + 40));
            await host.StartAsync(Cancellation);
            await UntilAsync(() => host.Stderr.ToString().Contains("more than a day ahead of", StringComparison.Ordinal));
            for (var run = 0; run < 5; run++)
            {
                host.Time.Advance(TimeSpan.FromMinutes(10));
                await host.FlushAsync(FlushTo.Database, Cancellation);
            }

            Assert.AreEqual((20, 20), (host.Scalar("SELECT COUNT(*) FROM job_logs"), host.Scalar("SELECT COUNT(*) FROM jobs")));
        }

        Assert.IsGreaterThanOrEqualTo(events, root.Scalar("SELECT COUNT(*) FROM audit_events"));
        await using var right = root.Again(settings);
        right.Time.Advance(TimeSpan.FromDays(21));
        await right.StartAsync(Cancellation);
        await right.FlushAsync(FlushTo.Database, Cancellation);
        Assert.AreEqual(20, right.Scalar("SELECT COUNT(*) FROM job_logs"));
        Assert.DoesNotContain("ahead", right.Stderr.ToString(), StringComparison.Ordinal);
        Assert.IsGreaterThanOrEqualTo(events, right.Scalar("SELECT COUNT(*) FROM audit_events"));
    }

    [TestMethod]
    public async Task A_log_call_named_audit_pruned_deletes_nothing_and_anchors_nothing()
    {
        await using var root = new TestHost((Audit + "MaxFileSize", "2000"));
        await using (var host = await root.Again((Audit + "MaxFileSize", "2000")).StartAsync(Cancellation))
        {
            for (var i = 0; i < 40; i++)
            {
                host.Logger().LogInformation(Login, "Number {Number}", i);
                await host.FlushAsync(FlushTo.Disk, Cancellation);
            }

            var last = JsonElement.Parse((await File.ReadAllLinesAsync(Segments(host)[1], Cancellation))[^1]);
            host.Logger("Zotify.Logging").LogInformation(
                new EventId(9004, "audit.pruned"), "{through_seq} {through_hash}", last.GetProperty("seq")
                    .GetInt64(), last.GetProperty("hash").GetString());
            await host.FlushAsync(FlushTo.Database, Cancellation);
        }

        var files = Segments(root);
        await using (var host = await root.Again((Audit + "MaxFileSize", "2000")).StartAsync(Cancellation))
        {
            await host.FlushAsync(FlushTo.Database, Cancellation);
            host.Time.Advance(TimeSpan.FromHours(2));
            await host.FlushAsync(FlushTo.Database, Cancellation);
        }

        CollectionAssert.IsSubsetOf(files, Segments(root));
        Assert.AreEqual(1, root.Scalar("SELECT MIN(seq) FROM audit_events"));
        foreach (var path in files.Take(2)) File.Delete(path);
        using var journal = JournalFiles.Open(new JournalLocation(root.PathOf("logs/audit.log.json")));
        using var chain = new ChainReader(journal, [], isWhole: true);
        while (chain.Read())
        {
        }

        Assert.IsFalse(chain.IsAnchored);
        Assert.AreEqual(1, chain.Fault?.Seq);
    }

    private async Task LogDaysAsync(TestHost host, int days)
    {
        for (var day = 0; day < days; day++)
        {
            host.Logger().LogInformation("Entry of {JobId}", day);
            host.Logger().LogInformation(Login, "Day {Number}", day);
            await host.FlushAsync(FlushTo.Database, Cancellation);
            host.Time.Advance(TimeSpan.FromDays(1));
        }
    }

    /// <summary>Makes the loop run once more, because it may have been running when the time changed.</summary>
    private static void Wake(TestHost host) => host.Change((Jobs + "RetainedAge", "10.00:00:01"));

    /// <summary>Waits for the loop, which is a matter of moments.</summary>
    private async Task UntilAsync(Func<bool> reached)
    {
        while (!reached())
        {
            Cancellation.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>The same for old lines that are pruned in several runs.</summary>
    private Task UntilAsync(TestHost host, Func<bool> reached) => UntilAsync(() =>
    {
        if (reached()) return true;
        host.Time.Advance(TimeSpan.FromMinutes(10));
        return false;
    });

    /// <summary>The number that the oldest segment begins with, by its name; larger than any number if only the active one is
    /// left.</summary>
    private static long FirstSeq(TestHost host) => Path.GetFileName(Segments(host)[0]).Split('.') is ["audit", "log", var first, "json"]
        ? long.Parse(first, CultureInfo.InvariantCulture)
        : long.MaxValue;

    private static string[] Segments(TestHost host) =>
        [
            .. Directory.GetFiles(host.PathOf("logs"), "audit.log*.json").OrderBy(
                path => Path.GetFileName(path) == "audit.log.json").ThenBy(path => path, StringComparer.Ordinal)
        ];
}
