using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Tests.Alerts;

/// <summary>Alerts on the status of jobs.</summary>
[TestClass]
public sealed class JobAlertTests : AlertFixture
{
    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task A_job_fires_by_its_status_and_the_type_that_an_earlier_line_named()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        await using var host = await StartAsync(
            receiver, null, ("Zotify:Alerts:synced:Log", "Jobs"), ("Zotify:Alerts:synced:Filter", "status=completed&job_type=sync&q=\"all done\""),
            ("Zotify:Alerts:job_failed:Enabled", "false"));
        foreach (var (job, type) in (ReadOnlySpan<(string, string)>)[("j1", "sync"), ("j2", "other")])
        {
            using var scope = host.Logger.BeginScope(new Dictionary<string, object> { ["job_id"] = job });
            host.Logger.LogInformation(new EventId(1, "job.started"), "A {job_type} began", type);
            host.Logger.LogInformation(new EventId(2, "job.completed"), "All done");
            host.Logger.LogInformation(new EventId(3, "job.failed"), "But then");
        }

        var alert = (await receiver.WhenAsync(all => all.Count > 0, Cancellation)).Single();
        var happened = alert.Data.GetProperty("event");
        Assert.AreEqual(("j1", "sync", "completed"), (
            happened.GetProperty("job_id").GetString(), happened.GetProperty("job_type").GetString(),
            happened.GetProperty("status").GetString()));
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task A_job_that_the_end_of_its_process_interrupts_fires_once_when_that_starts_again()
    {
        (string, string?)[] settings =
        [
            ("Zotify:Alerts:cut:Log", "Jobs"), ("Zotify:Alerts:cut:Filter", "status=interrupted&job_type=sync"),
        ];
        await using var receiver = await AlertReceiver.StartAsync();
        await using (var host = await StartAsync(receiver, null, settings))
        {
            foreach (var (job, type) in (ReadOnlySpan<(string, string)>)[("j1", "sync"), ("j2", "sync"), ("j3", "other")])
            {
                using var scope = host.Logger.BeginScope(new Dictionary<string, object> { ["job_id"] = job, ["job_type"] = type });
                host.Logger.LogInformation(new EventId(1, "job.started"), "Started");
                if (job == "j2") host.Logger.LogInformation(new EventId(2, "job.completed"), "Done");
            }
        }

        // As after a kill: no message is sent before the start, and the lines may not have been evaluated.
        Assert.IsEmpty(receiver.Received);
        await using (var host = await StartAsync(receiver, null, settings)) await host.UntilAuditedAsync("alert.sent", 1, Cancellation);
        await using (var last = await StartAsync(receiver, null, settings)) await last.EvaluatedAsync(null, Cancellation);
        var happened = receiver.Received.Single().Data.GetProperty("event");
        Assert.AreEqual(("j1", "sync", "interrupted"), (
            happened.GetProperty("job_id").GetString(), happened.GetProperty("job_type").GetString(),
            happened.GetProperty("status").GetString()));
    }
}
