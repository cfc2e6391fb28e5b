using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Database;
using Zotify.Logging.Projection;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Queries.Live;

namespace Zotify.Logging.Tests.Queries.Jobs;

/// <summary>A stream of a job: everything once and in order, from its cursor on, until the job ends.</summary>
public abstract class JobLogTailContract : JobLogTailFixture
{
    [TestMethod]
    public async Task Existing_entries_come_first_and_then_those_that_are_committed_until_the_job_ends()
    {
        await AddAsync(Lines.Job(message: "1"), Lines.Job("other", message: "no"), Lines.Job(message: "2"));
        await using var subscriber = await FollowAsync(new JobStreamQuery(Job));
        AssertSame(await MessagesAsync(subscriber, 2), "1", "2");
        Assert.IsFalse(subscriber.Ask());

        await AddAsync(Lines.Job("other", message: "no"), Lines.Job(message: "3"));
        AssertSame(await MessagesAsync(subscriber, 1), "3");
        await AddAsync(Lines.Job(message: "4"), Lines.Job(eventName: "job.completed", message: "5"));
        AssertSame(await MessagesAsync(subscriber, 2), "4", "5");
        var end = (JobLogEnd)await subscriber.NextAsync();
        Assert.AreEqual((JobStatus.Completed, 5L), (end.Job.Status, end.Job.Entries));
        Assert.IsEmpty(await subscriber.RestAsync());

        Assert.IsTrue((await OpenAsync(new JobStreamQuery(Job) { After = end.Cursor })).IsPastEnd);
        await AddAsync(Lines.Job(eventName: "job.started", message: "again"));
        await using var again = await FollowAsync(new JobStreamQuery(Job) { After = end.Cursor });
        AssertSame(await MessagesAsync(again, 1), "again");
    }

    [TestMethod]
    public async Task A_subscriber_that_missed_the_end_gets_it()
    {
        await AddAsync(Lines.Job(message: "1"), Lines.Job(eventName: "job.failed", message: "2"));
        await using var subscriber = await FollowAsync(new JobStreamQuery(Job));
        await MessagesAsync(subscriber, 1);
        var last = await subscriber.NextAsync();
        var opened = await OpenAsync(new JobStreamQuery(Job) { After = last.Cursor });
        Assert.IsFalse(opened.IsPastEnd);
        await using var again = new BlockSubscriber<JobLogEntry>(opened.Blocks);
        Assert.IsInstanceOfType<JobLogEnd>((await again.RestAsync()).Single());
    }

    [TestMethod]
    public async Task Entries_logged_right_after_the_end_come_before_it()
    {
        await AddAsync(Lines.Job(message: "1"), Lines.Job(eventName: "job.completed", message: "2"));
        var asked = 0;
        var readYourWrites =
            new FixedReadYourWrites { MeanwhileAsync = () => ++asked == 2 ? AddAsync(Lines.Job(message: "right after")) : Task.CompletedTask };
        var opened = await new JobLogTail(new LiveDatabase(Database, TimeProvider.System), readYourWrites)
            .OpenAsync(new JobStreamQuery(Job), Cancellation);
        await using var subscriber = new BlockSubscriber<JobLogEntry>(opened!.Blocks);
        var items = await subscriber.RestAsync();
        AssertSame(items.SkipLast(1).Select(Message), "1", "2", "right after");
        Assert.AreEqual(3, ((JobLogEnd)items[^1]).Job.Entries);
    }

    [TestMethod]
    public async Task A_job_that_is_found_interrupted_has_ended()
    {
        await AddAsync(Lines.Job(message: "1"));
        await using var subscriber = await FollowAsync(new JobStreamQuery(Job));
        await MessagesAsync(subscriber, 1);
        Assert.IsFalse(subscriber.Ask());
        // The next run of the instance interrupts the job without an entry.
        await using var next = Start(new JobProjection());
        Assert.AreEqual(JobStatus.Interrupted, ((JobLogEnd)await subscriber.NextAsync()).Job.Status);
    }

    [TestMethod]
    public async Task A_job_that_is_not_there_is_null_unless_the_database_may_get_it_yet()
    {
        await AddAsync(Lines.Job());
        Assert.IsNull(await Tail.OpenAsync(new JobStreamQuery("sync-2"), Cancellation));
        var behind = new JobLogTail(new LiveDatabase(Database, TimeProvider.System), new FixedReadYourWrites(behind: 1));
        await Assert.ThrowsExactlyAsync<LogBehindException>(
            () => behind.OpenAsync(new JobStreamQuery("sync-2") { Follow = false }, Cancellation));
        await using var subscriber = new BlockSubscriber<JobLogEntry>(
            (await behind.OpenAsync(new JobStreamQuery("sync-2"), Cancellation))!.Blocks);
        Assert.IsTrue(subscriber.Ask());
        await AddAsync(Lines.Job("sync-2", message: "1"));
        AssertSame(await MessagesAsync(subscriber, 1), "1");
    }

