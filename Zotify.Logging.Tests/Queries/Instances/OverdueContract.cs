using Zotify.Logging.Instances;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Instances;

/// <summary>Job types that should run every so often.</summary>
public abstract class OverdueContract : InstanceFixture
{
    [TestMethod]
    public async Task A_type_without_a_job_in_its_time_is_overdue_until_one_runs()
    {
        Options.ExpectedEvery["backup"] = TimeSpan.FromHours(24);
        await AddAsync(Lines.Job("backup-1", jobType: "backup", eventName: "job.completed"), Lines.Job("other", jobType: "backups"));
        Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromTicks(10));
        Assert.AreEqual("", await OverdueAsync());
        Clock.Advance(TimeSpan.FromTicks(10));

        var page = await Logs.ListAsync(new JobListQuery { JobTypes = ["none"] }, Cancellation);
        Assert.AreEqual(new OverdueJobType("backup", TimeSpan.FromHours(24), Lines.Noon, Lines.Noon.AddHours(24)), page.Overdue.Single());
        Clock.Advance(TimeSpan.FromHours(5));
        Assert.AreEqual("backup", await OverdueAsync());
        Assert.AreEqual("backup", await OverdueAsync(new JobExpectations(() => JobRules.Of(Options), Clock)), "after a restart");

        await AddAsync(Lines.Job("backup-2", Now.AddMinutes(-1), jobType: "backup"));
        Assert.AreEqual("", await OverdueAsync());
        Clock.Advance(TimeSpan.FromHours(24));
        Assert.AreEqual("backup", await OverdueAsync());
    }

    [TestMethod]
    public async Task Any_job_of_a_pattern_satisfies_it()
    {
        Options.ExpectedEvery["sync.*"] = TimeSpan.FromHours(1);
        Options.ExpectedEvery["*"] = TimeSpan.FromHours(2);
        await AddAsync(Lines.Job("one", jobType: "sync.all"), Lines.Job("two", Lines.Noon.AddMinutes(30), jobType: "sync"));
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.AreEqual("sync.*", await OverdueAsync());
        await AddAsync(Lines.Job("three", Now, jobType: "sync.some"));
        Assert.AreEqual("", await OverdueAsync());
        Clock.Advance(TimeSpan.FromHours(2));
        Assert.AreEqual("sync.* *", await OverdueAsync());
    }

    [TestMethod]
    public async Task A_type_that_never_ran_is_overdue_since_the_oldest_time_that_the_tables_have()
    {
        Options.ExpectedEvery["never"] = TimeSpan.FromHours(1);
        await Database.MigrateAsync(Cancellation);
        Assert.AreEqual("", await OverdueAsync(), "empty tables tell nothing");
        await SeeAsync();
        Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.AreEqual("", await OverdueAsync());
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.AreEqual(
            new OverdueJobType("never", TimeSpan.FromHours(1), null, Lines.Noon.AddHours(1)),
            (await States.OverdueTypesAsync(Cancellation)).Single());
        await SeeAsync();
        await AddAsync(Lines.Job("old", Lines.Noon.AddHours(-1)));
        Assert.AreEqual(Lines.Noon, (await States.OverdueTypesAsync(Cancellation)).Single().OverdueSince);
    }

    [TestMethod]
    public async Task A_job_whose_clock_was_ahead_hides_nothing_for_longer_than_its_time()
    {
        var day = TimeSpan.FromDays(1);
        Options.ExpectedEvery["backup"] = TimeSpan.FromHours(1);
        await AddAsync(Lines.Job("backup-1", Lines.Noon + day, jobType: "backup"));
        Assert.AreEqual("", await OverdueAsync(), "it counts from now");
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.AreEqual(
            new OverdueJobType("backup", TimeSpan.FromHours(1), Lines.Noon + day, Now), (await States.OverdueTypesAsync(Cancellation)).Single());

        await AddAsync(Lines.Job("backup-2", Now, jobType: "backup"));
        Assert.AreEqual("", await OverdueAsync());
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.AreEqual("backup", await OverdueAsync());
        await AddAsync(Lines.Job("backup-1", Now, jobType: "backup"));
        Assert.AreEqual("", await OverdueAsync(), "the same job goes on, by a right clock");
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.AreEqual("backup", await OverdueAsync());
        Clock.Advance(day - TimeSpan.FromHours(2.5));
        Assert.AreEqual("backup", await OverdueAsync(), "its time has come, and nothing ran");
    }

    [TestMethod]
    public async Task A_type_that_never_ran_is_overdue_where_all_times_are_ahead()
    {
        Options.ExpectedEvery["never"] = TimeSpan.FromHours(1);
        await AddAsync(Lines.Job("other", Lines.Noon.AddDays(1)));
        Assert.AreEqual("", await OverdueAsync());
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.AreEqual("never", await OverdueAsync());
    }

    [TestMethod]
    public async Task A_watch_keeps_the_types_for_metrics_and_health()
    {
        Options.ExpectedEvery["backup"] = TimeSpan.FromHours(1);
        Options.ExpectedEvery["sync"] = TimeSpan.FromHours(1);
        await AddAsync(Lines.Job("one", Lines.Noon.AddHours(1), jobType: "sync"), Lines.Job("two", jobType: "backup"));
        Clock.Advance(TimeSpan.FromHours(1));
        var watch = new JobWatch(Database, () => JobRules.Of(Options), _ => { }, _ => { });
        await WatchAsync(watch);
        Assert.AreEqual("backup True, sync False", string.Join(", ", watch.Status!.ExpectedTypes.OrderBy(type => type.Key).Select(type => $"{type.Key} {type.Value}")));
    }

    private async Task<string> OverdueAsync(JobExpectations? expectations = null) => string.Join(
        ' ',
        (await Database.ReadAsync((expectations ?? Expectations).OverdueAsync, Cancellation)).Select(type => type.JobType));
}
