using Zotify.Logging.Provider.Journal;

namespace Zotify.Logging.Tests.Journal;

[TestClass]
public sealed class LogDirectoryTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zotify-directory-");

    [TestCleanup]
    public void Delete() => _folder.Delete(recursive: true);

    [TestMethod]
    public void A_second_holder_is_told_who_holds_it()
    {
        using var first = Of("machine/first");
        first.Open();
        first.Open();
        using var second = Of("machine/second");
        var refused = Assert.Throws<LogDirectoryException>(second.Open);
        StringAssert.Contains(refused.Message, "machine/first", StringComparison.Ordinal);
        StringAssert.Contains(refused.Message, "Logging:Zotify:Directory", StringComparison.Ordinal);
    }

    [TestMethod]
    public void It_is_free_again_when_the_holder_lets_go()
    {
        var first = Of("first");
        first.Open();
        first.Dispose();
        using var second = Of("second");
        second.Open();
        StringAssert.StartsWith(File.ReadAllText(Path.Combine(_folder.FullName, "logs", "zotify.owner")), "second, process ", StringComparison.Ordinal);
    }

    [TestMethod]
    public void One_that_cannot_be_written_is_named_by_its_key()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "logs"), "a file");
        using var directory = Of("first");
        var refused = Assert.Throws<LogDirectoryException>(directory.Open);
        StringAssert.Contains(refused.Message, "Logging:Zotify:Directory", StringComparison.Ordinal);
        StringAssert.Contains(refused.Message, directory.Path, StringComparison.Ordinal);
    }

    private LogDirectory Of(string owner) => new(Path.Combine(_folder.FullName, "logs"), owner, TimeProvider.System);
}
