using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Handlers.System;
using static Zotify.Logging.Tests.Handlers.System.SystemLogFolder;

namespace Zotify.Logging.Tests.Queries.SystemLog;

/// <summary>The heartbeats of a stream that has nothing to give out.</summary>
[TestClass]
public sealed class SystemLogHeartbeatTests
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    [TestMethod]
    public async Task A_quiet_stream_gives_a_heartbeat_every_15_seconds_with_the_newest_cursor()
    {
        using var folder = new SystemLogFolder();
        await folder.WriteAsync(Numbered(1, 1));
        var time = new FakeTimeProvider();
        await using var subscriber = new SystemLogSubscriber(folder.Tail(time), new SystemLogQuery { Text = "000001" });
        await subscriber.MessagesAsync(1);
        Assert.IsFalse(subscriber.Ask());
        await folder.WriteAsync(Numbered(2, 3));

        var start = time.GetUtcNow();
        var heartbeat = await subscriber.NextAsync(time, Poll);
        Assert.IsInstanceOfType<LogHeartbeat<SystemLogEntry>>(heartbeat);
        Assert.IsGreaterThanOrEqualTo(TimeSpan.FromSeconds(15), time.GetUtcNow() - start);
        Assert.IsInstanceOfType<LogHeartbeat<SystemLogEntry>>(await subscriber.NextAsync(time, TimeSpan.FromSeconds(1)));

        // Lines that do not match are after it as well.
        await folder.WriteAsync(Numbered(5, 1));
        await using var resumed = new SystemLogSubscriber(folder.Tail(), new SystemLogQuery { After = heartbeat.Cursor });
        CollectionAssert.AreEqual(Range(5, 1), await resumed.MessagesAsync(1));
    }

    [TestMethod]
    public async Task The_heartbeat_of_an_empty_log_has_the_cursor_before_its_first_line()
    {
        using var folder = new SystemLogFolder();
        var time = new FakeTimeProvider();
        await using var subscriber = new SystemLogSubscriber(folder.Tail(time));
        var heartbeat = await subscriber.NextAsync(time, TimeSpan.FromSeconds(15));
        await folder.WriteAsync(Numbered(1, 3));
        await using var resumed = new SystemLogSubscriber(folder.Tail(), new SystemLogQuery { After = heartbeat.Cursor });
        CollectionAssert.AreEqual(Range(1, 3), await resumed.MessagesAsync(3));
    }

    private static List<string> Range(int first, int count) => [.. Numbered(first, count).Select(record => record.Message)];
}
