using System.Text;
using Zotify.Logging.Journal;
using Zotify.Logging.Tests.Support;
using static Zotify.Logging.Tests.Journal.Verification.ChainFolder;

namespace Zotify.Logging.Tests.Journal.Verification;

[TestClass]
public sealed class ChainReaderTests
{
    public required TestContext TestContext { get; set; }

    [TestMethod]
    public void Nothing_is_valid()
    {
        using var folder = new ChainFolder([]);
        Assert.AreEqual(new Verdict(null, null, 0, null, null, IsAnchored: true, null, 0, 0), folder.Verify());
        File.WriteAllText(folder.Journal.Active, "");
        Assert.AreEqual(new Verdict(null, null, 0, null, null, IsAnchored: true, null, 0, 0), folder.Verify());
    }

    [TestMethod]
    public void Keys_that_change_in_the_middle_verify()
    {
        using var folder = new ChainFolder([], Messages(1, 4));
        folder.Keys = [Key];
        folder.Append(Messages(5, 3));
        folder.Keys = [Key, OtherKey];
        folder.Append(Messages(8, 4));
        var verdict = folder.Verify();
        Assert.AreEqual((null, 11, 5), (verdict.FirstBad, verdict.Checked, verdict.SignedFrom));
    }

    [TestMethod]
    public void A_key_that_is_no_longer_configured_is_named_where_it_is_missed()
    {
        using var folder = new ChainFolder([Key], Messages(1, 4));
        folder.Keys = [Key, OtherKey];
        folder.Append(Messages(5, 3));
        folder.Keys = [Key];
        Assert.AreEqual((5, 4), (folder.Verify().FirstBad, folder.Verify().Checked));
        StringAssert.Contains(folder.Verify().Reason, "'k2', which is not configured", StringComparison.Ordinal);
        folder.Keys = [OtherKey];
        Assert.AreEqual(1, folder.Verify().FirstBad);
        StringAssert.Contains(folder.Verify().Reason, "'k1', which is not configured", StringComparison.Ordinal);
        folder.Keys = [];
        Assert.AreEqual(1, folder.Verify().FirstBad);
    }

    [TestMethod]
    public void An_unsigned_line_after_a_signed_one_is_a_fault_even_of_the_writer_itself()
    {
        using var folder = new ChainFolder([Key], Messages(1, 4));
        folder.Keys = [];
        folder.Append(Messages(5, 1));
        folder.Keys = [Key];
        var verdict = folder.Verify();
        Assert.AreEqual((5, "it is not signed, and line 4 is"), (verdict.FirstBad, verdict.Reason));
    }

    [TestMethod]
    public void A_segment_that_is_a_link_to_nowhere_is_a_finding()
    {
        using var folder = new ChainFolder(Key);
        var path = folder.Segments[1];
        File.Delete(path);
        File.CreateSymbolicLink(path, folder.Journal.PathOf("nowhere"));
        Assert.AreEqual(4, folder.Verify().FirstBad);
        StringAssert.Contains(folder.Verify().Reason, "a link that leads nowhere", StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow(3)]
    [DataRow(5)]
    [DataRow(9)]
    public void An_empty_segment_hides_no_line(int name)
    {
        using var folder = new ChainFolder(Key);
        File.WriteAllText(folder.Journal.PathOf(SegmentNames.Rolled(JournalFolder.Name, name)), "");
        Assert.AreEqual(name, folder.Verify().FirstBad);
    }

    [TestMethod]
    public void A_copy_may_begin_anywhere_and_its_start_is_not_proven()
    {
        using var folder = new ChainFolder(Key);
        Assert.AreEqual(new Verdict(null, null, 8, 4, 11, IsAnchored: false, 4, 0, 0), folder.Verify(isWhole: false, from: 4));
        File.Delete(folder.Segments[0]);
        File.Delete(folder.Segments[0]);
        Assert.AreEqual(new Verdict(null, null, 5, 7, 11, IsAnchored: false, 7, 0, 0), folder.Verify(isWhole: false));
        File.Delete(folder.Segments[0]);
        Assert.AreEqual(new Verdict(null, null, 2, 10, 11, IsAnchored: false, 10, 0, 0), folder.Verify(isWhole: false));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Any_change_to_the_files_is_found_where_a_plain_comparison_finds_it(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 40 * TestScale.Factor; round++)
        {
            using var folder = new ChainFolder(random.Next(2) == 0 ? Key : null);
            var original = folder.ReadAll();
            var files = Enumerable.Range(0, 4).Select(at => folder.Read(at).ToList()).ToArray();
            for (var change = random.Next(1, 4); change > 0; change--) Change(files, random);
            for (var at = 0; at < 4; at++) folder.Write(at, files[at]);

            var (firstBad, last) = Compare(files, original);
            var verdict = folder.Verify();
            Assert.AreEqual(
                (firstBad, last),
                (verdict.FirstBad, verdict.Last ?? 0),
                string.Join("\n---\n", files.Select(lines => string.Join('\n', lines))));
        }
    }

    private static void Change(List<string>[] files, Random random)
    {
        var from = files[random.Next(files.Length)];
        if (from.Count == 0) return;
        var at = random.Next(from.Count);
        var line = from[at];
        switch (random.Next(3))
        {
            case 0:
                from.RemoveAt(at);
                break;
            case 1:
                from.RemoveAt(at);
                var to = files[random.Next(files.Length)];
                to.Insert(random.Next(to.Count + 1), line);
                break;
            default:
                var position = random.Next(line.Length);
                from[at] = new StringBuilder(line) { [position] = (char)('!' + random.Next(90)) }.ToString();
                break;
        }
    }

    /// <summary>The first line that is not the original's next one, or is not in the file that is named after it.</summary>
    private static (long? FirstBad, long Last) Compare(List<string>[] files, string[] original)
    {
        var seq = 1;
        for (var at = 0; at < files.Length; at++)
        {
            var named = (at * LinesOfASegment) + 1;
            if (at < files.Length - 1 && named != seq) return (Math.Min(named, seq), seq - 1);
            foreach (var line in files[at])
            {
                if (seq > original.Length || line != original[seq - 1]) return (seq, seq - 1);
                seq++;
            }
        }

        return (null, seq - 1);
    }

    private static string[] Messages(int first, int count) =>
        [.. JournalFolder.Numbered(first, count).Select(message => $"\"message\":\"{message}\"")];
}
