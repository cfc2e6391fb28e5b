using System.Text.Json;
using Zotify.Logging.Database;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Queries.Jobs;

/// <summary>The end of a wait for a job, and its cost.</summary>
public abstract class JobEndsContract : JobStoreContract
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan StreamInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    private readonly WatchedTime _clock = new();

    [TestMethod]
    [DataRow("job.completed", "completed")]
    [DataRow("job.failed", "failed")]
    public async Task It_returns_when_the_job_ends(string eventName, string status)
    {
        await AddAsync(Lines.Job());
        var waiting = Ends().WaitAsync("sync-1", Long, Cancellation);
        await ForPollAsync();
        await AddAsync(Lines.Job(eventName: eventName, message: "over"));
        Assert.IsFalse(waiting.IsCompleted);

        _clock.Advance(PollInterval);

        var end = (await waiting)!;
        Assert.AreEqual((true, status, "over", 2L, 0L), (end.Ended, end.Job.Status, end.Job.LastMessage, end.Job.Entries, end.Behind));
    }

    [TestMethod]
    public async Task A_job_that_has_ended_is_not_waited_for_and_one_that_is_not_there_is_null()
    {
        await AddAsync(Lines.Job(), Lines.Job(eventName: "job.completed"));
        Assert.IsTrue((await Ends().WaitAsync("sync-1", Long, Cancellation))!.Ended);
        Assert.IsNull(await Ends().WaitAsync("sync-2", TimeSpan.Zero, Cancellation));
    }

    [TestMethod]
    public async Task A_job_that_was_accepted_a_moment_ago_is_waited_for()
    {
        await Store.Open().MigrateAsync(Cancellation);
        var waiting = Ends().WaitAsync("sync-1", Long, Cancellation);
        await ForPollAsync();
        await AddAsync(Lines.Job(message: "one"));
        _clock.Advance(PollInterval);
        await ForPollAsync();
        Assert.IsFalse(waiting.IsCompleted, "it has begun, and runs");
        await AddAsync(Lines.Job(eventName: "job.completed", message: "over"));
        _clock.Advance(PollInterval);
        Assert.AreEqual((true, "over"), StateOf(await waiting));
    }

    [TestMethod]
    public async Task A_job_that_does_not_come_is_null_at_the_timeout()
    {
        await AddAsync(Lines.Job());
        var waiting = Ends().WaitAsync("sync-2", TimeSpan.FromSeconds(1), Cancellation);
        await ForPollAsync();
        Assert.IsFalse(waiting.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.IsNull(await waiting);
    }

    [TestMethod]
    public async Task At_the_timeout_it_returns_the_job_as_it_is()
    {
        await AddAsync(Lines.Job(message: "one"));
        Assert.AreEqual((false, "one"), StateOf(await Ends().WaitAsync("sync-1", TimeSpan.Zero, Cancellation)));
        var waiting = Ends().WaitAsync("sync-1", TimeSpan.FromSeconds(1), Cancellation);
        await ForPollAsync();
        await AddAsync(Lines.Job(message: "two"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.AreEqual((false, "two"), StateOf(await waiting));
    }

    [TestMethod]
    public async Task Many_callers_share_one_poll_and_none_runs_when_they_have_left()
    {
        // Each has a connection of its own.
        var waiters = 60 / Store.Every(5);
        await AddAsync(Lines.Job("a"), Lines.Job("b"), Lines.Job("c"));
        var captured = new CapturedCommands();
        var ends = Ends(Store.Open(captured));
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var waiting = Enumerable.Range(0, waiters).Select(i => ends.WaitAsync("abc"[i % 3].ToString(), Long, leave.Token)).ToArray();
        await ForPollAsync();
        // All callers wait: each has read its job itself.
        while (Polls(captured, "WHERE j.job_id =") < waiters) await Task.Yield();
        var before = Polls(captured, "json_each", "OPENJSON");
        Assert.AreEqual(1, before);
        for (var poll = 1; poll <= 3; poll++)
        {
            _clock.Advance(PollInterval);
            await ForPollAsync();
            Assert.AreEqual(before + poll, Polls(captured, "json_each", "OPENJSON"));
        }

        await AddAsync(Lines.Job("b", eventName: "job.completed"));
        _clock.Advance(PollInterval);
        await ForPollAsync();
        foreach (var end in await Task.WhenAll(waiting.Where((_, i) => i % 3 == 1))) Assert.AreEqual("completed", end!.Job.Status);
        Assert.IsFalse(waiting.Where((_, i) => i % 3 != 1).Any(wait => wait.IsCompleted));

        await leave.CancelAsync();
        foreach (var wait in waiting.Where((_, i) => i % 3 != 1)) await Assert.ThrowsAsync<OperationCanceledException>(() => wait);
        var commands = captured.Commands.Count;
        _clock.Advance(10 * PollInterval);
        // A new caller is served all the same.
        var again = ends.WaitAsync("a", Long, Cancellation);
        await ForPollAsync();
        Assert.AreEqual(commands + 2, captured.Commands.Count);
        await AddAsync(Lines.Job("a", eventName: "job.failed"));
        _clock.Advance(PollInterval);
        Assert.AreEqual("failed", (await again)!.Job.Status);
    }

    [TestMethod]
    public async Task Streams_and_callers_who_wait_share_one_poll_which_is_rare_while_there_are_only_streams()
    {
        await AddAsync(Lines.Job("a"), Lines.Job("b"));
        var captured = new CapturedCommands();
        var poller = new EndedJobsPoller(Store.Open(captured), _clock);
        using var stream = new TableSubscription(left => poller.Remove("a", left));
        poller.Add("a", stream);
        stream.Reset();
        Assert.AreEqual(StreamInterval, await _clock.NextWaitAsync(Cancellation));
        using (var wait = poller.Wait("b"))
        {
            await ForPollAsync();
            Assert.HasCount(2, captured.Commands, "a caller does not wait for the streams' next poll");
            var asked = (string)captured.Commands.Last().Parameters[0].Value!;
            CollectionAssert.AreEquivalent((string[])["a", "b"], JsonSerializer.Deserialize<string[]>(asked));
            await AddAsync(Lines.Job("b", eventName: "job.completed"));
            Assert.IsFalse(wait.IsSet);
            _clock.Advance(PollInterval);
            await ForPollAsync();
            Assert.IsTrue(wait.IsSet);
        }

        Assert.IsFalse(stream.IsSet);
        await AddAsync(Lines.Job("a", eventName: "job.failed"));
        _clock.Advance(PollInterval);
        Assert.AreEqual(StreamInterval, await _clock.NextWaitAsync(Cancellation));
        Assert.IsTrue(stream.IsSet);
        Assert.HasCount(4, captured.Commands);
    }

    [TestMethod]
    public async Task An_end_is_returned_with_the_entries_logged_right_before()
    {
        await AddAsync(Lines.Job());
        var more = true;
        var readYourWrites = new FixedReadYourWrites
        {
            MeanwhileAsync = async () =>
            {
                if (Journal.DurableSeq < 2 || !more) return;
                more = false;
                await AddAsync(Lines.Job(message: "right before"));
            },
        };
        var waiting = Ends(readYourWrites: readYourWrites).WaitAsync("sync-1", Long, Cancellation);
        await ForPollAsync();
        await AddAsync(Lines.Job(eventName: "job.completed", message: "over"));
        _clock.Advance(PollInterval);
        Assert.AreEqual((true, "right before"), StateOf(await waiting));
    }

    [TestMethod]
    public async Task A_job_that_may_still_be_in_the_journal_is_not_reported_as_unknown()
    {
        await AddAsync(Lines.Job());
        var behind = new FixedReadYourWrites(behind: 7);
        Assert.AreEqual(
            7,
            (await Assert.ThrowsExactlyAsync<LogBehindException>(() => Ends(readYourWrites: behind).WaitAsync("sync-2", TimeSpan.Zero, Cancellation))).Behind);
        Assert.AreEqual(7, (await Ends(readYourWrites: behind).WaitAsync("sync-1", TimeSpan.Zero, Cancellation))!.Behind);
        var logs = new JobLogs(Database, behind);
        Assert.AreEqual(
            7, (await Assert.ThrowsExactlyAsync<LogBehindException>(() => logs.ReadAsync(new JobLogQuery("sync-2"), Cancellation))).Behind);
    }

    [TestMethod]
    public async Task A_timeout_out_of_range_is_refused_and_a_database_that_is_down_is_reported()
    {
        await Assert.ThrowsExactlyAsync<ArgumentOutOfRangeException>(
            () => Ends().WaitAsync("sync-1", TimeSpan.FromTicks(-1), Cancellation));
        await Assert.ThrowsExactlyAsync<ArgumentOutOfRangeException>(
            () => Ends().WaitAsync("sync-1", Long + TimeSpan.FromTicks(1), Cancellation));
        await AddAsync(Lines.Job());
        var waiting = Ends().WaitAsync("sync-1", TimeSpan.FromSeconds(1), Cancellation);
        await ForPollAsync();
        await Store.BreakAsync();
        _clock.Advance(PollInterval);
        await ForPollAsync();
        Assert.IsFalse(waiting.IsCompleted, "it may come back");
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsExactlyAsync<DatabaseUnavailableException>(() => waiting);
    }

    private static (bool, string?) StateOf(JobEnd? end) => (end!.Ended, end.Job.LastMessage);

    private static int Polls(CapturedCommands captured, params string[] words) =>
        captured.Commands.Count(command => words.Any(command.Text.Contains));

    private JobEnds Ends(LoggingDatabase? database = null, IReadYourWrites? readYourWrites = null) =>
        new(new LiveDatabase(database ?? Database, _clock), readYourWrites ?? new FixedReadYourWrites());

    /// <summary>Returns when a poll is done, and the next one waits for its time.</summary>
    private async Task ForPollAsync()
    {
        while (await _clock.NextWaitAsync(Cancellation) != PollInterval)
        {
        }
    }
}
