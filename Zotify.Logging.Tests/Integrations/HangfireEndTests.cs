using Hangfire;
using Hangfire.Common;
using Microsoft.Extensions.DependencyInjection;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Integrations;

/// <summary>How a job of Hangfire ended, whoever ended it: its status is the right one.</summary>
[TestClass]
public sealed class HangfireEndTests : HangfireFixture
{
    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task A_job_that_is_deleted_while_it_runs_is_interrupted_and_the_next_one_is_apart()
    {
        await using var host = await StartAsync();
        var id = Client.Enqueue<HangfireWork>(job => job.HangAsync(1, CancellationToken.None));
        await host.Services.GetRequiredService<Outcomes>().HangsAsync(1);
        Client.Delete(id);
        await EndedAsync(host, id);
        var next = Client.Enqueue<HangfireWork>(job => job.Run(2));
        await HangfireServices.EndedAsync(Storage, 1, Cancellation);
        var logged = await LoggedAsync(host);
        Assert.AreEqual(Id(logged, next), logged.AssertEachLineIsAtItsJob()[2]);
        Assert.AreEqual("started interrupted", logged.Events(Id(logged, id)));
        Assert.AreEqual("interrupted", logged.Jobs[Id(logged, id)].Status);
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task A_job_that_the_stop_of_the_server_cancels_is_interrupted_and_goes_on_with_the_next_server()
    {
        using var folder = new TemporaryFolder();
        string id;
        await using (var host = await StartAsync(folder))
        {
            id = Client.Enqueue<HangfireWork>(job => job.HangAsync(1, CancellationToken.None));
            await host.Services.GetRequiredService<Outcomes>().HangsAsync(1);
            await host.StopAsync(Cancellation);
        }

        Assert.AreEqual("interrupted", LoggedJobs.Read(folder.PathOf("logs/zotify.db")).Jobs.Single().Value.Status);
        await using var next = await StartAsync(folder);
        await next.Services.GetRequiredService<Outcomes>().HangsAsync(1);
        var logged = await LoggedAsync(next);
        Assert.AreEqual("started interrupted started", logged.Events(Id(logged, id)));
        Assert.AreEqual("running", logged.Jobs[Id(logged, id)].Status);
        Assert.AreEqual(Id(logged, id), logged.AssertEachLineIsAtItsJob()[1]);
        Client.Delete(id);
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task An_exception_that_a_filter_handles_completes_the_job_and_a_filter_that_cancels_interrupts_it()
    {
        var filter = new HandlingFilter();
        await using var host = await new TestHost
        {
            Logging = logging =>
            {
                logging.Services.AddSingleton<IJobFilterProvider>(new JobFilterCollection { filter });
                HangfireServices.AddApart(logging.Services, Storage);
            },
        }.StartAsync(Cancellation);
        var handled = Client.Enqueue<HangfireWork>(job => job.Run(7));
        await HangfireServices.IsAsync(Storage, handled, "Succeeded", Cancellation);
        filter.Cancels = true;
        var cancelled = Client.Enqueue<HangfireWork>(job => job.Run(8));
        await HangfireServices.IsAsync(Storage, cancelled, "Deleted", Cancellation);
        var logged = await LoggedAsync(host);
        Assert.AreEqual("started completed", logged.Events(Id(logged, handled)));
        Assert.AreEqual("started interrupted", logged.Events(Id(logged, cancelled)));
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task A_job_that_changes_its_own_state_has_its_further_lines_and_ends_when_it_ends()
    {
        await using var host = await StartAsync();
        var ids = new List<string>
        {
            Client.Enqueue<HangfireWork>(job => job.DeleteItself(1, null!)),
            Client.Enqueue<HangfireWork>(job => job.DeleteItselfAsync(2, null!)),
            // Fails after that.
            Client.Enqueue<HangfireWork>(job => job.DeleteItself(7, null!)),
        };
        foreach (var id in ids) await EndedAsync(host, id);
        var logged = await LoggedAsync(host);
        CollectionAssert.AreEquivalent(
            ids.Select(id => Id(logged, id)).ToArray(), logged.AssertEachLineIsAtItsJob().Values.ToArray());
        Assert.AreEqual(
            "started interrupted, started interrupted, started failed",
            string.Join(", ", ids.Select(id => logged.Events(Id(logged, id)))));
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task A_job_that_is_deleted_elsewhere_and_does_not_notice_is_interrupted_with_the_next_job_of_its_thread()
    {
        await using var host = await new TestHost
        {
            Logging = logging => HangfireServices.AddApart(logging.Services, Storage, workers: 1),
        }.StartAsync(Cancellation);
        var deleted = Client.Enqueue<HangfireWork>(job => job.BeDeleted(1, null!));
        Client.Enqueue<HangfireWork>(job => job.Run(2));
        await HangfireServices.EndedAsync(Storage, 1, Cancellation);
        var logged = await LoggedAsync(host);
        Assert.AreEqual(Id(logged, deleted), logged.AssertEachLineIsAtItsJob()[1]);
        Assert.AreEqual("started interrupted", logged.Events(Id(logged, deleted)));
    }
}
