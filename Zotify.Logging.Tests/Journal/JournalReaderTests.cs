using Zotify.Logging.Journal;
using static Zotify.Logging.Tests.Journal.JournalFolder;

namespace Zotify.Logging.Tests.Journal;

[TestClass]
public sealed class JournalReaderTests
{
    [TestMethod]
    public void A_checkpoint_reads_on_across_segments()
    {
        using var folder = new JournalFolder { MaxFileSize = 60 };
        folder.Write(Numbered(1, 10));
        using var journal = folder.Open();
        foreach (var max in (int[])[1, 2, 3, 4, 100])
        {
            var (read, cursor) = (new List<JournalLine>(), JournalCheckpoint.Start);
            while (journal.Read(cursor, max) is { Count: > 0 } lines)
            {
                Assert.IsLessThanOrEqualTo(max, lines.Count);
                read.AddRange(lines);
                cursor = lines[^1].ToCheckpoint();
            }

            AreEqual(Numbered(1, 10), Texts(read));
            Assert.IsTrue(read.Select(line => line.Seq).SequenceEqual(Enumerable.Range(1, 10).Select(n => (long)n)));
        }
    }

    [TestMethod]
    public void A_checkpoint_stays_valid_when_its_segment_is_renamed()
    {
        using var folder = new JournalFolder { MaxFileSize = 60 };
        folder.Write(Numbered(1, 3));
        using var journal = folder.Open();
        var lines = journal.Read(JournalCheckpoint.Start, 10);
        Append(journal, "m4");
        journal.Dispose();

        using var reopened = folder.Open();
        Assert.HasCount(2, folder.Segments);
        AreEqual(Numbered(3, 2), Texts(reopened.Read(lines[1].ToCheckpoint(), 10)));
        AreEqual(Numbered(4, 1), Texts(reopened.Read(lines[2].ToCheckpoint(), 10)));
    }

    [TestMethod]
    public void A_checkpoint_at_the_end_of_a_pruned_segment_goes_on_with_the_next()
    {
        using var folder = new JournalFolder { MaxFileSize = 60 };
        folder.Write(Numbered(1, 5));
        using var journal = folder.Open();
        var lines = journal.Read(JournalCheckpoint.Start, 10);
        File.Delete(folder.PathOf(SegmentNames.Rolled(Name, 1)));

        AreEqual(Numbered(4, 2), Texts(journal.Read(lines[2].ToCheckpoint(), 10)));
        AreEqual(Numbered(4, 2), Texts(journal.Read(JournalCheckpoint.Start, 10)));
        Assert.ThrowsExactly<JournalTruncatedException>(() => journal.Read(lines[1].ToCheckpoint(), 10));
    }

    [TestMethod]
    public void A_journal_that_ends_before_the_checkpoint_is_truncated()
    {
        using var folder = new JournalFolder();
        folder.Write(Numbered(1, 3));
        JournalCheckpoint cursor;
        using (var journal = folder.Open()) cursor = journal.Read(JournalCheckpoint.Start, 10)[2].ToCheckpoint();
        File.WriteAllLines(folder.Active, [Line("m1", 1), Line("m2", 2)]);

        using var cut = folder.Open();
        Assert.ThrowsExactly<JournalTruncatedException>(() => cut.Read(cursor, 10));
    }

    [TestMethod]
    [DataRow("x2")]
    [DataRow("longer")]
    public void A_journal_with_another_line_at_the_checkpoint_is_truncated(string other)
    {
        using var folder = new JournalFolder();
        folder.Write(Numbered(1, 3));
        JournalCheckpoint cursor;
        using (var journal = folder.Open()) cursor = journal.Read(JournalCheckpoint.Start, 10)[1].ToCheckpoint();
        File.WriteAllText(folder.Active, $"{Line("m1", 1)}\n{Line(other, 2)}\n{Line("m3", 3)}\n");

        using var changed = folder.Open();
        Assert.ThrowsExactly<JournalTruncatedException>(() => changed.Read(cursor, 10));
    }

    [TestMethod]
    public void Lines_that_the_next_segment_begins_again_are_void()
    {
        using var folder = new JournalFolder();
        File.WriteAllText(
            folder.PathOf(SegmentNames.Rolled(Name, 1)),
            $"{Line("m1", 1)}\n{Line("m2", 2)}\n{Line("void", 3)}\n{Line("void", 4)}\n{{\"mess");
        File.WriteAllText(folder.PathOf(SegmentNames.Rolled(Name, 3)), $"{Line("m3", 3)}\n{Line("void", 4)}\n");
        File.WriteAllText(folder.Active, $"{Line("m4", 4)}\n");

        using var journal = folder.Open();
        Assert.AreEqual(4, journal.LastSeq);
        var lines = journal.Read(JournalCheckpoint.Start, 10);
        AreEqual(Numbered(1, 4), Texts(lines));
        for (var i = 0; i < 3; i++) AreEqual(Numbered(i + 2, 1), Texts(journal.Read(lines[i].ToCheckpoint(), 1)));
    }

    [TestMethod]
    public void The_reader_never_goes_beyond_what_is_on_the_disk()
    {
        using var folder = new JournalFolder();
        folder.Write("m1");
        var disk = new FaultyDisk();
        using var journal = folder.Open(disk);
        Append(journal, "m2");
        Assert.AreEqual(2, journal.LastSeq);
        Assert.AreEqual(1, journal.DurableSeq);
        AreEqual(Numbered(1, 1), Texts(journal.Read(JournalCheckpoint.Start, 10)));
        AreEqual([], Texts(journal.Read(journal.Read(JournalCheckpoint.Start, 10)[0].ToCheckpoint(), 10)));
    }
}
