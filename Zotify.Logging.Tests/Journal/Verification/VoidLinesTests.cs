using Zotify.Logging.Journal;
using static Zotify.Logging.Tests.Journal.Verification.ChainFolder;

namespace Zotify.Logging.Tests.Journal.Verification;

/// <summary>Lines whose flush failed are void where the next segment repeats them. No other line is void.</summary>
[TestClass]
public sealed class VoidLinesTests
{
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
}
