using Zotify.Logging.Provider.Common;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Common;

[TestClass]
[OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
public sealed class FileIdentityTests
{
    private readonly TemporaryFolder _folder = new();

    private string Name => _folder.PathOf("file");

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public void A_file_stays_itself_when_it_is_renamed()
    {
        using var file = File.OpenHandle(Name, FileMode.CreateNew, FileAccess.Write);
        var identity = FileIdentity.Of(file);
        File.Move(Name, Name + "2");
        Assert.AreEqual(identity, FileIdentity.Of(Name + "2"));
        Assert.AreEqual(identity, FileIdentity.Of(file));
        Assert.IsNull(FileIdentity.Of(Name));
    }

    [TestMethod]
    public void Another_file_of_the_same_name_and_length_is_another()
    {
        using var file = File.OpenHandle(Name, FileMode.CreateNew, FileAccess.Write);
        File.Delete(Name);
        File.WriteAllText(Name, "");
        Assert.AreNotEqual(FileIdentity.Of(file), FileIdentity.Of(Name));
    }

    [TestMethod]
    public void A_symbolic_link_leads_to_the_file_and_is_not_the_file()
    {
        File.WriteAllText(Name, "");
        File.CreateSymbolicLink(Name + "-link", Name);
        Assert.AreEqual(FileIdentity.Of(Name), FileIdentity.Of(Name + "-link"));
        Assert.AreNotEqual(FileIdentity.OfName(Name), FileIdentity.OfName(Name + "-link"));
        File.Delete(Name);
        Assert.IsNull(FileIdentity.Of(Name + "-link"));
        Assert.IsNotNull(FileIdentity.OfName(Name + "-link"));
    }
}
