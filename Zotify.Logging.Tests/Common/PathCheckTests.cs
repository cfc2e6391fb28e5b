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
    public void Files_and_directories_exist_and_nothing_else()
    {
        File.WriteAllText(_folder.PathOf("file"), "");
        Assert.IsTrue(PathCheck.Exists(_folder.PathOf("file")));
        Assert.IsTrue(PathCheck.Exists(_folder.Path));
        Assert.IsFalse(PathCheck.Exists(_folder.PathOf("other")));
        Assert.IsFalse(PathCheck.Exists(_folder.PathOf("no folder/other")));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    public void A_path_that_the_system_cannot_follow_is_an_error_and_not_a_missing_file()
    {
        var loop = _folder.PathOf("loop");
        File.CreateSymbolicLink(loop, loop);
        Assert.IsFalse(File.Exists(Path.Combine(loop, "file")));
        Assert.Throws<IOException>(() => PathCheck.Exists(Path.Combine(loop, "file")));
        Assert.Throws<IOException>(() => FileIdentity.OfName(Path.Combine(loop, "file")));
    }
}
