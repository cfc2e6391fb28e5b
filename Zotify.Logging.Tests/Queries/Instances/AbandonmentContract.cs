using System.Collections.Concurrent;
using Zotify.Logging.Database;
using Zotify.Logging.Handlers;
using Zotify.Logging.Instances;
using Zotify.Logging.Projection;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Instances;

/// <summary>Jobs whose instance is gone for so long that another one ends them.</summary>
public abstract class AbandonmentContract : InstanceFixture
{
    private readonly ConcurrentQueue<AbandonedJob> _abandoned = new();
    private readonly ConcurrentQueue<string> _reports = new();

    [TestMethod]
    public async Task The_jobs_of_an_instance_that_is_gone_for_ten_minutes_are_interrupted_once()
    {
        await AddAsync(Lines.Job("left", Lines.Noon.AddSeconds(5)), Lines.Job("done", eventName: "job.completed"), Lines.Job("other", instance: "m2/app"));
        await SeeAsync();
        Clock.Advance(TimeSpan.FromMinutes(10));
        await SeeAsync("m2/app");
        var watch = await NewWatchAsync();
        await WatchAsync(watch);
        Assert.IsEmpty(_abandoned, "ten minutes are not over");
        Assert.AreEqual(("m1/app", 1), (watch.Status!.Gone.Single(), watch.Status.StalledJobs));

        Clock.Advance(TimeSpan.FromMilliseconds(1));
        await SeeAsync("m2/app");
        await WatchAsync(watch);
        await WatchAsync(await NewWatchAsync());

        var ended = await JobAsync("left");
        Assert.AreEqual(("interrupted", Lines.Noon.AddSeconds(5), Now), (ended.Status, ended.LastAt, ended.EndedAt));
        Assert.AreEqual(new AbandonedJob("left", null, "m1/app", Lines.Noon), _abandoned.Single());
        Assert.Contains("m1/app has not been seen since 2026-11-23 12:00:00 UTC; 1 of its jobs", _reports.Single());
        Assert.AreEqual(("completed", "running"), ((await JobAsync("done")).Status, (await JobAsync("other")).Status));
        Assert.AreEqual((0, 0), (watch.Status.Gone.Count, watch.Status.StalledJobs), "it was given up");
    }

