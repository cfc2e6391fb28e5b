using static Zotify.Logging.Tests.Handlers.System.SystemLogFolder;

namespace Zotify.Logging.Tests.Handlers.System;

/// <summary>The system log while its file or its disk fails: no line is lost or doubled.</summary>
[TestClass]
public sealed class FileStreamHandlerFaultTests
{
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
    public async Task A_file_that_cannot_be_opened_stops_the_start_with_its_key()
    {
        using var folder = new SystemLogFolder();
        File.WriteAllText(folder.PathOf("taken"), "");
        folder.Options.Path = "taken/live.log";
        var failure = await Assert.ThrowsExactlyAsync<LogDirectoryException>(() => folder.StartAsync());
        StringAssert.StartsWith(failure.Message, "Logging:Zotify:Handlers:System:Path: ", StringComparison.Ordinal);
    }
}
