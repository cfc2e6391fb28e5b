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
    [DataRow("")]
    [DataRow("{\"timest")]
    [DataRow("{\"timestamp\":\"2026-11-23T1")]
    [DataRow("\0\0\0\0")]
    public void Lines_that_the_next_segment_has_anew_are_void_with_what_a_write_that_failed_left_of_one(string damage)
    {
        using var folder = WithVoidLines();
        File.AppendAllText(folder.Segments[0], damage);
        Assert.AreEqual(new Verdict(null, null, 8, 1, 8, IsAnchored: true, 1, 2, damage.Length), folder.Verify());
    }

    [TestMethod]
    [DataRow("garbage\n")]
    [DataRow("{}\n")]
    [DataRow("\n")]
    [DataRow("\0\0\0\0\n")]
    [DataRow("{\"message\":\"an event without a number\"}\n")]
    [DataRow("garbage")]
    [DataRow("{\"message\":\"the beginning of an")]
    public void Junk_after_the_last_line_of_a_segment_is_found_where_the_next_line_is_expected(string junk)
    {
        for (var segment = 0; segment < 3; segment++)
        {
            using var folder = new ChainFolder(Key);
            File.AppendAllText(folder.Segments[segment], junk);
            Assert.AreEqual((segment + 1) * LinesOfASegment + 1, folder.Verify().FirstBad, $"{segment}");
        }

        // Next to real void lines, too.
        using var voids = WithVoidLines();
        File.AppendAllText(voids.Segments[0], junk);
        Assert.AreEqual(6, voids.Verify().FirstBad);
    }

    [TestMethod]
    public void A_forged_line_that_follows_the_chain_is_no_void_line_for_the_next_file_does_not_begin_with_it()
    {
        for (var segment = 0; segment < 3; segment++)
        {
            var next = ((segment + 1) * LinesOfASegment) + 1;
            using var folder = new ChainFolder();
            var lines = folder.Read(segment);
            folder.Write(segment, [.. lines, .. Forger.Seal(Contents("forged", next, 1), Forger.HashOf(lines[^1]))]);
            Assert.AreEqual(next, folder.Verify().FirstBad);
            // Nor is a line after a void one.
            var copy = folder.Read(segment + 1)[0];
            folder.Write(segment, [.. lines, copy, .. Forger.Seal(Contents("forged", next + 1, 1), Forger.HashOf(copy))]);
            Assert.AreEqual(next, folder.Verify().FirstBad);
            folder.Write(segment, [.. lines, copy]);
            Assert.AreEqual((null, 1), (folder.Verify().FirstBad, folder.Verify().VoidLines));
        }
    }

    [TestMethod]
    public void Lines_that_a_crash_kept_from_being_written_again_are_void_where_the_next_run_began()
    {
        using var folder = WithVoidLines();
        var lines = folder.Read(1);
        string[] next = ["{\"event_type\":\"audit.started\",\"message\":\"m\",\"seq\":7", "{\"message\":\"m\",\"seq\":8"];
        folder.Write(1, [lines[0], .. Forger.Seal(next, Forger.HashOf(lines[0]), Key)]);
        Assert.AreEqual((null, 2), (folder.Verify().FirstBad, folder.Verify().VoidLines));
        next[0] = next[0].Replace("audit.started", "audit.stopped", StringComparison.Ordinal);
        folder.Write(1, [lines[0], .. Forger.Seal(next, Forger.HashOf(lines[0]), Key)]);
        Assert.AreEqual(6, folder.Verify().FirstBad);
        // The same crash may have torn the end, but nothing else.
        folder.Write(1, [lines[0]]);
        Assert.AreEqual(6, folder.Verify().FirstBad);
        File.AppendAllText(folder.Segments[1], lines[1][..20]);
        Assert.IsNull(folder.Verify().FirstBad);
    }

    [TestMethod]
    public void Void_lines_that_do_not_go_on_with_the_chain_were_added()
    {
        using var folder = WithVoidLines();
        var lines = folder.Read(0);
        folder.Write(0, [.. lines, lines[2]]);
        Assert.AreEqual(6, folder.Verify().FirstBad);
        folder.Write(0, [.. lines[..5], lines[6].Replace("new", "old", StringComparison.Ordinal)]);
        Assert.AreEqual(6, folder.Verify().FirstBad);
    }

    [TestMethod]
    public void A_number_alone_makes_nothing_void()
    {
        using var folder = WithVoidLines();
        var lines = folder.Read(1);
        // A segment that only claims to begin at 6 would hide the lines of the one before.
        folder.Write(1, [lines[0].Replace("new", "bad", StringComparison.Ordinal), .. lines[1..]]);
        Assert.AreEqual((8, 0), (folder.Verify().FirstBad, folder.Verify().VoidLines));
    }

    [TestMethod]
    public void A_segment_may_be_void_as_a_whole()
    {
        using var folder = WithVoidLines();
        var rolled = folder.Journal.PathOf(SegmentNames.Rolled(JournalFolder.Name, 6));
        File.Move(folder.Journal.Active, rolled);
        File.WriteAllLines(folder.Journal.Active, Forger.Seal(Contents("new", 6, 4), Forger.HashOf(folder.Read(0)[4]), Key));
        Assert.AreEqual(new Verdict(null, null, 9, 1, 9, IsAnchored: true, 1, 5, 0), folder.Verify());
        File.WriteAllText(rolled, "");
        Assert.AreEqual(new Verdict(null, null, 9, 1, 9, IsAnchored: true, 1, 2, 0), folder.Verify());
        // The beginning may be missing, too.
        File.Delete(folder.Segments[0]);
        Assert.AreEqual(
            (null, 6, 4),
            (folder.Verify(isWhole: false).FirstBad, folder.Verify(isWhole: false).First, folder.Verify(isWhole: false).Checked));
    }

    [TestMethod]
    public void A_void_segment_that_the_files_begin_with_is_one_that_the_next_begins_with()
    {
        using var folder = WithVoidLines();
        File.WriteAllLines(folder.Journal.PathOf(SegmentNames.Rolled(JournalFolder.Name, 6)), folder.Read(1)[..2]);
        File.Delete(folder.Segments[0]);
        Assert.AreEqual((null, 2), (folder.Verify(isWhole: false).FirstBad, folder.Verify(isWhole: false).VoidLines));
        folder.Write(0, Forger.Seal(Contents("forged", 6, 1), new byte[32]));
        Assert.AreEqual(6, folder.Verify(isWhole: false).FirstBad);
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
    [DataRow("\"through_hash\":\"\\ud800\"")]
    [DataRow("\"through_\\ud800\":1,\"through_hash\":\"x\"")]
    public void An_event_that_is_not_Unicode_is_no_pruning(string member)
    {
        using var folder = new ChainFolder();
        folder.Append($"\"event_type\":\"audit.pruned\",\"details\":{{\"through_seq\":6,{member}}}");
        File.Delete(folder.Segments[0]);
        File.Delete(folder.Segments[0]);
        Assert.AreEqual(1, folder.Verify().FirstBad);
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
    public void Retention_leaves_a_journal_that_is_proven_from_its_first_line_on()
    {
        using var folder = Pruned(through: 6);
        Assert.AreEqual(new Verdict(null, null, 7, 7, 13, IsAnchored: true, 7, 0, 0), folder.Verify());
        Assert.IsTrue(folder.Verify(isWhole: false).IsAnchored);
        // The next event counts, and the first one may be gone with the lines that it announced.
        folder.Append(Pruning(9, folder.Read(0)[2]), "\"message\":\"m\"");
        File.Delete(folder.Segments[0]);
        Assert.AreEqual(new Verdict(null, null, 6, 10, 15, IsAnchored: true, 10, 0, 0), folder.Verify());
        File.Delete(folder.Segments[0]);
        Assert.AreEqual((10, 13), (folder.Verify().FirstBad, folder.Verify().First), "10 to 12 were not announced");
        Assert.AreEqual((null, false), (folder.Verify(isWhole: false).FirstBad, folder.Verify(isWhole: false).IsAnchored));
    }

    [TestMethod]
    public void A_pruning_that_was_interrupted_is_proven_by_what_it_has_left()
    {
        using var folder = Pruned(through: 3, announced: 6);
        Assert.AreEqual((null, true, 4), (folder.Verify().FirstBad, folder.Verify().IsAnchored, folder.Verify().First));
    }

    [TestMethod]
    public void Any_changed_byte_of_the_first_line_after_a_pruning_is_found()
    {
        using var folder = Pruned(through: 6);
        var lines = folder.Read(0);
        for (var at = 0; at < lines[0].Length; at++)
        {
            var changed = new StringBuilder(lines[0]) { [at] = lines[0][at] == 'x' ? 'y' : 'x' }.ToString();
            folder.Write(0, [changed, .. lines[1..]]);
            foreach (var isWhole in (bool[])[true, false])
            {
                // If it is another hash, the next line does not follow from it.
                var isHash = at > lines[0].LastIndexOf(':') + 1
                    && at < lines[0].Length - 2
                    && HashChain.Parse(changed[^45..^2]) is not null;
                Assert.AreEqual(isHash ? 8 : 7, folder.Verify(isWhole).FirstBad, changed);
            }
        }
    }

    [TestMethod]
    [DataRow("\"details\":{\"through_seq\":6}")]
    [DataRow("\"details\":{\"through_seq\":\"6\",\"through_hash\":\"x\"}")]
    [DataRow("\"details\":[6]")]
    [DataRow("\"level\":\"Information\"")]
    public void A_pruning_that_states_no_line_and_hash_anchors_nothing(string members)
    {
        using var folder = new ChainFolder(Key);
        folder.Append(
            $"\"event_type\":\"audit.pruned\",{members},\"category\":\"Zotify.Logging\",\"event_id\":9004,\"message\":\"The lines through "
                + "6 are beyond retention and deleted\"");
        File.Delete(folder.Segments[0]);
        File.Delete(folder.Segments[0]);
        Assert.AreEqual(1, folder.Verify().FirstBad);
    }

    [TestMethod]
    [DataRow("\"Zotify.Logging\"", "\"Zotify.Loggin\"")]
    [DataRow("\"Zotify.Logging\"", "\"app.Zotify.Logging\"")]
    [DataRow("audit.pruned", "Audit.Pruned")]
    [DataRow(",\"category\":\"Zotify.Logging\"", "")]
    [DataRow("9004", "1")]
    [DataRow(",\"event_id\":9004", "")]
    [DataRow("The lines", "Lines")]
    [DataRow("\"category\"", "\"scope\":{},\"category\"")]
    [DataRow("\"category\"", "\"user_id\":\"u1\",\"category\"")]
    [DataRow("\"category\"", "\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"category\"")]
    [DataRow("\"details\":{", "\"details\":{\"a\":1,")]
    [DataRow("through_seq\":6", "through_seq\":4611686018427387904")]
    public void A_line_that_only_resembles_a_pruning_anchors_nothing(string genuine, string forged)
    {
        using var folder = new ChainFolder(Key);
        var pruning = Pruning(6, folder.ReadAll()[5]);
        var changed = pruning.Replace(genuine, forged, StringComparison.Ordinal);
        Assert.AreNotEqual(pruning, changed);
        folder.Append(changed);
        File.Delete(folder.Segments[0]);
        File.Delete(folder.Segments[0]);
        Assert.AreEqual((1, false), (folder.Verify().FirstBad, folder.Verify().IsAnchored));
        folder.Append(pruning);
        Assert.AreEqual((null, true), (folder.Verify().FirstBad, folder.Verify().IsAnchored), "next to a genuine one it has no effect");
    }

    [TestMethod]
    public void With_keys_a_pruning_counts_once_a_signature_covers_it()
    {
        using var folder = new ChainFolder();
        folder.Append(Pruning(6, folder.ReadAll()[5]));
        File.Delete(folder.Segments[0]);
        File.Delete(folder.Segments[0]);
        Assert.AreEqual((null, true), (folder.Verify().FirstBad, folder.Verify().IsAnchored));
        folder.Keys = [Key];
        Assert.AreEqual((6, false), (folder.Verify().FirstBad, folder.Verify().IsAnchored), "an attacker who writes files can write this too");
        folder.Append("\"message\":\"signed\"");
        Assert.AreEqual((null, true), (folder.Verify().FirstBad, folder.Verify().IsAnchored));
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

    private static string[] Contents(string message, int first, int count) =>
        [.. Enumerable.Range(first, count).Select(seq => $"{{\"message\":\"{message}\",\"seq\":{seq}")];

    /// <summary>Lines 1 to 5, then 6 and 7 whose flush failed; the next segment has the same 6 and 7, and 8.</summary>
    private static ChainFolder WithVoidLines()
    {
        var folder = new ChainFolder([Key]);
        var kept = Forger.Seal(Contents("kept", 1, 5), new byte[32], Key);
        string[] old = [.. kept, .. Forger.Seal(Contents("new", 6, 2), Forger.HashOf(kept[^1]), Key)];
        File.WriteAllLines(folder.Journal.PathOf(SegmentNames.Rolled(JournalFolder.Name, 1)), old);
        File.WriteAllLines(folder.Journal.Active, Forger.Seal(Contents("new", 6, 3), Forger.HashOf(kept[^1]), Key));
        return folder;
    }

    /// <summary>A journal whose segments up to a line are deleted; line 12 announces it, and one more line follows.</summary>
    private static ChainFolder Pruned(int through, int? announced = null)
    {
        var folder = new ChainFolder(Key);
        var all = folder.ReadAll();
        folder.Append(Pruning(announced ?? through, all[(announced ?? through) - 1]), "\"message\":\"m13\"");
        for (var segment = 0; segment < through / LinesOfASegment; segment++) File.Delete(folder.Segments[0]);
        return folder;
    }

    private static string Pruning(int through, string line) =>
        $"\"event_type\":\"audit.pruned\",\"details\":{{\"through_seq\":{through},\"through_hash\":\"{line[(line.LastIndexOf(':') + 2)..^2]}\"}},"
        + $"\"category\":\"Zotify.Logging\",\"event_id\":9004,\"message\":\"The lines through {through} are beyond retention and deleted\"";
}
