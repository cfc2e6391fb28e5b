using Zotify.Logging.Dispatch;
using Zotify.Logging.Instances;
using Zotify.Logging.Monitoring;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Instances;

/// <summary>Running jobs whose instance is gone, or that log nothing.</summary>
public abstract class StalledJobsContract : InstanceFixture
{
    [TestMethod]
    public async Task A_job_is_stalled_while_its_instance_is_gone_and_runs_again_when_that_is_seen()
    {
        await AddAsync(
            Lines.Job("one", instance: "m1/app"), Lines.Job("two", instance: "m2/app"), Lines.Job("three", instance: "unknown"),
            Lines.Job("ended", eventName: "job.failed", instance: "m1/app"));
        await SeeAsync("m1/app");
        Clock.Advance(TimeSpan.FromSeconds(31));
        await SeeAsync("m2/app");

        Assert.AreEqual("two running, three running, one stalled instance_gone, ended failed", await JobsTextAsync(new JobListQuery()));
        Assert.AreEqual("m1/app gone 1, m2/app running 1", await StatesTextAsync());
        foreach (var text in (string?[])[null, "-nothing"])
        {
            Assert.AreEqual("running 2, stalled 1, failed 1", await TotalsTextAsync(new JobListQuery { Text = text }), text);
            Assert.AreEqual("one stalled instance_gone", await JobsTextAsync(new JobListQuery { Statuses = ["stalled"], Text = text }));
            Assert.AreEqual("two running, three running", await JobsTextAsync(new JobListQuery { Statuses = ["running"], Text = text }));
            Assert.AreEqual(
                "one stalled instance_gone, ended failed", await JobsTextAsync(new JobListQuery { Statuses = ["stalled", "failed"], Text = text }));
            Assert.AreEqual("two running, three running, ended failed", await JobsTextAsync(new JobListQuery { Statuses = ["failed", "running"], Text = text }));
            Assert.AreEqual(
                "two running, three running, one stalled instance_gone",
                await JobsTextAsync(new JobListQuery { Statuses = ["running", "stalled"], Text = text }));
            Assert.AreEqual("two running, three running, ended failed", await JobsTextAsync(new JobListQuery { ExcludedStatuses = ["stalled"], Text = text }));
            Assert.AreEqual("one stalled instance_gone, ended failed", await JobsTextAsync(new JobListQuery { ExcludedStatuses = ["running"], Text = text }));
        }

        var job = (await Logs.ReadAsync(new JobLogQuery("one"), Cancellation))!.Job;
        Assert.AreEqual(("stalled", "instance_gone", "m1/app"), (job.Status, job.StalledReason, job.Instance));
        Assert.AreEqual("running", (await JobAsync("one")).Status, "the table keeps the status");
        Assert.AreEqual("one", (await States.StalledJobsAsync(10, Cancellation)).Single().JobId);

        await SeeAsync("m1/app");
        Assert.AreEqual("two running, three running, one running, ended failed", await JobsTextAsync(new JobListQuery()));
        Assert.IsEmpty(await States.StalledJobsAsync(10, Cancellation));
    }

    [TestMethod]
    public async Task A_job_that_logs_nothing_for_its_types_time_is_stalled()
    {
        Options.SilentAfter["sync"] = TimeSpan.FromMinutes(1);
        Options.SilentAfter["sync*"] = TimeSpan.FromMinutes(3);
        Options.SilentAfter["*"] = TimeSpan.FromMinutes(2);
        await SeeAsync();
        await AddAsync(
            Lines.Job("exact", jobType: "sync"), Lines.Job("prefix", jobType: "sync.all"), Lines.Job("upper", jobType: "SYNC"),
            Lines.Job("untyped"), Lines.Job("done", jobType: "sync", eventName: "job.completed"));
        foreach (var (minutes, stalled) in ((int, string)[])[(1, ""), (2, "exact"), (3, "exact untyped upper"), (4, "exact prefix untyped upper")])
        {
            Clock.Advance(new DateTimeOffset(Lines.Noon.AddMinutes(minutes).AddMilliseconds(minutes == 1 ? 0 : -1)) - Clock.GetUtcNow());
            await SeeAsync();
            var found = (await Logs.ListAsync(new JobListQuery { Statuses = ["stalled"] }, Cancellation)).Items;
            Assert.AreEqual(stalled, string.Join(' ', found.Select(job => job.JobId).Order()), $"{minutes}");
            Assert.IsTrue(found.All(job => job.StalledReason == "silent"));
            Assert.AreEqual(stalled, string.Join(' ', (await States.StalledJobsAsync(10, Cancellation)).Select(job => job.JobId).Order()));
            var count = stalled.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
            Assert.AreEqual(
                (4 - count, count), await CountsAsync(new JobListQuery()), "counted by the engine");
            Assert.AreEqual((4 - count, count), await CountsAsync(new JobListQuery { Text = "-nothing" }), "counted here");
        }

        await AddAsync(Lines.Job("exact", Now, jobType: "sync"));
        Assert.AreEqual("running", (await Logs.ReadAsync(new JobLogQuery("exact"), Cancellation))!.Job.Status, "it logged something");
    }

