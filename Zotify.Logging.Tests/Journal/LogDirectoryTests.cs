using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Journal;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Journal;

[TestClass]
public sealed class LogDirectoryTests
{
    public required TestContext TestContext { get; set; }

    [TestMethod]
    public void A_second_holder_gets_an_error_that_names_the_first()
    {
        using var folder = new JournalFolder();
        using var first = HoldAsAnotherProcess(folder);
        File.WriteAllText(folder.PathOf("zotify.owner"), "machine-1/shop, process 4242, since 2026-11-23T15:06:10Z\n");

        using var second = Directory(folder.Path, "machine-1/office");
        var message = Assert.ThrowsExactly<LogDirectoryException>(second.Open).Message;
        foreach (var part in (string[])["Logging:Zotify:Directory", folder.Path, "another process (machine-1/shop, process 4242, since"])
            StringAssert.Contains(message, part, StringComparison.Ordinal);
    }

    [TestMethod]
    public void A_second_holder_in_one_process_gets_an_error_that_names_no_process()
    {
        using var folder = new JournalFolder();
        using var first = Directory(folder.Path, "machine-1/shop");
        first.Open();
        first.Open();

        using var second = Directory(folder.Path, "machine-1/office");
        var message = Assert.ThrowsExactly<LogDirectoryException>(second.Open).Message;
        StringAssert.Contains(message, $"already written by this process, as '{folder.Path}' (machine-1/shop)", StringComparison.Ordinal);
        Assert.DoesNotContain($"process {Environment.ProcessId}", message);
    }

    [TestMethod]
    public async Task The_wait_for_the_lock_ends_with_its_timeout_and_further_attempts_do_not_wait_again()
    {
        using var folder = new JournalFolder();
        using var first = Directory(folder.Path, "machine-1/shop");
        first.Open();
        var time = new WatchedTime();
        using var second = new LogDirectory(folder.Path, "machine-1/office", time, TimeSpan.FromMilliseconds(150));
        var reports = new List<string>();
        var opening = second.OpenAsync(reports.Add, TestContext.CancellationToken);
        Assert.AreEqual(TimeSpan.FromMilliseconds(100), await time.NextWaitAsync(TestContext.CancellationToken));
        time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.AreEqual(TimeSpan.FromMilliseconds(50), await time.NextWaitAsync(TestContext.CancellationToken));
        time.Advance(TimeSpan.FromMilliseconds(50));
        var message = (await Assert.ThrowsExactlyAsync<LogDirectoryException>(() => opening)).Message;
        StringAssert.Contains(message, "machine-1/shop", StringComparison.Ordinal);

        Assert.IsTrue(second.OpenAsync(reports.Add, TestContext.CancellationToken).IsFaulted);
        Assert.HasCount(1, reports);
    }

    [TestMethod]
    public async Task A_shutdown_ends_the_wait_for_the_lock()
    {
        using var folder = new JournalFolder();
        using var first = Directory(folder.Path, "machine-1/shop");
        first.Open();
        using var second = new LogDirectory(folder.Path, "machine-1/office", new FakeTimeProvider(), TimeSpan.FromHours(1));
        using var closing = new CancellationTokenSource();
        var opening = second.OpenAsync(_ => { }, closing.Token);
        await closing.CancelAsync();
        await Assert.ThrowsExactlyAsync<LogDirectoryException>(() => opening);
    }

