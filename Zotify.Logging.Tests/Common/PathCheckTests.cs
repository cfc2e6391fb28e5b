using Zotify.Logging.Common;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Common;

[TestClass]
public sealed class PathCheckTests
{
    private readonly TemporaryFolder _folder = new();

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public void A_file_is_a_file_and_a_directory_is_a_directory()
    {
        File.WriteAllText(_folder.PathOf("file"), "");
        Assert.AreEqual((true, false), Look(_folder.PathOf("file")));
        Assert.AreEqual((false, true), Look(_folder.Path));
        Assert.AreEqual((false, false), Look(_folder.PathOf("other")));
        Assert.AreEqual((false, false), Look(_folder.PathOf("no folder/other")));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    public void A_symbolic_link_to_a_directory_is_a_directory()
    {
        Directory.CreateSymbolicLink(_folder.PathOf("link"), _folder.Path);
        Assert.AreEqual((false, true), Look(_folder.PathOf("link")));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    public void A_path_that_the_system_cannot_follow_is_an_error_and_not_a_missing_file()
    {
        var loop = _folder.PathOf("loop");
        File.CreateSymbolicLink(loop, loop);
        Assert.IsFalse(File.Exists(Path.Combine(loop, "file")));
        Assert.Throws<IOException>(() => PathCheck.IsFile(Path.Combine(loop, "file")));
        Assert.Throws<IOException>(() => FileIdentity.OfName(Path.Combine(loop, "file")));
    }

    private static (bool IsFile, bool IsDirectory) Look(string path) => (PathCheck.IsFile(path), PathCheck.IsDirectory(path));
}
