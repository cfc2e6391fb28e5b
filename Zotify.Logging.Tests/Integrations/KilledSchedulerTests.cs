using System.Globalization;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.Integrations;

/// <summary>Processes that are killed while their scheduler runs jobs.</summary>
[TestClass]
public sealed class KilledSchedulerTests
{
    private const int Jobs = 20;

    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void CleanUp() => _folder.Dispose();

    [TestMethod]
    [Timeout(600_000, CooperativeCancellation = true)]
    [DataRow(KilledScheduler.Hangfire)]
    [DataRow(KilledScheduler.Quartz)]
    public async Task The_jobs_that_ran_are_interrupted_and_each_line_is_at_its_job(string scheduler)
    {
        for (var kill = 0; kill < TestScale.Factor; kill++)
        {
            var first = (kill * Jobs) + 1;
            await using var child = ChildProcess.Run<KilledScheduler>(_folder.Path, scheduler, Text(first), Text(Jobs));
            Assert.AreEqual(KilledScheduler.Ready, await child.ReadLineAsync(Cancellation));
            await child.KillAsync(Cancellation);
        }

        await using (var host = await TestHost.In(new DirectoryInfo(_folder.Path)).StartAsync(Cancellation))
        {
            await host.FlushAsync(FlushTo.Database, Cancellation);
            // It is settled right after the last line of the run before.
            while (host.Scalar("SELECT COUNT(*) FROM jobs WHERE status = 'running'") > 0) await Task.Yield();
        }

        var logged = LoggedJobs.Read(_folder.PathOf("logs/zotify.db"));
        var jobOf = logged.AssertEachLineIsAtItsJob();
        Assert.HasCount(Jobs * TestScale.Factor, jobOf);
        foreach (var (work, id) in jobOf)
        {
            var (events, status) =
                work % 2 == 0 ? ("started", "interrupted")
                : Outcomes.Fails(work) ? ("started failed started failed", "failed")
                : Outcomes.FailsFirst(work) ? ("started failed started completed", "completed")
                : ("started completed", "completed");
            Assert.AreEqual((events, status), (logged.Events(id), logged.Jobs[id].Status), $"{work}");
        }

        AssertTheSchedulersOwnLinesAreThere(scheduler, logged, jobOf);
    }

    /// <summary>What Hangfire logs about the retry of a job: its own words name the job. Quartz logs its own after the job.</summary>
    private static void AssertTheSchedulersOwnLinesAreThere(string scheduler, LoggedJobs logged, Dictionary<int, string> jobOf)
    {
        if (scheduler != KilledScheduler.Hangfire) return;
        var own = logged.Entries.Where(entry => entry.Category.StartsWith("Hangfire", StringComparison.Ordinal)).ToArray();
        var attempts = jobOf.Keys.Where(work => work % 2 != 0).Sum(work => Outcomes.Fails(work) ? 2 : Outcomes.FailsFirst(work) ? 1 : 0);
        Assert.HasCount(attempts, own);
        foreach (var entry in own) StringAssert.Contains(entry.Message, entry.JobId.Split('-')[0], StringComparison.Ordinal);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