    [TestMethod]
    public void A_lock_that_somebody_deletes_is_made_again_and_keeps_others_out()
    {
        using var folder = new JournalFolder();
        var time = new FakeTimeProvider(Some.Time);
        using var first = new LogDirectory(folder.PathOf("logs"), "machine-1/shop", time);
        first.Open();
        global::System.IO.Directory.Delete(first.Path, recursive: true);
        time.Advance(TimeSpan.FromSeconds(1));

        using var second = Directory(first.Path, "machine-1/office");
        StringAssert.Contains(
            Assert.ThrowsExactly<LogDirectoryException>(second.Open).Message, "machine-1/shop", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task A_lock_that_another_process_has_taken_meanwhile_is_taken_back_when_that_one_ends()
    {
        using var folder = new JournalFolder();
        var time = new FakeTimeProvider(Some.Time);
        using var first = new LogDirectory(folder.PathOf("logs"), "machine-1/shop", time);
        var reports = new List<string>();
        await first.OpenAsync(reports.Add, TestContext.CancellationToken);
        global::System.IO.Directory.Delete(first.Path, recursive: true);
        using (var second = Directory(first.Path, "machine-1/office"))
        {
            second.Open();
            time.Advance(TimeSpan.FromSeconds(3));
            StringAssert.Contains(
                Assert.ThrowsExactly<LogDirectoryException>(first.EnsureHeld).Message, "machine-1/office", StringComparison.Ordinal);
        }

        first.EnsureHeld();
        Assert.HasCount(2, reports, "it is lost, and it is made again");
        using var third = Directory(first.Path, "machine-1/third");
        Assert.ThrowsExactly<LogDirectoryException>(third.Open);
    }

    [TestMethod]
    public void A_disposed_holder_frees_the_lock()
    {
        using var folder = new JournalFolder();
        using var second = Directory(folder.Path, "second");
        using (var first = Directory(folder.Path, "first"))
        {
            first.Open();
            Assert.ThrowsExactly<LogDirectoryException>(second.Open);
        }

        second.Open();
        StringAssert.StartsWith(File.ReadAllText(second.FilePath("zotify.owner")), "second, process ", StringComparison.Ordinal);
    }

    [TestMethod]
    public void An_unnamed_holder_is_unknown()
    {
        using var folder = new JournalFolder();
        using var first = HoldAsAnotherProcess(folder);
        using var second = Directory(folder.Path, "second");
        StringAssert.Contains(Assert.ThrowsExactly<LogDirectoryException>(second.Open).Message, "(unknown)", StringComparison.Ordinal);
    }

    [TestMethod]
    public void A_missing_directory_is_created()
    {
        using var folder = new JournalFolder();
        using var directory = Directory(folder.PathOf("a/b"), "first");
        directory.Open();
        Assert.IsTrue(File.Exists(folder.PathOf("a/b/zotify.lock")));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("/below")]
    public void A_file_at_the_directorys_path_is_reported_with_the_key(string below)
    {
        using var folder = new JournalFolder();
        File.WriteAllText(folder.PathOf("file"), "");
        using var directory = Directory(folder.PathOf("file" + below), "first");
        AssertUnwritable(directory);
    }

    [TestMethod]
    public void A_lock_that_cannot_be_opened_is_reported_with_the_key()
    {
        using var folder = new JournalFolder();
        global::System.IO.Directory.CreateDirectory(folder.PathOf("zotify.lock"));
        using var directory = Directory(folder.Path, "first");
        AssertUnwritable(directory);
    }

    [TestMethod]
    public void An_owner_that_cannot_be_written_leaves_no_lock_behind()
    {
        using var folder = new JournalFolder();
        global::System.IO.Directory.CreateDirectory(folder.PathOf("zotify.owner"));
        using var directory = Directory(folder.Path, "first");
        AssertUnwritable(directory);
        AssertUnwritable(directory);

        global::System.IO.Directory.Delete(folder.PathOf("zotify.owner"));
        using var second = Directory(folder.Path, "second");
        second.Open();
    }

    /// <summary>Holds the lock in a way that the system shows as another process's.</summary>
    private static FileStream HoldAsAnotherProcess(JournalFolder folder) =>
        new(folder.PathOf("zotify.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);

    private static LogDirectory Directory(string path, string owner) => new(path, owner, new FakeTimeProvider(Some.Time));

    private static void AssertUnwritable(LogDirectory directory)
    {
        var message = Assert.ThrowsExactly<LogDirectoryException>(directory.Open).Message;
        StringAssert.StartsWith(message, $"Logging:Zotify:Directory: '{directory.Path}' cannot be written", StringComparison.Ordinal);
    }
}
