using System.Globalization;
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
    public async Task A_file_rolls_before_the_record_that_would_outgrow_it()
    {
        using var folder = new SystemLogFolder();
        folder.Options.MaxFileSize = SizeOf(2) + 10;
        await folder.WriteAsync(Numbered(1, 2));
        await folder.WriteAsync(Numbered(3, 3));

        folder.AssertNames("zotify_api.000001.log", "zotify_api.000002.log", "zotify_api.log");
        Assert.AreEqual(SizeOf(2), new FileInfo(folder.PathOf("zotify_api.000002.log")).Length);
        folder.AssertMessages(Expected(1, 5));
    }

    [TestMethod]
    public async Task A_record_is_never_split_over_files_however_large()
    {
        using var folder = new SystemLogFolder();
        folder.Options.MaxFileSize = 200;
        await folder.WriteAsync(Record("small"), Record(new string('x', 5_000), "X: failed\n   at A()"), Record("after"));

        Assert.HasCount(3, folder.Names);
        Assert.HasCount(3, File.ReadAllLines(folder.PathOf("zotify_api.000002.log")));
        Assert.AreEqual("after", Message(File.ReadAllLines(folder.Active).Single()));
    }

    [TestMethod]
    public async Task Beyond_the_retained_files_the_oldest_are_deleted_and_numbers_go_on()
    {
        using var folder = new SystemLogFolder();
        (folder.Options.MaxFileSize, folder.Options.RetainedFiles) = (SizeOf(1), 2);
        await folder.WriteAsync(Numbered(1, 6));
        folder.AssertNames("zotify_api.000004.log", "zotify_api.000005.log", "zotify_api.log");

        await folder.WriteAsync(Numbered(7, 1));
        folder.AssertNames("zotify_api.000005.log", "zotify_api.000006.log", "zotify_api.log");
    }

    [TestMethod]
    public async Task A_number_is_not_given_again_by_a_running_handler_when_its_file_was_deleted()
    {
        using var folder = new SystemLogFolder();
        folder.Options.MaxFileSize = SizeOf(1);
        await using var handler = await folder.StartAsync();
        await handler.WriteAsync(Numbered(1, 2), default);
        File.Delete(folder.PathOf("zotify_api.000001.log"));
        await handler.WriteAsync(Numbered(3, 1), default);
        folder.AssertNames("zotify_api.000002.log", "zotify_api.log");
    }

    [TestMethod]
    public async Task Size_and_retention_change_at_run_time()
    {
        using var folder = new SystemLogFolder();
        folder.Options.MaxFileSize = SizeOf(1);
        await using var handler = await folder.StartAsync();
        await handler.WriteAsync(Numbered(1, 5), default);
        Assert.HasCount(5, folder.Names);

        (folder.Options.MaxFileSize, folder.Options.RetainedFiles) = (SizeOf(10), 1);
        await handler.WriteAsync(Numbered(6, 9), default);
        folder.AssertNames("zotify_api.000004.log", "zotify_api.log");
        Assert.AreEqual(SizeOf(10), new FileInfo(folder.Active).Length);
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
    public async Task A_failed_write_is_cut_off_so_that_the_retried_batch_is_there_once()
    {
        using var folder = new SystemLogFolder();
        await folder.WriteAsync(Numbered(1, 1));
        var disk = new FailingDisk { FailAt = 1 };
        await using var handler = await folder.StartAsync(disk.Append);
        var batch = Numbered(2, 3);

        var failure = await Assert.ThrowsExactlyAsync<IOException>(() => handler.WriteAsync(batch, default).AsTask());
        Assert.AreEqual(SizeOf(1), new FileInfo(folder.Active).Length);
        Assert.IsTrue(handler.ShouldRetry(failure, 1_000));

        await handler.WriteAsync(batch, default);
        folder.AssertMessages(Expected(1, 4));
    }

    [TestMethod]
    public async Task A_batch_that_fails_after_its_first_file_goes_on_in_the_next()
    {
        using var folder = new SystemLogFolder();
        folder.Options.MaxFileSize = SizeOf(2);
        var disk = new FailingDisk { FailAt = 3 };
        await using var handler = await folder.StartAsync(disk.Append);
        var batch = Numbered(1, 7);
        await Assert.ThrowsExactlyAsync<IOException>(() => handler.WriteAsync(batch, default).AsTask());
        folder.AssertMessages(Expected(1, 4));

        await handler.WriteAsync([.. batch], default);
        await handler.WriteAsync(Numbered(8, 1), default);
        folder.AssertMessages(Expected(1, 8));
    }

    [TestMethod]
    public async Task A_batch_that_is_given_up_leaves_the_next_one_whole()
    {
        using var folder = new SystemLogFolder();
        folder.Options.MaxFileSize = SizeOf(2);
        var disk = new FailingDisk { FailAt = 2 };
        await using var handler = await folder.StartAsync(disk.Append);
        await Assert.ThrowsExactlyAsync<IOException>(() => handler.WriteAsync(Numbered(1, 4), default).AsTask());
        await handler.WriteAsync(Numbered(5, 4), default);
        folder.AssertMessages([.. Expected(1, 2), .. Expected(5, 4)]);
    }

    [TestMethod]
    public async Task Denied_access_is_retried_for_ever_and_other_failures_are_not()
    {
        using var folder = new SystemLogFolder();
        await using var handler = await folder.StartAsync();
        Assert.IsTrue(handler.ShouldRetry(new UnauthorizedAccessException(), 1_000));
        Assert.IsFalse(handler.ShouldRetry(new InvalidOperationException(), 1_000));
    }

    [TestMethod]
    public async Task A_file_that_cannot_be_rolled_grows_on_and_that_is_reported()
    {
        using var folder = new SystemLogFolder();
        folder.Options.MaxFileSize = SizeOf(2);
        var moves = true;
        await using var handler = await folder.StartAsync((file, bytes, offset) =>
        {
            RandomAccess.Write(file, bytes, offset);
            // Somebody moves the file away right before it is rolled.
            if (moves) File.Move(folder.Active, folder.PathOf("moved.log"));
            moves = false;
        });

        await handler.WriteAsync(Numbered(1, 8), default);

        Assert.AreEqual(SizeOf(2), new FileInfo(folder.PathOf("moved.log")).Length);
        Assert.AreEqual(SizeOf(6), new FileInfo(folder.Active).Length);
        StringAssert.Contains(folder.Reported.ToString(), "could not be rolled", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task A_file_that_was_moved_away_is_followed_by_a_new_one()
    {
        using var folder = new SystemLogFolder();
        await using var handler = await folder.StartAsync();
        await handler.WriteAsync(Numbered(1, 2), default);
        File.Move(folder.Active, folder.PathOf("zotify_api.log.1"));
        await handler.WriteAsync(Numbered(3, 1), default);
        File.Delete(folder.Active);
        File.WriteAllText(folder.Active, "");
        await handler.WriteAsync(Numbered(4, 1), default);

        Assert.AreEqual(SizeOf(2), new FileInfo(folder.PathOf("zotify_api.log.1")).Length);
        CollectionAssert.AreEqual(Expected(4, 1), File.ReadAllLines(folder.Active).Select(Message).ToArray());
    }

    [TestMethod]
    public async Task A_file_that_was_truncated_from_outside_gets_no_hole()
    {
        using var folder = new SystemLogFolder();
        await using var handler = await folder.StartAsync();
        await handler.WriteAsync(Numbered(1, 2), default);
        File.WriteAllText(folder.Active, "");
        await handler.WriteAsync(Numbered(3, 1), default);
        folder.AssertMessages(Expected(3, 1));
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
    public async Task A_file_that_cannot_be_opened_stops_the_start_with_its_key()
    {
        using var folder = new SystemLogFolder();
        File.WriteAllText(folder.PathOf("taken"), "");
        folder.Options.Path = "taken/live.log";
        var failure = await Assert.ThrowsExactlyAsync<LogDirectoryException>(() => folder.StartAsync());
        StringAssert.StartsWith(failure.Message, "Logging:Zotify:Handlers:System:Path: ", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task Only_what_a_line_shows_is_captured()
    {
        using var folder = new SystemLogFolder();
        await using var handler = await folder.StartAsync();
        Assert.AreEqual(LogParts.Message | LogParts.Exception, handler.Needs);
    }

    private static string[] Expected(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => i.ToString("D6", CultureInfo.InvariantCulture))];
}