    [TestMethod]
    [Timeout(600_000, CooperativeCancellation = true)]
    public async Task Many_instances_end_each_job_once_between_them()
    {
        await AddAsync([.. Enumerable.Range(0, 60).Select(i => Lines.Job($"job-{i}"))]);
        await SeeAsync();
        Clock.Advance(TimeSpan.FromMinutes(11));

        // Each with a database of its own, as each process has.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var database = Store.Open();
            await using var connection = await database.OpenForWritingAsync(Cancellation);
            var watch = new JobWatch(database, () => JobRules.None, _abandoned.Enqueue, _reports.Enqueue);
            await LookAsync(watch, connection, Clock.GetUtcNow());
            while (true)
            {
                try
                {
                    await watch.RunAsync(connection, Clock.GetUtcNow(), Cancellation);
                    return;
                }
                catch (Exception exception) when (database.IsTransient(exception))
                {
                    // As the next beat does.
                }
            }
        }, Cancellation)));

        CollectionAssert.AreEqual(
            Enumerable.Range(0, 60).Select(i => $"job-{i}").Order().ToArray(), _abandoned.Select(job => job.JobId).Order().ToArray());
        Assert.AreEqual("60", await Store.ReadTextAsync("SELECT COUNT(*) FROM jobs WHERE status = 'interrupted'"));
    }

    [TestMethod]
    public async Task An_instance_whose_clock_is_far_behind_keeps_its_jobs_as_long_as_it_beats()
    {
        await AddAsync(Lines.Job("runs", Lines.Noon.AddSeconds(5)));
        var watch = NewWatch();
        for (var beat = 0; beat < 12; beat++)
        {
            await SeeAsync();
            await using var connection = await Database.OpenForWritingAsync(Cancellation);
            await watch.RunAsync(connection, Clock.GetUtcNow().AddHours(1), Cancellation);
            Clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.AreEqual("running", (await JobAsync("runs")).Status);
        await using (var connection = await Database.OpenForWritingAsync(Cancellation))
        {
            await LookAsync(watch, connection, Clock.GetUtcNow().AddHours(1).AddSeconds(30));
            await watch.RunAsync(connection, Clock.GetUtcNow().AddHours(1).AddSeconds(30), Cancellation);
        }

        Assert.AreEqual("interrupted", (await JobAsync("runs")).Status);
    }

    [TestMethod]
    public async Task A_process_that_has_just_started_ends_no_jobs()
    {
        await AddAsync(Lines.Job("runs", Lines.Noon.AddSeconds(5)));
        await SeeAsync();
        // The database was away for an hour, and the instance has not beaten yet.
        Clock.Advance(TimeSpan.FromHours(1));
        await WatchAsync(NewWatch());
        Assert.AreEqual("running", (await JobAsync("runs")).Status);
    }

    [TestMethod]
    public async Task Lines_that_arrive_later_decide_the_status()
    {
        await AddAsync(Lines.Job("goes-on"), Lines.Job("completes"), Lines.Job("quiet"));
        await AbandonAsync();

        await AddAsync(Lines.Job("goes-on", Now), Lines.Job("completes", Now, "job.completed"));

        Assert.AreEqual(("running", null), Facts(await JobAsync("goes-on")));
        Assert.AreEqual(("completed", Now), Facts(await JobAsync("completes")));
        Assert.AreEqual(("interrupted", Now), Facts(await JobAsync("quiet")));
    }

    [TestMethod]
    public async Task The_note_of_the_end_changes_no_status_however_late_it_arrives()
    {
        await AddAsync(Lines.Job("completes"), Lines.Job("left"));
        await AbandonAsync();
        await AddAsync(Lines.Job("completes", Now.AddSeconds(-1), "job.completed"));

        await AddAsync(Note("completes"), Note("left"), Note("unknown"));

        Assert.AreEqual(("completed", Now.AddSeconds(-1)), Facts(await JobAsync("completes")));
        Assert.AreEqual(("interrupted", Now), Facts(await JobAsync("left")));
        Assert.AreEqual("Interrupted: its instance m1/app has not been seen since 2026-11-23T12:00:00.0000000Z", (await JobAsync("left")).LastMessage);
        Assert.AreEqual(("interrupted", Now.AddMicroseconds(1)), Facts(await JobAsync("unknown")), "a new database has the note first");
        await AddAsync(Lines.Job("unknown", instance: "m1/app"));
        Assert.AreEqual(("running", "m1/app"), ((await JobAsync("unknown")).Status, (await JobAsync("unknown")).Instance));
    }

    [TestMethod]
    [Timeout(600_000, CooperativeCancellation = true)]
    public async Task A_writer_that_was_out_of_sight_takes_its_jobs_back()
    {
        var beats = new SemaphoreSlim(0);
        var heartbeat = Heartbeat();
        heartbeat.Beaten = (_, _, _) =>
        {
            beats.Release();
            return Task.CompletedTask;
        };
        heartbeat.Enter();
        await beats.WaitAsync(Cancellation);
        await AddAsync(Lines.Job("mine", Now), Lines.Job("earlier", Now.AddMinutes(-1)));
        // Its machine sleeps, so no beat comes.
        await AbandonAsync(advance: false);

        Clock.Advance(TimeSpan.FromMinutes(11));
        await beats.WaitAsync(Cancellation);

        Assert.AreEqual(("running", null), Facts(await JobAsync("mine")));
        Assert.AreEqual("interrupted", (await JobAsync("earlier")).Status, "it belongs to an earlier run");
        await heartbeat.LeaveAsync(Cancellation);
    }

    [TestMethod]
    public async Task A_writer_that_starts_again_leaves_them_interrupted()
    {
        Journal.Append(Lines.Job("left"));
        await ProjectAsync(new UnsettledJobs());
        await AbandonAsync();

        // Another run of the journal's writer, which logs to the job without starting it.
        await using (var projector = Start(new JobProjection())) 
        {
            Journal.Append(Lines.Job("left", Now));
            await projector.CatchUpAsync(2, Cancellation);
        }

        Assert.AreEqual(("interrupted", Lines.Noon), Facts(await JobAsync("left")));
    }

    [TestMethod]
    public async Task Retention_deletes_an_instance_that_was_not_seen_for_as_long_as_jobs_are_kept()
    {
        await SeeAsync("old");
        Clock.Advance(TimeSpan.FromDays(2));
        await SeeAsync("new");
        await using (var session = await Zotify.Logging.Retention.RetentionSession.OpenAsync(Database, Cancellation))
        {
            var rows = new Zotify.Logging.Retention.JobRowPruner(session);
            Assert.AreEqual((Lines.Noon, Lines.Noon), await rows.SpanBeforeAsync(Now.AddDays(-1), Cancellation));
            await rows.DeleteBeforeAsync(Now.AddDays(-1), Cancellation);
        }

        Assert.AreEqual("new running 0", await StatesTextAsync());
    }

    private static (string, DateTime?) Facts(JobRow job) => (job.Status, job.EndedAt);

    private JobWatch NewWatch() => new(Database, () => JobRules.Of(Options), _abandoned.Enqueue, _reports.Enqueue);

    /// <summary>The instance of the jobs is gone, and another one ends them.</summary>
    private async Task AbandonAsync(bool advance = true)
    {
        await SeeAsync();
        if (advance)
        {
            Clock.Advance(TimeSpan.FromMinutes(11));
            await WatchAsync(await NewWatchAsync());
            return;
        }

        await using var connection = await Database.OpenForWritingAsync(Cancellation);
        var (watch, later) = (NewWatch(), Clock.GetUtcNow().AddMinutes(11));
        await LookAsync(watch, connection, later);
        await watch.RunAsync(connection, later, Cancellation);
    }

    /// <summary>A watch that has seen for half a minute which instances do not beat.</summary>
    private async Task<JobWatch> NewWatchAsync()
    {
        var watch = NewWatch();
        await using var connection = await Database.OpenForWritingAsync(Cancellation);
        await LookAsync(watch, connection, Clock.GetUtcNow());
        return watch;
    }

    /// <summary>Looks at the instances for half a minute before a time.</summary>
    private async Task LookAsync(JobWatch watch, LoggingConnection connection, DateTimeOffset before)
    {
        foreach (var seconds in (int[])[30, 20, 10])
            await watch.RunAsync(connection, before.AddSeconds(-seconds), Cancellation);
    }

    /// <summary>The entry of the instance that ended a job, as its handler writes it.</summary>
    private string Note(string job)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        var format = new Zotify.Logging.Formats.JobLineFormat("m2/app", () => "job_id");
        format.Write(AbandonmentNote.Of(new AbandonedJob(job, null, "m1/app", Lines.Noon), "job_id", Clock.GetUtcNow()), 1, output);
        return System.Text.Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
