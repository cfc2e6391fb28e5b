using Zotify.Logging.Formats;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Handlers.Audit;

[TestClass]
public sealed class TimedIdsTests
{
    [TestMethod]
    public void Ids_are_of_version_7_with_the_time_in_front_and_no_two_are_the_same()
    {
        var ids = new TimedIds();
        // More ids than random bytes are kept for.
        var made = Enumerable.Range(0, 1_000).Select(_ => ids.Next(Some.Time)).ToArray();
        Assert.AreEqual(made.Length, made.Distinct().Count());
        foreach (var id in made)
        {
            Assert.AreEqual(7, id.Version);
            Assert.IsTrue(id.Variant is >= 0x8 and <= 0xB);
            Assert.AreEqual(Guid.CreateVersion7(Some.Time).ToString()[..14], id.ToString()[..14]);
        }
    }

    [TestMethod]
    public void Ids_sort_by_their_times()
    {
        var ids = new TimedIds();
        var made = Enumerable.Range(0, 300).Select(ms => ids.Next(Some.Time.AddMilliseconds(ms)).ToString()).ToArray();
        CollectionAssert.AreEqual(made.Order(StringComparer.Ordinal).ToArray(), made);
    }
}
