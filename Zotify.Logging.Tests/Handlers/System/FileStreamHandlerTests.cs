using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Handlers;
using static Zotify.Logging.Tests.Handlers.System.SystemLogFolder;

namespace Zotify.Logging.Tests.Handlers.System;

[TestClass]
public sealed class FileStreamHandlerTests
{
    [TestMethod]
    public async Task A_batch_is_in_the_file_when_the_write_returns_and_the_next_start_appends()
    {
        using var folder = new SystemLogFolder();
        var handler = await folder.StartAsync();
        await handler.WriteAsync(Numbered(1, 3), default);
        folder.AssertMessages(Expected(1, 3));

        await handler.DisposeAsync();
        await folder.WriteAsync(Numbered(4, 1));
        folder.AssertMessages(Expected(1, 4));
    }

    [TestMethod]
    public async Task A_batch_is_one_write_a_file()
    {
        using var folder = new SystemLogFolder();
        folder.Options.MaxFileSize = SizeOf(4);
        var writes = new List<long>();
        await using var handler = await folder.StartAsync((file, bytes, offset) =>
        {
            writes.Add(bytes.Length);
            RandomAccess.Write(file, bytes, offset);
        });

        await handler.WriteAsync(Numbered(1, 10), default);

        Assert.IsTrue(writes.SequenceEqual([SizeOf(4), SizeOf(4), SizeOf(2)]), string.Join(" ", writes));
        folder.AssertMessages(Expected(1, 10));
    }

    [TestMethod]
    public async Task A_line_that_a_crash_cut_off_is_ended_before_anything_is_appended()
    {
        using var folder = new SystemLogFolder();
        folder.Append("2026-11-23T15:06:10.0000000Z [INF] - Zotify.Tests[0] ha");
        await folder.WriteAsync(Numbered(1, 1));
        folder.AssertMessages("ha", "000001");
    }

    [TestMethod]
    public async Task Dropped_records_are_reported_once_with_their_reasons_and_the_time()
    {
        using var folder = new SystemLogFolder();
        var time = new FakeTimeProvider(SystemLogFolder.Time.AddMinutes(5));
        await using (var handler = await folder.StartAsync(time: time))
        {
            folder.Dropped[DropReason.QueueFull] = 3;
            await handler.WriteAsync(Numbered(1, 1), default);
            await handler.WriteAsync(Numbered(2, 1), default);
            folder.Dropped[DropReason.QueueFull] = 10;
            folder.Dropped[DropReason.HandlerFailed] = 2;
            await handler.WriteAsync(Numbered(3, 1), default);
            folder.Dropped[DropReason.HandlerFailed] = 3;
            folder.Dropped[DropReason.AlreadyShutdown] = 5;
            folder.Dropped[DropReason.Feedback] = 5;
        }

        var lines = File.ReadAllLines(folder.Active);
        Assert.AreEqual(
            "2026-11-23T15:11:10.0000000Z [WRN] - Zotify.Logging[0] 3 records of the system log were dropped: queue_full 3", lines[1]);
        StringAssert.EndsWith(
            lines[4], "] 9 records of the system log were dropped: queue_full 7, handler_failed 2", StringComparison.Ordinal);
        StringAssert.EndsWith(lines[5], "] 1 records of the system log were dropped: handler_failed 1", StringComparison.Ordinal);
        Assert.HasCount(6, lines);
    }

    [TestMethod]
    public async Task The_count_of_dropped_records_is_not_lost_when_its_write_fails()
    {
        using var folder = new SystemLogFolder { Dropped = { [DropReason.QueueFull] = 3 } };
        var disk = new FailingDisk { FailAt = 1 };
        await using var handler = await folder.StartAsync(disk.Append);
        var batch = Numbered(1, 1);
        await Assert.ThrowsExactlyAsync<IOException>(() => handler.WriteAsync(batch, default).AsTask());
        folder.Dropped[DropReason.QueueFull] = 5;
        await handler.WriteAsync(batch, default);
        folder.AssertMessages("000001", "5 records of the system log were dropped: queue_full 5");
    }

    [TestMethod]
    public async Task A_path_may_lead_to_a_sub_folder_which_is_created()
    {
        using var folder = new SystemLogFolder();
        folder.Options.Path = "system/app/live.log";
        folder.Options.MaxFileSize = SizeOf(1);
        await folder.WriteAsync(Numbered(1, 2));
        Assert.IsTrue(File.Exists(folder.PathOf("system/app/live.000001.log")));
        Assert.IsTrue(File.Exists(folder.PathOf("system/app/live.log")));
    }

    [TestMethod]
    public async Task Only_what_a_line_shows_is_captured()
    {
        using var folder = new SystemLogFolder();
        await using var handler = await folder.StartAsync();
        Assert.AreEqual(LogParts.Message | LogParts.Exception, handler.Needs);
        using var other = new SystemLogFolder();
        other.Options.Format = SystemLogFormat.Json;
        await using var json = await other.StartAsync();
        Assert.AreEqual(LogParts.All, json.Needs);
    }
}
