using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Zotify.Logging.Tests.Diagnostics;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Hosts;

/// <summary>What hosts write and read about instances.</summary>
[TestClass]
public sealed class InstanceTests
{
    private const string Noon = "2026-11-23T12:00:00.0000000Z";

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public async Task A_host_is_in_the_table_from_its_start_to_its_stop_and_two_of_a_process_are_one()
    {
        using var folder = new TemporaryFolder();
        var root = new DirectoryInfo(folder.Path);
        await using var one = await TestHost.In(root, ("Logging:Zotify:Instance", "m1/app")).StartAsync(Cancellation);
        await using (var two = await TestHost.In(root, ("Logging:Zotify:Instance", "m1/app")).StartAsync(Cancellation))
        {
            await CountsAsync(one, "SELECT COUNT(*) FROM instances WHERE instance = 'm1/app' AND stopped_at IS NULL", 1);
            await two.StopAsync(Cancellation);
        }

        Assert.AreEqual(1, one.Scalar("SELECT COUNT(*) FROM instances WHERE stopped_at IS NULL"), "the other host still runs");
        await one.StopAsync(Cancellation);
        await one.DisposeAsync();
        Assert.AreEqual(1, one.Scalar("SELECT COUNT(*) FROM instances WHERE stopped_at = '2026-11-23T15:06:10.0000000Z'"));
    }

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public async Task Health_and_metrics_show_who_is_gone_until_their_jobs_are_interrupted_with_a_note()
    {
        await using var host = await new TestHost(
            ("Logging:Zotify:Handlers:Jobs:ExpectedEvery:backup", "02:00:00")).StartAsync(Cancellation);
        using var metrics = new Measurements(host.Services);
        await CountsAsync(host, "SELECT COUNT(*) FROM instances", 1);
        Assert.AreEqual(HealthStatus.Healthy, (await HealthAsync(host)).Status);
        // Another writer, which logged the start of a job and was killed.
        DatabaseFile.Execute(
            host.PathOf("logs/zotify.db"),
            $"""
            INSERT INTO instances (instance, started_at, seen_at) VALUES ('m2/app', '{Noon}', '2026-11-23T15:05:45.0000000Z');
            INSERT INTO jobs (job_id, status, instance, entries, warnings, errors, first_at, last_at)
              VALUES ('left', 'running', 'm2/app', 1, 0, 0, '{Noon}', '{Noon}');
            """);

        host.Time.Advance(TimeSpan.FromSeconds(10));
        var report = await HealthAsync(host, entry => entry.Status == HealthStatus.Degraded);
        Assert.AreEqual("not seen for 30 s: m2/app; 1 jobs are stalled; no job ran when it was expected: backup", report.Description);
        Assert.AreEqual((1, 1, 0), (report.Data["Jobs.instances.running"], report.Data["Jobs.instances.gone"], report.Data["Jobs.instances.stopped"]));
        Assert.AreEqual(("m2/app", 1, "backup"), (report.Data["Jobs.instances.missed"], report.Data["Jobs.stalled"], report.Data["Jobs.overdue"]));
        var read = metrics.Read();
        Assert.AreEqual((1, 1), (read["zotify.logging.instances gone"], read["zotify.logging.instances running"]));
        Assert.AreEqual((1, 1), (read["zotify.logging.jobs.stalled"], read["zotify.logging.jobs.overdue backup"]));

        host.Time.Advance(TimeSpan.FromMinutes(10));
        // It was blind for ten minutes, and gives the others half a minute to be seen.
        await CountsAsync(
            host, "SELECT COUNT(*) FROM jobs WHERE job_id = 'left' AND status = 'interrupted' AND entries = 2", 1, TimeSpan.FromSeconds(5));
        Assert.AreEqual(
            1,
            host.Scalar(
                "SELECT COUNT(*) FROM job_logs WHERE job_id = 'left' AND event_name = 'job.interrupted' AND category = 'Zotify.Logging' "
                + "AND message = 'Interrupted: its instance m2/app has not been seen since 2026-11-23T15:05:45.0000000Z'"));
        Assert.AreEqual(1, host.Scalar($"SELECT COUNT(*) FROM jobs WHERE last_at = '{Noon}' AND ended_at > '2026-11-23T15:16:49.9999999Z'"));
        StringAssert.Contains(host.Stderr.ToString(), "The instance m2/app has not been seen", StringComparison.Ordinal);
        await HealthAsync(host, entry => entry.Description == "no job ran when it was expected: backup");
    }

    private async Task<HealthReportEntry> HealthAsync(TestHost host, Func<HealthReportEntry, bool>? until = null)
    {
        while (true)
        {
            var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancellation);
            var entry = report.Entries["zotify"];
            if (until is null || until(entry)) return entry;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation);
        }
    }

    /// <summary>Waits until a query of the database returns a number; the test's timeout ends the wait.</summary>
    private async Task CountsAsync(TestHost host, string sql, long expected, TimeSpan step = default)
    {
        while (true)
        {
            await host.FlushAsync(FlushTo.Database, Cancellation);
            if (File.Exists(host.PathOf("logs/zotify.db")) && host.Scalar(sql) == expected) return;
            host.Time.Advance(step);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation);
        }
    }
}
