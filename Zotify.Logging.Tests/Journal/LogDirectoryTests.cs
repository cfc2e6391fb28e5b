using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Journal;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Journal;

[TestClass]
public sealed class LogDirectoryTests
{
    [TestMethod]
    public void A_second_holder_gets_an_error_that_names_the_first()
    {
        using var folder = new JournalFolder();
        using var first = Directory(folder.Path, "machine-1/shop");
        first.Open();
        first.Open();

        using var second = Directory(folder.Path, "machine-1/office");
        var message = Assert.ThrowsExactly<LogDirectoryException>(second.Open).Message;
        foreach (var part in (string[])["Logging:Zotify:Directory", folder.Path, "machine-1/shop", $"process {Environment.ProcessId}", "2026-11-23T15:06:10Z"])
            StringAssert.Contains(message, part, StringComparison.Ordinal);
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
        using var first = Directory(folder.Path, "first");
        first.Open();
        File.Delete(first.FilePath("zotify.owner"));
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

    private static LogDirectory Directory(string path, string owner) => new(path, owner, new FakeTimeProvider(Some.Time));

    private static void AssertUnwritable(LogDirectory directory)
    {
        var message = Assert.ThrowsExactly<LogDirectoryException>(directory.Open).Message;
        StringAssert.StartsWith(message, $"Logging:Zotify:Directory: '{directory.Path}' cannot be written", StringComparison.Ordinal);
    }
}