    [TestMethod]
    public async Task A_reader_goes_on_strictly_after_any_item_and_after_a_page()
    {
        await AddAsync([.. Enumerable.Range(0, 250).Select(i => Lines.Job(i % 2 == 0 ? Job : "other", message: $"{i / 2}"))]);
        var items = await ReadAsync(new JobStreamQuery(Job));
        Assert.HasCount(125, items);
        foreach (var at in (int[])[0, 1, 99, 100, 123, 124])
        {
            var rest = await ReadAsync(new JobStreamQuery(Job) { After = items[at].Cursor });
            AssertSame(rest.Select(Message), [.. Enumerable.Range(at + 1, 124 - at).Select(i => $"{i}")]);
        }

        var page = await new JobLogs(Database, new FixedReadYourWrites()).ReadAsync(new JobLogQuery(Job) { Limit = 7 }, Cancellation);
        AssertSame(
            (await ReadAsync(new JobStreamQuery(Job) { After = page!.NextAfter })).Select(Message),
            [.. Enumerable.Range(7, 118).Select(i => $"{i}")]);
        var next = await new JobLogs(Database, new FixedReadYourWrites())
            .ReadAsync(new JobLogQuery(Job) { After = items[9].Cursor, Limit = 1 }, Cancellation);
        Assert.AreEqual("10", next!.Items.Single().Message);
    }

    [TestMethod]
    public async Task Filters_and_the_tail_hold_for_what_is_there_and_for_what_comes()
    {
        await AddAsync(
            [
                .. Enumerable.Range(0, 20).Select(
                    i => Lines.Job(level: i % 4 == 0 ? "Warning" : "Information", at: Lines.Noon.AddSeconds(i), message: $"{i} Track%"))
            ]);
        AssertSame(await FoundAsync(new JobStreamQuery(Job) { MinimumLevel = LogLevel.Warning }), "0", "4", "8", "12", "16");
        AssertSame(await FoundAsync(new JobStreamQuery(Job) { MinimumLevel = LogLevel.Warning, Tail = 2 }), "12", "16");
        AssertSame(await FoundAsync(new JobStreamQuery(Job) { Text = "1 track%", Tail = 3 }), "17", "18", "19");
        AssertSame(await FoundAsync(new JobStreamQuery(Job) { Tail = 0 }));
        AssertSame(
            await FoundAsync(new JobStreamQuery(Job) { Since = Lines.Noon.AddSeconds(3), Until = Lines.Noon.AddSeconds(5) }), "3", "4");
        AssertSame(await FoundAsync(new JobStreamQuery(Job) { Tail = 1_000, Since = Lines.Noon.AddSeconds(18) }), "18", "19");

        await using var warnings = await FollowAsync(
            new JobStreamQuery(Job) { MinimumLevel = LogLevel.Warning, Tail = 1, Since = Lines.Noon });
        await using var all = await FollowAsync(new JobStreamQuery(Job) { Tail = 0, Since = Lines.Noon.AddSeconds(30) });
        AssertSame(await MessagesAsync(warnings, 1), "16 Track%");
        Assert.IsFalse(warnings.Ask());
        Assert.IsTrue(all.Ask(), "its position is set");
        await AddAsync(
            Lines.Job(at: Lines.Noon.AddSeconds(20), message: "late"), Lines.Job(at: Lines.Noon.AddSeconds(40), message: "now"),
            Lines.Job(level: "Error", at: Lines.Noon.AddSeconds(40), message: "failed"));
        AssertSame(await MessagesAsync(warnings, 1), "failed");
        AssertSame(await MessagesAsync(all, 2), "now", "failed");
    }

    [TestMethod]
    public async Task Entries_of_several_journals_come_once_though_one_commits_late()
    {
        var other = new FakeJournal();
        other.Append(Lines.Job(message: "first of the other", instance: "m2/app"));
        await AddAsync(Lines.Job(message: "1"), Lines.Job(message: "2"));
        await ProjectAsync(new UnsettledJobs(), other, "m2/app");
        await Store.ExecuteAsync("DELETE FROM job_logs WHERE seq = 2; UPDATE jobs SET entries = 2");
        await using var subscriber = await FollowAsync(new JobStreamQuery(Job));
        AssertSame(await MessagesAsync(subscriber, 2), "1", "first of the other");
        Assert.IsFalse(subscriber.Ask());

        await Store.ExecuteAsync(Store.WithNumbers(
            "job_logs",
            $"""
            INSERT INTO job_logs (id, journal_id, seq, job_id, instance, timestamp, level, category, message)
              VALUES (2, 2, 2, 'sync-1', 'm2/app', {Store.Literal(Lines.Noon)}, 'Information', '', 'late')
            """) + "; UPDATE jobs SET entries = 3; UPDATE journals SET seq = 2 WHERE id = 2");
        AssertSame(await MessagesAsync(subscriber, 1), "late");
    }

