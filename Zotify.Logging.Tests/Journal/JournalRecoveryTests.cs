using System.Text;
using Zotify.Logging.Journal;
using static Zotify.Logging.Tests.Journal.JournalFolder;

namespace Zotify.Logging.Tests.Journal;

[TestClass]
public sealed class JournalRecoveryTests
{
    [TestMethod]
    public void Numbers_go_on_through_rotation_and_restart()
    {
        using var folder = new JournalFolder { MaxFileSize = 60 };
        folder.Write(Numbered(1, 3));
        folder.Write(Numbered(4, 4));
        AreEqual([SegmentNames.Rolled(Name, 1), SegmentNames.Rolled(Name, 4), Name], folder.Names);
        AreEqual(Numbered(1, 7), folder.Messages);
        Assert.AreEqual(Line("m7", 7), File.ReadAllLines(folder.Active).Last());
    }

    [TestMethod]
    public void A_torn_last_line_is_set_aside_and_every_whole_line_stays()
    {
        using var folder = new JournalFolder();
        folder.Write(Numbered(1, 2));
        var whole = File.ReadAllText(folder.Active);
        File.AppendAllText(folder.Active, "{\"message\":\"torn");

        folder.Write("m3");

        Assert.AreEqual(whole + Line("m3", 3) + "\n", File.ReadAllText(folder.Active));
        Assert.AreEqual("{\"message\":\"torn\n", File.ReadAllText(folder.Torn));
        StringAssert.Contains(folder.Reports.Single(), Path.GetFileName(folder.Torn), StringComparison.Ordinal);
    }

    [TestMethod]
    public void Torn_lines_of_many_crashes_are_all_kept()
    {
        using var folder = new JournalFolder();
        for (var i = 1; i <= 5; i++)
        {
            folder.Write($"m{i}");
            File.AppendAllText(folder.Active, $"torn{i}");
        }

        folder.Open().Dispose();
        AreEqual(Numbered(1, 5), folder.Messages);
        AreEqual(["torn1", "torn2", "torn3", "torn4", "torn5"], File.ReadAllLines(folder.Torn));
    }

    [TestMethod]
    public void A_journal_with_only_a_torn_line_starts_at_one()
    {
        using var folder = new JournalFolder();
        File.WriteAllText(folder.Active, Line("torn", 7));
        folder.Write("m1");
        Assert.AreEqual(Line("m1", 1) + "\n", File.ReadAllText(folder.Active));
        Assert.AreEqual(Line("torn", 7) + "\n", File.ReadAllText(folder.Torn));
    }

    [TestMethod]
    public void A_torn_first_line_of_a_new_segment_goes_on_after_the_segment_before()
    {
        using var folder = new JournalFolder();
        folder.Write(Numbered(1, 3));
        File.Move(folder.Active, folder.PathOf(SegmentNames.Rolled(Name, 1)));
        File.WriteAllText(folder.Active, "{\"mess");
        folder.Write("m4");
        AreEqual(Numbered(1, 4), folder.Messages);
        Assert.AreEqual(Line("m4", 4) + "\n", File.ReadAllText(folder.Active));
    }

    [TestMethod]
    public void A_torn_line_longer_than_any_buffer_is_set_aside()
    {
        using var folder = new JournalFolder();
        folder.Write("m1");
        var torn = new string('x', 300_000);
        File.AppendAllText(folder.Active, torn);
        folder.Write("m2");
        AreEqual(Numbered(1, 2), folder.Messages);
        Assert.AreEqual(torn + "\n", File.ReadAllText(folder.Torn));
    }

    [TestMethod]
    public void An_empty_or_missing_file_is_no_torn_line()
    {
        using var folder = new JournalFolder();
        folder.Open().Dispose();
        Assert.AreEqual(0, new FileInfo(folder.Active).Length);
        folder.Write("m1");
        folder.Open().Dispose();
        AreEqual([Name], folder.Names);
        Assert.IsEmpty(folder.Reports);
    }

    [TestMethod]
    public void Whole_lines_without_a_number_are_skipped_and_stay()
    {
        using var folder = new JournalFolder();
        folder.Write(Numbered(1, 2));
        File.AppendAllText(folder.Active, "\0\0\0\n\n{\"seq\":\"9\"}\n{\"seq\":9\n[9]\n{\"details\":{\"seq\":9}}\n");
        File.AppendAllBytes(folder.Active, [.. "{\"seq\":9,\"hash\":\""u8, 0xff, .. "\"}\n"u8]); // no UTF-8
        folder.Write("m3");
        StringAssert.EndsWith(File.ReadAllText(folder.Active), "\n" + Line("m3", 3) + "\n", StringComparison.Ordinal);
        using var journal = folder.Open();
        AreEqual(Numbered(1, 3), Texts(journal.Read(JournalCheckpoint.Start, 10)));
    }

    [TestMethod]
    public void A_large_last_line_is_found()
    {
        using var folder = new JournalFolder();
        folder.Write("m1", new string('x', 1_000_000));
        using var journal = folder.Open();
        Assert.AreEqual(2, journal.LastSeq);
        Assert.AreEqual(2, journal.DurableSeq);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Cut_at_any_byte_the_journal_keeps_its_whole_lines_and_goes_on(int seed)
    {
        var random = new Random(seed);
        using var folder = new JournalFolder();
        folder.Options = folder.Options with { Chained = true };
        folder.Write(
            [
                .. Enumerable.Range(0, 4).Select(
                    _ => new string((char)('a' + random.Next(26)), random.Next(1, 60)) + (random.Next(2) == 0 ? "ü" : ""))
            ]);
        var bytes = File.ReadAllBytes(folder.Active);
        var keep = bytes.AsSpan().IndexOf((byte)'\n') + 1;
        for (var cut = keep; cut <= bytes.Length; cut++)
        {
            File.Delete(folder.Torn);
            File.WriteAllBytes(folder.Active, bytes[..cut]);
            var whole = bytes[..cut].AsSpan().LastIndexOf((byte)'\n') + 1;
            var lines = bytes[..whole].Count(b => b == '\n');

            using var journal = folder.Open();
            Append(journal, "next");

            Assert.AreEqual(lines + 1, journal.LastSeq, $"cut at {cut}");
            var after = File.ReadAllBytes(folder.Active);
            Assert.IsTrue(after.AsSpan(0, whole).SequenceEqual(bytes.AsSpan(0, whole)), $"cut at {cut}");
            StringAssert.StartsWith(
                Encoding.UTF8.GetString(after.AsSpan(whole)), $"{{\"message\":\"next\",\"seq\":{lines + 1},", StringComparison.Ordinal);
            Assert.AreEqual(cut > whole, File.Exists(folder.Torn), $"cut at {cut}");
            if (cut > whole) Assert.IsTrue(File.ReadAllBytes(folder.Torn).AsSpan()[..^1].SequenceEqual(bytes.AsSpan(whole, cut - whole)));
        }
    }
}
