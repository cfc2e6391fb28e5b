using System.Text;
using Zotify.Logging.Provider.Journal;

namespace Zotify.Logging.Tests.Journal;

[TestClass]
public sealed class HashChainTests
{
    private readonly TestJournal _journal = new();

    [TestCleanup]
    public void Delete() => _journal.Dispose();

    [TestMethod]
    public void Every_line_is_chained_to_the_one_before()
    {
        _journal.Write("one", "two", "thr\u00eae \"quoted\"");
        _journal.AssertChained();
        CollectionAssert.AreEqual(new long[] { 1, 2, 3 }, _journal.Numbers());
    }

    [TestMethod]
    public void The_chain_goes_on_through_restarts_and_segments()
    {
        _journal.MaxFileSize = 200;
        _journal.Write("one", "two", "three");
        _journal.Write("four");
        _journal.Write("five", "six");
        _journal.AssertChained();
        CollectionAssert.AreEqual(new long[] { 1, 2, 3, 4, 5, 6 }, _journal.Numbers());
        Assert.IsGreaterThan(1, _journal.Segments.Length);
    }

    [TestMethod]
    public void The_last_key_signs_and_is_named_by_the_line()
    {
        var keys = new Dictionary<string, byte[]> { ["a"] = Encoding.UTF8.GetBytes("first key"), ["b"] = Encoding.UTF8.GetBytes("second key") };
        _journal.Write("plain");
        _journal.Keys.Add(new HashKey("a", keys["a"]));
        _journal.Write("signed by a");
        _journal.Keys.Add(new HashKey("b", keys["b"]));
        _journal.Write("signed by b", "again");
        _journal.AssertChained(id => id is null ? null : keys[id]);
        StringAssert.Contains(_journal.Lines[1], ",\"key_id\":\"a\",\"hash\":", StringComparison.Ordinal);
        StringAssert.Contains(_journal.Lines[3], ",\"key_id\":\"b\",\"hash\":", StringComparison.Ordinal);
    }
}
