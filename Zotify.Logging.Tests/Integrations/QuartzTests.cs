using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Quartz;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Integrations;

/// <summary>A real Quartz scheduler: every line of a job is at the job, and its status is the right one.</summary>
[TestClass]
public sealed partial class QuartzTests
{
    private const int TestTimeout = 180_000;

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task Each_line_is_at_its_job_with_retries_and_asynchronous_jobs()
    {
        var jobs = 100 * TestScale.Factor;
        var ends = new Ends();
        await using var host = await StartAsync(quartz => quartz.AddJobListener(ends));
        var scheduler = await QuartzServices.SchedulerAsync(host.Services, Cancellation);
        for (var work = 1; work <= jobs; work++) await QuartzServices.ScheduleAsync(scheduler, work, null, Cancellation);

        var retried = Enumerable.Range(1, jobs).Count(Outcomes.FailsFirst);
        await ends.ReachAsync(jobs + retried, Cancellation);
        var logged = await LoggedAsync(host);
        var jobOf = logged.AssertEachLineIsAtItsJob();
        Assert.HasCount(jobs, jobOf);
        Assert.HasCount(jobs, logged.Jobs);
        foreach (var (work, id) in jobOf)
        {
            var (events, status) =
                Outcomes.Fails(work) ? ("started failed started failed", "failed")
                : Outcomes.FailsFirst(work) ? ("started failed started completed", "completed")
                : ("started completed", "completed");
            Assert.AreEqual(events, logged.Events(id));
            Assert.AreEqual((nameof(QuartzWork), status), logged.Jobs[id]);
            StringAssert.StartsWith(id, $"{QuartzServices.Key(work)}:", StringComparison.Ordinal);
        }

        var again = logged.Entries.Last(entry => entry.JobId == jobOf[5] && entry.Event == "job.started");
        Assert.AreEqual("QuartzWork of DEFAULT.t5 started, attempt 2", again.Message);
        Assert.IsTrue(host.JobLines.Any(line => line.Contains("\"attempt\":2", StringComparison.Ordinal)));
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task Each_firing_of_a_job_is_a_job_of_its_own()
    {
        var ends = new Ends();
        await using var host = await StartAsync(quartz => quartz.AddJobListener(ends));
        var scheduler = await QuartzServices.SchedulerAsync(host.Services, Cancellation);
        await QuartzServices.ScheduleAsync(scheduler, 1, null, Cancellation);
        await ends.ReachAsync(1, Cancellation);
        await scheduler.AddJob(
            JobBuilder.Create<QuartzWork>().WithIdentity("again").StoreDurably().UsingJobData(QuartzWork.Work, 2).Build(),
            cancellationToken: Cancellation);
        for (var firing = 0; firing < 3; firing++) await scheduler.TriggerJob(new JobKey("again"), cancellationToken: Cancellation);
        await ends.ReachAsync(4, Cancellation);
        var logged = await LoggedAsync(host);
        Assert.HasCount(4, logged.Jobs);
        Assert.IsTrue(logged.Jobs.Keys.All(id => logged.Events(id) == "started completed"));
        // Quartz's id of a firing alone is not unique across processes. With the time of the firing, it is.
        foreach (var id in logged.Jobs.Keys) StringAssert.Matches(id, Firing());
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task A_job_that_fires_again_at_once_is_the_same_job()
    {
        var ends = new Ends();
        await using var host = await StartAsync(quartz => quartz.AddJobListener(ends));
        var scheduler = await QuartzServices.SchedulerAsync(host.Services, Cancellation);
        await QuartzServices.ScheduleAsync(scheduler, 1, QuartzWork.Refire, Cancellation);
        await ends.ReachAsync(1, Cancellation);
        var logged = await LoggedAsync(host);
        var id = logged.AssertEachLineIsAtItsJob()[1];
        Assert.AreEqual("started failed started completed", logged.Events(id));
        Assert.AreEqual("completed", logged.Jobs.Single().Value.Status);
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task A_job_that_is_cancelled_is_interrupted()
    {
        var ends = new Ends();
        await using var host = await StartAsync(quartz => quartz.AddJobListener(ends));
        var scheduler = await QuartzServices.SchedulerAsync(host.Services, Cancellation);
        await QuartzServices.ScheduleAsync(scheduler, 1, QuartzWork.Hang, Cancellation);
        await host.Services.GetRequiredService<Outcomes>().HangsAsync(1);
        await scheduler.Interrupt(QuartzServices.Key(1), Cancellation);
        await ends.ReachAsync(1, Cancellation);
        var logged = await LoggedAsync(host);
        Assert.AreEqual("started interrupted", logged.Events(logged.AssertEachLineIsAtItsJob()[1]));
        Assert.AreEqual("interrupted", logged.Jobs.Single().Value.Status);
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task A_job_that_a_listener_vetoes_is_no_job()
    {
        var ends = new Ends();
        await using var host = await StartAsync(quartz => quartz.AddJobListener(ends).AddTriggerListener(new Veto()));
        var scheduler = await QuartzServices.SchedulerAsync(host.Services, Cancellation);
        await QuartzServices.ScheduleAsync(scheduler, 1, null, Cancellation);
        await ends.ReachAsync(1, Cancellation);
        Assert.IsEmpty((await LoggedAsync(host)).Jobs);
    }

    [GeneratedRegex(@"^(DEFAULT\.again|tests\.work1):20\d{6}T\d{6}Z-\w")]
    private static partial Regex Firing();

    private Task<TestHost> StartAsync(Action<IQuartzBuilder> configure) =>
        new TestHost { Logging = logging => QuartzServices.Add(logging.Services, configure) }.StartAsync(Cancellation);

    private async Task<LoggedJobs> LoggedAsync(TestHost host)
    {
        await host.FlushAsync(FlushTo.Database, Cancellation);
        return LoggedJobs.Read(host.PathOf("logs/zotify.db"));
    }
}
