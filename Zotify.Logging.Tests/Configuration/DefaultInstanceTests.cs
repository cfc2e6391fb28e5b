using Zotify.Logging.Configuration;

namespace Zotify.Logging.Tests.Configuration;

[TestClass]
public sealed class DefaultInstanceTests
{
    [TestMethod]
    public void Short_names_stay_whole() => Assert.AreEqual("web-1/Shop", DefaultInstance.Of("web-1", "Shop"));

    [TestMethod]
    public void A_name_that_just_fits_stays_whole() =>
        Assert.AreEqual($"{new string('m', 58)}/Shop1", DefaultInstance.Of(new string('m', 58), "Shop1"));

    [TestMethod]
    public void The_application_stays_whole_beside_a_machine_of_63_characters_and_machines_that_differ_at_their_end_stay_apart()
    {
        var one = DefaultInstance.Of(new string('m', 62) + "1", "Shop.Orders");
        var other = DefaultInstance.Of(new string('m', 62) + "2", "Shop.Orders");
        StringAssert.StartsWith(one, "mmm", StringComparison.Ordinal);
        StringAssert.EndsWith(one, "/Shop.Orders", StringComparison.Ordinal);
        Assert.AreEqual(64, one.Length);
        Assert.AreNotEqual(one, other);
    }

    [TestMethod]
    [DataRow(55, 64)]
    [DataRow(62, 64)]
    [DataRow(63, 63)]
    [DataRow(80, 64)]
    public void A_long_application_comes_before_the_machine(int application, int length)
    {
        var name = DefaultInstance.Of(new string('m', 63), new string('a', application));
        Assert.AreEqual(length, name.Length);
        StringAssert.EndsWith(name, new string('a', Math.Min(application, 64)), StringComparison.Ordinal);
    }
}