    [TestMethod]
    public async Task A_quiet_stream_gives_a_heartbeat_every_15_seconds_with_the_newest_cursor()
    {
        await AddAsync(Lines.Job(message: "1"), Lines.Job(message: "2"));
        var time = new FakeTimeProvider();
        var tail = new JobLogTail(new LiveDatabase(Database, time), new FixedReadYourWrites());
        await using var subscriber = new BlockSubscriber<JobLogEntry>(
            (await tail.OpenAsync(new JobStreamQuery(Job) { Text = "1" }, Cancellation))!.Blocks);
        await MessagesAsync(subscriber, 1);
        var start = time.GetUtcNow();
        var heartbeat = await subscriber.NextAsync(time, TimeSpan.FromSeconds(1));
        Assert.IsInstanceOfType<LogHeartbeat<JobLogEntry>>(heartbeat);
        Assert.IsGreaterThanOrEqualTo(TimeSpan.FromSeconds(15), time.GetUtcNow() - start);
        Assert.IsEmpty(await ReadAsync(new JobStreamQuery(Job) { After = heartbeat.Cursor }), "what does not match is behind it, too");
    }

    [TestMethod]
    public async Task A_database_that_goes_away_is_waited_for_and_nothing_is_lost()
    {
        await AddAsync(Lines.Job(message: "1"));
        var away = new DatabaseAway();
        var database = Store.Open(away);
        var time = new FakeTimeProvider();
        var tail = new JobLogTail(new LiveDatabase(database, time), new FixedReadYourWrites());
        await using var subscriber = new BlockSubscriber<JobLogEntry>((await tail.OpenAsync(new JobStreamQuery(Job), Cancellation))!.Blocks);
        await MessagesAsync(subscriber, 1);
        Assert.IsFalse(subscriber.Ask());
        away.IsAway = true;
        await AddAsync(Lines.Job(message: "2"));
        var heartbeat = await subscriber.NextAsync(time, TimeSpan.FromSeconds(1));
        Assert.IsInstanceOfType<LogHeartbeat<JobLogEntry>>(heartbeat, "it stays open");
        AssertSame((await ReadAsync(new JobStreamQuery(Job) { After = heartbeat.Cursor })).Select(Message), "2");
        await Assert.ThrowsExactlyAsync<DatabaseUnavailableException>(() => tail.OpenAsync(new JobStreamQuery(Job), Cancellation));
        Assert.IsGreaterThan(0, away.Refused);
        away.IsAway = false;
        Assert.AreEqual("2", Message(await subscriber.NextRecordAsync(time, TimeSpan.FromMilliseconds(100))));
        await AddAsync(Lines.Job(message: "3"));
        Assert.AreEqual("3", Message(await subscriber.NextRecordAsync(time, TimeSpan.FromMilliseconds(100))));
    }

    [TestMethod]
    public async Task A_stream_ends_when_until_has_passed()
    {
        await AddAsync(Lines.Job(at: Lines.Noon, message: "1"), Lines.Job(at: Lines.Noon.AddHours(1), message: "too late"));
        var time = new FakeTimeProvider(Lines.Noon);
        var tail = new JobLogTail(new LiveDatabase(Database, time), new FixedReadYourWrites());
        await using var subscriber = new BlockSubscriber<JobLogEntry>(
            (await tail.OpenAsync(new JobStreamQuery(Job) { Until = Lines.Noon.AddMinutes(1) }, Cancellation))!.Blocks);
        AssertSame(await MessagesAsync(subscriber, 1), "1");
        Assert.IsFalse(subscriber.Ask());
        await AddAsync(Lines.Job(at: Lines.Noon.AddSeconds(59), message: "in time"));
        time.Advance(TimeSpan.FromMinutes(1));
        AssertSame((await subscriber.RestAsync()).Select(Message), "in time");
    }

    [TestMethod]
    public async Task Values_that_cannot_be_used_are_refused_by_name()
    {
        await AddAsync(Lines.Job());
        Assert.AreEqual(
            "Tail",
            (await Assert.ThrowsAsync<ArgumentException>(() => Tail.OpenAsync(new JobStreamQuery(Job) { Tail = -1 }, Cancellation))).ParamName);
        Assert.AreEqual(
            "Text",
            (await Assert.ThrowsAsync<ArgumentException>(() => Tail.OpenAsync(new JobStreamQuery(Job) { Text = new string('x', 1_001) }, Cancellation))).ParamName);
        Assert.AreEqual(
            "After",
            (await Assert.ThrowsAsync<InvalidCursorException>(() => Tail.OpenAsync(new JobStreamQuery(Job) { After = "x" }, Cancellation))).ParamName);
    }

    private async Task<string[]> FoundAsync(JobStreamQuery query) =>
        [.. (await ReadAsync(query)).Select(item => Message(item)!.Split(' ')[0])];
}
