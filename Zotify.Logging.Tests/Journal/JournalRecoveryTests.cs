using System.Text;

namespace Zotify.Logging.Tests.Journal;

[TestClass]
public sealed class JournalRecoveryTests
{
    private readonly TestJournal _journal = new();

    [TestCleanup]
    public void Delete() => _journal.Dispose();

    [TestMethod]
    public void A_torn_last_line_is_set_aside_and_reported()
    {
        _journal.Write("one", "two");
        File.AppendAllText(_journal.Path, "{\"text\":\"half of a l");
        _journal.Write("three");
        CollectionAssert.AreEqual(new long[] { 1, 2, 3 }, _journal.Numbers());
        _journal.AssertChained();
        Assert.AreEqual("{\"text\":\"half of a l\n", File.ReadAllText(_journal.Path + ".torn"));
        StringAssert.Contains(_journal.Reports.Single(), "audit.log.json.torn", StringComparison.Ordinal);
    }

    [TestMethod]
    public void Cut_at_any_byte_every_whole_line_stays_and_the_chain_goes_on()
    {
        _journal.Write("one", "two \u00e4\ud83d\ude00", "three");
        var whole = File.ReadAllBytes(_journal.Path);
        for (var length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(_journal.Path, whole[..length]);
            File.Delete(_journal.Path + ".torn");
            var lines = Encoding.UTF8.GetString(whole[..length]).Count(c => c == '\n');
            _journal.Write("next");
            CollectionAssert.AreEqual(Enumerable.Range(1, lines + 1).Select(i => (long)i).ToArray(), _journal.Numbers(), $"cut at {length}");
            _journal.AssertChained();
            var isTorn = length > 0 && whole[length - 1] != '\n';
            Assert.AreEqual(isTorn, File.Exists(_journal.Path + ".torn"), $"cut at {length}");
        }
    }

    [TestMethod]
    public void A_torn_line_right_after_a_roll_goes_on_from_the_segment_before()
    {
        _journal.MaxFileSize = 1;
        _journal.Write("one", "two");
        File.WriteAllText(_journal.Path, "{\"te");
        _journal.Write("two again");
        CollectionAssert.AreEqual(new long[] { 1, 2 }, _journal.Numbers());
        _journal.AssertChained();
    }

    [TestMethod]
    public void Torn_lines_of_several_crashes_are_all_kept()
    {
        _journal.Write("one");
        File.AppendAllText(_journal.Path, "first");
        _journal.Write("two");
        File.AppendAllText(_journal.Path, "second");
        _journal.Write("three");
        Assert.AreEqual("first\nsecond\n", File.ReadAllText(_journal.Path + ".torn"));
        CollectionAssert.AreEqual(new long[] { 1, 2, 3 }, _journal.Numbers());
    }

    [TestMethod]
    public void A_line_longer_than_a_block_is_recovered()
    {
        _journal.Write(new string('x', 300_000));
        File.AppendAllText(_journal.Path, new string('y', 100_000));
        _journal.Write("two");
        CollectionAssert.AreEqual(new long[] { 1, 2 }, _journal.Numbers());
        _journal.AssertChained();
    }
}
