using Zotify.Logging.Records;

namespace Zotify.Logging.Tests.Database;

[TestClass]
public sealed class JobIdsTests
{
    [TestMethod]
    public void Ids_of_up_to_128_characters_stay() => Assert.AreEqual(new string('x', 128), JobIds.Shorten(new string('x', 128)));

    [TestMethod]
    public void Longer_ids_keep_their_start_and_get_a_hash_of_the_whole()
    {
        // sha256sum of 129 times "x"
        Assert.AreEqual(new string('x', 111) + "~0ec9eb33e74510bc", JobIds.Shorten(new string('x', 129)));
        Assert.AreNotEqual(JobIds.Shorten(new string('x', 129)), JobIds.Shorten(new string('x', 130)));
    }

    [TestMethod]
    public void Ids_that_end_with_a_space_get_a_hash_for_some_engines_take_them_for_those_without()
    {
        // sha256sum of "sync-1 "
        Assert.AreEqual("sync-1 ~3b7e7a5760182aca", JobIds.Shorten("sync-1 "));
        Assert.AreEqual(" sync 1", JobIds.Shorten(" sync 1"));
    }

    [TestMethod]
    public void A_surrogate_pair_is_not_parted()
    {
        var id = new string('x', 110) + string.Concat(Enumerable.Repeat("😀", 10));
        StringAssert.StartsWith(JobIds.Shorten(id), new string('x', 110) + "~");
        Assert.AreEqual(110 + 17, JobIds.Shorten(id).Length);
    }
}
