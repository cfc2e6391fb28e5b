using Hangfire;
using Hangfire.InMemory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Hangfire;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Integrations;

/// <summary>Real Hangfire servers: every line of a job is at the job, and its status is the right one.</summary>
[TestClass]
public sealed class HangfireTests : HangfireFixture
{
    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task Each_line_is_at_its_job_with_retries_and_asynchronous_jobs()
    {
        var jobs = 100 * TestScale.Factor;
        await using var host = await StartAsync();
        for (var work = 1; work <= jobs; work++)
        {
            var number = work;
            if (work % 2 == 0)
                Client.Enqueue<HangfireWork>(job => job.RunAsync(number));
            else
                Client.Enqueue<HangfireWork>(job => job.Run(number));
        }

        await HangfireServices.EndedAsync(Storage, jobs, Cancellation);
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
            Assert.AreEqual((work % 2 == 0 ? "HangfireWork.RunAsync" : "HangfireWork.Run", status), logged.Jobs[id]);
        }

        var again = logged.Entries.Where(entry => entry.JobId == jobOf[5]).ToArray();
        StringAssert.Contains(again.First(entry => entry.Event == "job.failed").Message, "Retry attempt 1 of 1", StringComparison.Ordinal);
        Assert.AreEqual("HangfireWork.Run started, attempt 2", again.Last(entry => entry.Event == "job.started").Message);
        Assert.IsTrue(host.JobLines.Any(line => line.Contains("\"attempt\":2", StringComparison.Ordinal)));
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task A_recurring_job_and_a_continuation_are_jobs_of_their_own()
    {
        await using var host = await StartAsync();
        var recurring = new RecurringJobManager(Storage);
        recurring.AddOrUpdate<HangfireWork>("nightly", job => job.RunAsync(1), Cron.Never());
        var first = recurring.TriggerJob("nightly");
        var second = Client.ContinueJobWith<HangfireWork>(first, job => job.Run(2));
        await HangfireServices.EndedAsync(Storage, 2, Cancellation);
        var logged = await LoggedAsync(host);
        var jobOf = logged.AssertEachLineIsAtItsJob();
        Assert.AreEqual((Id(logged, first), Id(logged, second)), (jobOf[1], jobOf[2]));
        Assert.AreEqual(("completed", "completed"), (logged.Jobs[jobOf[1]].Status, logged.Jobs[jobOf[2]].Status));
        string Started(string id) =>
            logged.Entries.Single(entry => entry.JobId == Id(logged, id) && entry.Event == "job.started").Message;
        Assert.AreEqual("HangfireWork.RunAsync of nightly started, attempt 1", Started(first));
        Assert.AreEqual("HangfireWork.Run started, attempt 1", Started(second));
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task Two_hosts_of_a_process_each_have_the_lines_of_their_own_jobs()
    {
        var other = new InMemoryStorage();
        await using var host = await StartAsync();
        await using var second = await new TestHost { Logging = logging => HangfireServices.AddApart(logging.Services, other) }
            .StartAsync(Cancellation);
        Client.Enqueue<HangfireWork>(job => job.Run(1));
        new BackgroundJobClient(other).Enqueue<HangfireWork>(job => job.RunAsync(2));
        await HangfireServices.EndedAsync(Storage, 1, Cancellation);
        await HangfireServices.EndedAsync(other, 1, Cancellation);
        Assert.AreEqual("1", string.Join(' ', (await LoggedAsync(host)).AssertEachLineIsAtItsJob().Keys));
        Assert.AreEqual("2", string.Join(' ', (await LoggedAsync(second)).AssertEachLineIsAtItsJob().Keys));
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task Without_services_the_global_configuration_takes_the_factory()
    {
        await using var host = await new TestHost { Logging = logging => HangfireServices.AddWork(logging.Services) }
            .StartAsync(Cancellation);
        var filters = GlobalJobFilters.Filters.Count;
        for (var call = 0; call < 2; call++)
            GlobalConfiguration.Configuration.UseZotifyLogging(host.Services.GetRequiredService<ILoggerFactory>());
        try
        {
            Assert.AreEqual(filters + 1, GlobalJobFilters.Filters.Count);
            var options = new BackgroundJobServerOptions { WorkerCount = 1, Activator = new ScopeActivator(host.Services) };
            using (new BackgroundJobServer(options, Storage))
            {
                Client.Enqueue<HangfireWork>(job => job.RunAsync(1));
                await HangfireServices.EndedAsync(Storage, 1, Cancellation);
            }
        }
        finally
        {
            GlobalJobFilters.Filters.Remove<JobLogFilter>();
        }

        var logged = await LoggedAsync(host);
        Assert.AreEqual("started completed", logged.Events(logged.AssertEachLineIsAtItsJob()[1]));
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task The_number_of_a_job_in_anotherStorage_is_another_job()
    {
        using var folder = new TemporaryFolder();
        string[] ids = ["", ""];
        for (var start = 0; start < ids.Length; start++)
        {
            // Every start counts from one again, as the storage in memory does.
            var storage = new InMemoryStorage(new InMemoryStorageOptions { IdType = InMemoryStorageIdType.Long });
            await using var host = await TestHost
                .In(new DirectoryInfo(folder.Path), logging => HangfireServices.AddApart(logging.Services, storage))
                .StartAsync(Cancellation);
            // The first attempt fails: the second one is of the same job.
            var work = 5 * (start + 1);
            ids[start] = new BackgroundJobClient(storage).Enqueue<HangfireWork>(job => job.Run(work));
            await HangfireServices.EndedAsync(storage, 1, Cancellation);
        }

        Assert.AreEqual(ids[0], ids[1], "of the storage");
        var logged = LoggedJobs.Read(folder.PathOf("logs/zotify.db"));
        var jobOf = logged.AssertEachLineIsAtItsJob();
        Assert.HasCount(2, logged.Jobs);
        foreach (var id in jobOf.Values)
        {
            StringAssert.StartsWith(id, $"{ids[0]}-", StringComparison.Ordinal);
            Assert.AreEqual("started failed started completed", logged.Events(id));
        }
    }
}
