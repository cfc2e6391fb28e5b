using Zotify.Logging.Common;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Common;

[TestClass]
public sealed class DiskFlushTests
{
    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void A_flush_that_the_system_refuses_throws_with_the_name_of_the_file_and_the_error()
    {
        // A device that accepts every byte but cannot be flushed. .NET's own flush reports no error for it.
        using var file = new FileStream("/dev/null", FileMode.Open, FileAccess.Write);
        var refused = Assert.ThrowsExactly<IOException>(() => DiskFlush.Data(file));
        Assert.AreEqual("fdatasync of '/dev/null' failed: Invalid argument (errno 22)", refused.Message);
        Assert.AreEqual(22, refused.HResult);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    public void A_directory_that_is_not_there_is_named()
    {
        using var folder = new TemporaryFolder();
        var missing = folder.PathOf("missing");
        var refused = Assert.ThrowsExactly<IOException>(() => DiskFlush.Names(missing));
        StringAssert.StartsWith(refused.Message, $"open of '{missing}' failed: No such file or directory", StringComparison.Ordinal);
    }

    [TestMethod]
    public void Files_and_directories_are_flushed()
    {
        using var folder = new TemporaryFolder();
        using var file = new FileStream(folder.PathOf("file"), FileMode.CreateNew);
        file.WriteByte(1);
        DiskFlush.Data(file);
        DiskFlush.Names(folder.Path);
        Assert.AreEqual(1, new FileInfo(file.Name).Length);
    }
}
