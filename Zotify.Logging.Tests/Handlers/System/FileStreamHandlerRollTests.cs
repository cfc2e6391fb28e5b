using static Zotify.Logging.Tests.Handlers.System.SystemLogFolder;

namespace Zotify.Logging.Tests.Handlers.System;

/// <summary>When the system log begins a new file, and which files it keeps.</summary>
[TestClass]
public sealed class FileStreamHandlerRollTests
{
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
}
