using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Handlers.System;
using static Zotify.Logging.Tests.Handlers.System.SystemLogFolder;

namespace Zotify.Logging.Tests.Queries.SystemLog;

/// <summary>The items that a subscriber gets while the log is written.</summary>
[TestClass]
public sealed class SystemLogSubscriptionTests
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    [TestMethod]
    public async Task A_line_is_there_within_100_milliseconds_of_its_write()
    {
        using var folder = new SystemLogFolder();
        await folder.WriteAsync(Numbered(1, 1));
        var time = new FakeTimeProvider();
        await using var subscriber = new SystemLogSubscriber(folder.Tail(time), new SystemLogQuery { Tail = 0 });
        Assert.IsFalse(subscriber.Ask());
        await folder.WriteAsync(Numbered(2, 1));
        time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.AreEqual("000002", ((SystemLogEntry)await subscriber.NextAsync()).Message);
    }

    [TestMethod]
    public async Task The_tail_comes_first_and_then_what_is_new()
    {
        using var folder = new SystemLogFolder();
        await using var handler = await folder.StartAsync();
        await handler.WriteAsync(Numbered(1, 5), default);
        await using var subscriber = new SystemLogSubscriber(folder.Tail(), new SystemLogQuery { Tail = 2 });
        CollectionAssert.AreEqual(Range(4, 2), await subscriber.MessagesAsync(2));
        Assert.IsFalse(subscriber.Ask());
        await handler.WriteAsync(Numbered(6, 3), default);
        CollectionAssert.AreEqual(Range(6, 3), await subscriber.MessagesAsync(3));
    }

    [TestMethod]
    public async Task A_subscriber_may_exist_before_the_directory()
    {
        using var folder = new SystemLogFolder();
        folder.Options.Path = "system/live.log";
        await using var subscriber = new SystemLogSubscriber(folder.Tail());
        Assert.IsFalse(subscriber.Ask());
        folder.Options.MaxFileSize = SizeOf(2);
        await folder.WriteAsync(Numbered(1, 7));
        CollectionAssert.AreEqual(Range(1, 7), await subscriber.MessagesAsync(7));
    }

    [TestMethod]
    public async Task Several_rotations_at_once_lose_and_repeat_nothing()
    {
        using var folder = new SystemLogFolder();
        folder.Options.MaxFileSize = SizeOf(3);
        await using var handler = await folder.StartAsync();
        await handler.WriteAsync(Numbered(1, 2), default);
        await using var subscriber = new SystemLogSubscriber(folder.Tail());
        CollectionAssert.AreEqual(Range(1, 2), await subscriber.MessagesAsync(2));
        Assert.IsFalse(subscriber.Ask());
        await handler.WriteAsync(Numbered(3, 20), default);
        CollectionAssert.AreEqual(Range(3, 20), await subscriber.MessagesAsync(20));
    }

    [TestMethod]
    public async Task A_file_that_is_done_is_read_once_more_before_the_next()
    {
        using var folder = new SystemLogFolder();
        await folder.WriteAsync(Numbered(1, 1));
        await using var subscriber = new SystemLogSubscriber(folder.Tail());
        await subscriber.MessagesAsync(1);
        Assert.IsFalse(subscriber.Ask());
        // The entry with half a line of its exception is held back, until no more can come to this file.
        await folder.WriteAsync(Record("last", "X: no"));
        folder.Append("\tha");
        File.Move(folder.Active, folder.PathOf("zotify_api.000001.log"));
        await folder.WriteAsync(Record("next"));
        Assert.AreEqual("last next", string.Join(' ', await subscriber.MessagesAsync(2)));
    }

    [TestMethod]
    public async Task Files_deleted_before_they_were_read_leave_a_gap()
    {
        using var folder = new SystemLogFolder();
        (folder.Options.MaxFileSize, folder.Options.RetainedFiles) = (SizeOf(2), 2);
        await using var handler = await folder.StartAsync();
        await handler.WriteAsync(Numbered(1, 1), default);
        // It stands still, so that nothing is read before the files are deleted.
        var time = new FakeTimeProvider();
        await using var subscriber = new SystemLogSubscriber(folder.Tail(time));
        await subscriber.MessagesAsync(1);
        Assert.IsFalse(subscriber.Ask());
        await handler.WriteAsync(Numbered(2, 11), default);

        var last = (SystemLogEntry)await subscriber.NextAsync(time, Poll);
        Assert.AreEqual("000002", last.Message, "the file that was open is read to its end");
        var gap = (LogGap<SystemLogEntry>)await subscriber.NextAsync();
        var next = (SystemLogEntry)await subscriber.NextAsync();
        Assert.AreEqual((last.Cursor, last.Timestamp, next.Timestamp), (gap.From, gap.FromTime, gap.ToTime));
        Assert.AreEqual("000007", next.Message);
        CollectionAssert.AreEqual(Range(8, 5), await subscriber.MessagesAsync(5));
        await using var resumed = new SystemLogSubscriber(folder.Tail(), new SystemLogQuery { After = gap.Cursor });
        CollectionAssert.AreEqual(Range(7, 6), await resumed.MessagesAsync(6));
    }

    [TestMethod]
    public async Task A_moment_without_an_active_file_is_waited_out()
    {
        using var folder = new SystemLogFolder();
        await folder.WriteAsync(Numbered(1, 2));
        var time = new FakeTimeProvider();
        await using var subscriber = new SystemLogSubscriber(folder.Tail(time));
        await subscriber.MessagesAsync(2);
        Assert.IsFalse(subscriber.Ask());
        File.Move(folder.Active, folder.PathOf("zotify_api.000001.log"));
        for (var i = 0; i < 5; i++) time.Advance(Poll);
        Assert.IsFalse(subscriber.Ask());
        await folder.WriteAsync(Numbered(3, 1));
        Assert.AreEqual("000003", ((SystemLogEntry)await subscriber.NextAsync(time, Poll)).Message);
    }

    [TestMethod]
    public async Task A_file_that_another_program_moved_away_or_deleted_is_followed_by_the_new_one()
    {
        using var folder = new SystemLogFolder();
        await using var handler = await folder.StartAsync();
        await handler.WriteAsync(Numbered(1, 2), default);
        await using var subscriber = new SystemLogSubscriber(folder.Tail());
        await subscriber.MessagesAsync(2);
        Assert.IsFalse(subscriber.Ask());
        File.Move(folder.Active, folder.PathOf("zotify_api.log.1"));
        await handler.WriteAsync(Numbered(3, 2), default);
        CollectionAssert.AreEqual(Range(3, 2), await subscriber.MessagesAsync(2));
        Assert.IsFalse(subscriber.Ask());
        File.Delete(folder.Active);
        await handler.WriteAsync(Numbered(5, 2), default);
        CollectionAssert.AreEqual(Range(5, 2), await subscriber.MessagesAsync(2));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(9)]
    public async Task A_truncated_file_leaves_a_gap_and_is_read_from_its_start(int written)
    {
        using var folder = new SystemLogFolder();
        await using var handler = await folder.StartAsync();
        await handler.WriteAsync(Numbered(1, 4), default);
        await using var subscriber = new SystemLogSubscriber(folder.Tail());
        await subscriber.MessagesAsync(4);
        Assert.IsFalse(subscriber.Ask());
        using (var file = new FileStream(folder.Active, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) file.SetLength(0);
        // Shorter or longer than before: all written lines are read.
        await handler.WriteAsync(Numbered(5, written), default);
        var gap = await subscriber.NextAsync();
        Assert.IsInstanceOfType<LogGap<SystemLogEntry>>(gap);
        CollectionAssert.AreEqual(Range(5, written), await subscriber.MessagesAsync(written));

        await using var resumed = new SystemLogSubscriber(folder.Tail(), new SystemLogQuery { After = gap.Cursor });
        CollectionAssert.AreEqual(Range(5, written), await resumed.MessagesAsync(written));
    }

    [TestMethod]
    public async Task An_exception_in_two_parts_loses_and_repeats_no_text()
    {
        using var folder = new SystemLogFolder();
        await using var subscriber = new SystemLogSubscriber(folder.Tail());
        Assert.IsFalse(subscriber.Ask());
        folder.Append("2026-11-23T15:06:10.0000000Z [ERR] - Zotify.Tests[0] failed\n\tX: no\n");
        var first = (SystemLogEntry)await subscriber.NextAsync();
        Assert.IsFalse(subscriber.Ask());
        folder.Append("\t   at A()\n2026-11-23T15:06:10.0000000Z [INF] - Zotify.Tests[0] next\n");
        var second = (SystemLogEntry)await subscriber.NextAsync();
        Assert.AreEqual("X: no", first.Exception);
        Assert.AreEqual("   at A()", second.Exception);
        Assert.IsNull(second.Timestamp);
        CollectionAssert.AreEqual(new List<string> { "next" }, await subscriber.MessagesAsync(1));

        await using var resumed = new SystemLogSubscriber(folder.Tail(), new SystemLogQuery { After = first.Cursor });
        Assert.AreEqual(second.Text, ((SystemLogEntry)await resumed.NextAsync()).Text);
    }

    [TestMethod]
    public async Task A_stream_ends_when_until_has_passed()
    {
        using var folder = new SystemLogFolder();
        var time = new FakeTimeProvider(SystemLogFolder.Time);
        await folder.WriteAsync(Record("before"), Record("after", after: TimeSpan.FromSeconds(60)));
        await using var subscriber = new SystemLogSubscriber(
            folder.Tail(time), new SystemLogQuery { Until = SystemLogFolder.Time.AddSeconds(30) });
        CollectionAssert.AreEqual(new List<string> { "before" }, await subscriber.MessagesAsync(1));
        Assert.IsFalse(subscriber.Ask());
        await folder.WriteAsync(Record("in time", after: TimeSpan.FromSeconds(29)), Record("too late", after: TimeSpan.FromSeconds(30)));
        time.Advance(TimeSpan.FromSeconds(30));
        CollectionAssert.AreEqual(
            new List<string> { "in time" }, (await subscriber.RestAsync()).Select(item => ((SystemLogEntry)item).Message).ToList());
    }

    [TestMethod]
    public async Task A_stream_whose_until_has_passed_ends_at_the_end_of_the_file()
    {
        using var folder = new SystemLogFolder();
        await folder.WriteAsync(Numbered(1, 3));
        var time = new FakeTimeProvider(SystemLogFolder.Time.AddDays(1));
        await using var subscriber = new SystemLogSubscriber(
            folder.Tail(time), new SystemLogQuery { Until = SystemLogFolder.Time.AddSeconds(1) });
        Assert.HasCount(3, await subscriber.RestAsync());
    }

    [TestMethod]
    public async Task Cancelling_ends_a_waiting_stream()
    {
        using var folder = new SystemLogFolder();
        await using var subscriber = new SystemLogSubscriber(folder.Tail(new FakeTimeProvider()));
        Assert.IsFalse(subscriber.Ask());
        subscriber.Cancel();
        await Assert.ThrowsAsync<OperationCanceledException>(subscriber.NextAsync);
    }

    [TestMethod]
    public async Task A_log_that_was_quiet_for_long_is_still_followed()
    {
        using var folder = new SystemLogFolder();
        await folder.WriteAsync(Numbered(1, 1));
        var time = new FakeTimeProvider();
        await using var subscriber = new SystemLogSubscriber(folder.Tail(time));
        await subscriber.MessagesAsync(1);
        for (var i = 2; i < 4; i++)
        {
            Assert.IsInstanceOfType<LogHeartbeat<SystemLogEntry>>(await subscriber.NextAsync(time, Poll));
            folder.Options.MaxFileSize = SizeOf(1);
            await folder.WriteAsync(Numbered(i, 1));
            CollectionAssert.AreEqual(Range(i, 1), new List<string> { ((SystemLogEntry)await subscriber.NextAsync(time, Poll)).Message! });
        }
    }

    private static List<string> Range(int first, int count) => [.. Numbered(first, count).Select(record => record.Message)];
}