    [TestMethod]
    public async Task An_instance_whose_clock_is_ahead_is_gone_when_it_is_not_seen_any_more()
    {
        var watch = new JobWatch(Database, () => JobRules.Of(Options), _ => { }, _ => { });
        await AddAsync(Lines.Job("one"));
        foreach (var (isSeen, state) in ((bool, string)[])[(true, "running"), (true, "running"), (false, "gone"), (true, "running")])
        {
            if (isSeen) await SeeAsync(ahead: TimeSpan.FromDays(1));
            await WatchAsync(watch);
            Assert.AreEqual($"m1/app {state} 1", await StatesTextAsync());
            Assert.AreEqual(1, watch.Status!.Instances[state]);
            Assert.AreEqual(state == "gone" ? "one stalled instance_gone" : "one running", await JobsTextAsync(new JobListQuery()));
            // Within the time that another instance takes to be seen again.
            for (var i = 0; i < 2; i++)
            {
                Clock.Advance(TimeSpan.FromSeconds(16));
                await WatchAsync(watch);
            }
        }
    }

    [TestMethod]
    public async Task A_job_whose_clock_was_ahead_is_stalled_when_it_logs_nothing_any_more()
    {
        Options.SilentAfter["sync"] = TimeSpan.FromMinutes(1);
        await AddAsync(Lines.Job("ahead", Lines.Noon.AddDays(1), jobType: "sync"), Lines.Job("other", Lines.Noon.AddDays(1)));
        // The second time, it goes on by a right clock.
        for (var i = 0; i < 2; i++)
        {
            await SeeAsync();
            Assert.AreEqual("running 2", await TotalsTextAsync(new JobListQuery()));
            Clock.Advance(TimeSpan.FromSeconds(61));
            await SeeAsync();
            foreach (var text in (string?[])[null, "-nothing"])
            {
                Assert.AreEqual("running 1, stalled 1", await TotalsTextAsync(new JobListQuery { Text = text }));
                Assert.AreEqual("ahead stalled silent", await JobsTextAsync(new JobListQuery { Statuses = ["stalled"], Text = text }));
            }

            Assert.AreEqual("ahead", (await States.StalledJobsAsync(10, Cancellation)).Single().JobId);
            await AddAsync(Lines.Job("ahead", Now, jobType: "sync"));
        }
    }

    [TestMethod]
    public async Task A_thousand_stalled_jobs_are_told_one_by_one_and_further_ones_together()
    {
        const int Most = InstanceConditions.MostJobs;
        await SeeAsync();
        await AddAsync([.. Enumerable.Range(0, Most).Select(n => Lines.Job($"job-{n}"))]);
        Clock.Advance(TimeSpan.FromSeconds(31));
        var watch = new WatchStatus(new Dictionary<string, int>(), [], 1, new Dictionary<string, bool>());
        var conditions = new InstanceConditions(States);
        var told = await conditions.ReadAsync(watch, Cancellation);
        Assert.AreEqual(Most, told.DistinctBy(condition => condition.Subject).Count(condition => condition.Subject.StartsWith("job-", StringComparison.Ordinal)));
        await AddAsync(Lines.Job("one-more", Lines.Noon.AddSeconds(1)));
        var further = (await conditions.ReadAsync(watch, Cancellation)).Single(condition => !condition.Subject.StartsWith("job-", StringComparison.Ordinal));
        Assert.AreEqual(("job_stalled", "More than 1000 jobs are stalled; further ones are not told one by one"), (further.Name, further.Message));
    }

    [TestMethod]
    public async Task Who_waits_for_a_stalled_job_goes_on_waiting()
    {
        await AddAsync(Lines.Job());
        await SeeAsync();
        Clock.Advance(TimeSpan.FromMinutes(1));
        using var live = new LiveDatabase(Database, Clock);

        var end = (await new JobEnds(live, new FixedReadYourWrites(), Expectations).WaitAsync("sync-1", TimeSpan.Zero, Cancellation))!;

        Assert.AreEqual(("stalled", false), (end.Job.Status, end.Ended));
    }

    private async Task<(long Running, long Stalled)> CountsAsync(JobListQuery query)
    {
        var totals = (await Logs.ListAsync(query, Cancellation)).Totals;
        return (totals["running"], totals["stalled"]);
    }
}
