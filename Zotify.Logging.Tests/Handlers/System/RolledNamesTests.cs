using Zotify.Logging.Formats;

namespace Zotify.Logging.Tests.Handlers.System;

[TestClass]
public sealed class RolledNamesTests
{
    [TestMethod]
    [DataRow("zotify_api.log", 1L, "zotify_api.000001.log")]
    [DataRow("zotify_api.log", 1234567L, "zotify_api.1234567.log")]
    [DataRow("my.app.log", 42L, "my.app.000042.log")]
    [DataRow("plain", 42L, "plain.000042")]
    public void The_number_goes_before_the_extension_and_comes_back(string active, long number, string expected)
    {
        var names = new RolledNames(active);
        Assert.AreEqual(expected, names.Of(number));
        Assert.AreEqual(number, names.NumberOf(expected));
    }

    [TestMethod]
    [DataRow("zotify_api.log")]
    [DataRow("zotify_api.1.log")]
    [DataRow("zotify_api.0000001.log")]
    [DataRow("zotify_api.-00001.log")]
    [DataRow("zotify_api.00000a.log")]
    [DataRow("zotify_api.000001.log.gz")]
    [DataRow("zotify_api2.000001.log")]
    [DataRow("audit.000001.log")]
    public void Other_names_have_no_number(string name) => Assert.IsNull(new RolledNames("zotify_api.log").NumberOf(name));
}
