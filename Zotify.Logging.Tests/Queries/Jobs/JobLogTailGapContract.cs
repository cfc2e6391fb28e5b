using Zotify.Logging.Database;
using Zotify.Logging.Queries;
using Zotify.Logging.Retention;
using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Queries.Live;

namespace Zotify.Logging.Tests.Queries.Jobs;

/// <summary>A stream of a job reports a gap where entries after its cursor were deleted, and only there.</summary>
public abstract class JobLogTailGapContract : JobLogTailFixture
{
    [TestMethod]
    public async Task Entries_that_are_deleted_while_they_are_read_are_a_gap_and_before_that_whatever_the_filters()
    {
        await AddAsync([.. Enumerable.Range(1, 6).Select(i => Lines.Job(at: Lines.Noon.AddHours(i), message: $"{i}"))]);
        var items = await ReadAsync(new JobStreamQuery(Job));
        var deleting = new BeforeCommand(JobLogRowReader.Columns, () => DeleteBeforeAsync(Lines.Noon.AddHours(4)));
        await using var subscriber = new BlockSubscriber<JobLogEntry>(
            (await NewTail(Store.Open(deleting)).OpenAsync(new JobStreamQuery(Job) { After = items[0].Cursor, Follow = false }, Cancellation))!.Blocks);
        var rest = await subscriber.RestAsync();
        Assert.IsTrue(deleting.IsDone);
        Assert.AreEqual(items[0].Cursor, ((LogGap<JobLogEntry>)rest[0]).From);
        AssertSame(rest.Skip(1).Select(Message), "4", "5", "6");
        Assert.IsInstanceOfType<LogGap<JobLogEntry>>((await ReadAsync(new JobStreamQuery(Job) { After = items[0].Cursor, Text = "6" }))[0]);
    }

    [TestMethod]
    public async Task A_stream_that_does_not_follow_reports_that_the_database_is_behind()
    {
        await AddAsync(Lines.Job(message: "1"), Lines.Job(message: "2"));
        var tail = new JobLogTail(new LiveDatabase(Database, TimeProvider.System), new FixedReadYourWrites(behind: 7));
        foreach (var query in (JobStreamQuery[])[new(Job) { Follow = false }, new(Job) { Until = DateTimeOffset.UnixEpoch.AddYears(200), Follow = false }])
        {
            await using var subscriber = new BlockSubscriber<JobLogEntry>((await tail.OpenAsync(query, Cancellation))!.Blocks);
            await subscriber.FirstBlockAsync();
            Assert.AreEqual(7, subscriber.Block!.Behind, "it is known before the answer begins");
            var items = await subscriber.RestAsync();
            Assert.AreEqual(7, ((LogBehind<JobLogEntry>)items[0]).Behind);
            AssertSame(items.Skip(1).Select(Message), "1", "2");
        }

        // One that follows gets them later. It ends behind only if its time has passed.
        await using var over = new BlockSubscriber<JobLogEntry>(
            (await tail.OpenAsync(new JobStreamQuery(Job) { Until = Lines.Noon.AddYears(-1) }, Cancellation))!.Blocks);
        await over.FirstBlockAsync();
        Assert.AreEqual(0, over.Block!.Behind);
        Assert.AreEqual(7, ((LogBehind<JobLogEntry>)(await over.RestAsync()).Single()).Behind);
        await AddAsync(Lines.Job(eventName: "job.completed", message: "3"));
        await using var ended = new BlockSubscriber<JobLogEntry>((await tail.OpenAsync(new JobStreamQuery(Job), Cancellation))!.Blocks);
        var last = (await ended.RestAsync())[^2..];
        Assert.AreEqual(7, ((LogBehind<JobLogEntry>)last[0]).Behind, "entries may follow the one that ended the job");
        Assert.IsInstanceOfType<JobLogEnd>(last[1]);
    }

    [TestMethod]
    public async Task A_gap_is_reported_where_entries_after_the_cursor_were_deleted_and_only_there()
    {
        await AddAsync([.. Enumerable.Range(1, 6).Select(i => Lines.Job(at: Lines.Noon.AddDays(i), message: $"{i}"))]);
        var items = await ReadAsync(new JobStreamQuery(Job));
        var page = (
            await new JobLogs(Database, new FixedReadYourWrites()).ReadAsync(new JobLogQuery(Job) { Limit = 2 }, Cancellation))!.NextAfter;
        await DeleteBeforeAsync(Lines.Noon.AddDays(4));

        var resumed = await ReadAsync(new JobStreamQuery(Job) { After = items[1].Cursor });
        var gap = (LogGap<JobLogEntry>)resumed[0];
        Assert.AreEqual((items[1].Cursor, (DateTimeOffset?)Lines.Noon.AddDays(4)), (gap.From, gap.ToTime));
        AssertSame(resumed.Skip(1).Select(Message), "4", "5", "6");
        AssertSame((await ReadAsync(new JobStreamQuery(Job) { After = gap.Cursor })).Select(Message), "4", "5", "6");
        Assert.IsInstanceOfType<LogGap<JobLogEntry>>((await ReadAsync(new JobStreamQuery(Job) { After = page }))[0]);
        // Entries that were read are deleted, and those that were not read exist.
        AssertSame((await ReadAsync(new JobStreamQuery(Job) { After = items[2].Cursor })).Select(Message), "4", "5", "6");
        AssertSame((await ReadAsync(new JobStreamQuery(Job))).Select(Message), "4", "5", "6");

        var last = (await ReadAsync(new JobStreamQuery(Job)))[^1];
        await AddAsync(Lines.Job(at: Lines.Noon.AddDays(9), message: "7"));
        await DeleteBeforeAsync(Lines.Noon.AddDays(8));
        AssertSame((await ReadAsync(new JobStreamQuery(Job) { After = last.Cursor })).Select(Message), "7");
        Assert.IsInstanceOfType<LogGap<JobLogEntry>>((await ReadAsync(new JobStreamQuery(Job) { After = items[^2].Cursor }))[0]);
    }

    [TestMethod]
    public async Task A_cursor_of_another_database_is_a_gap_and_all_comes_again()
    {
        await AddAsync(Lines.Job(message: "1"), Lines.Job(message: "2"));
        foreach (var place in (JournalsCursor[])[new([new(1, 7)]), new([new(9, 1)])])
        {
            var items = await ReadAsync(new JobStreamQuery(Job) { After = new JobCursor(place, 7).Encode() });
            Assert.IsInstanceOfType<LogGap<JobLogEntry>>(items[0]);
            AssertSame(items.Skip(1).Select(Message), "1", "2");
        }
    }

    private async Task DeleteBeforeAsync(DateTime time)
    {
        await using var session = await RetentionSession.OpenAsync(Database, Cancellation);
        await new JobRowPruner(session).DeleteBeforeAsync(time, Cancellation);
    }
}
