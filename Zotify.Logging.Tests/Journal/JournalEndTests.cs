using Zotify.Logging.Journal;

namespace Zotify.Logging.Tests.Journal;

[TestClass]
public sealed class JournalEndTests
{
    [TestMethod]
    public void Where_there_is_no_journal_there_is_no_end()
    {
        using var folder = new JournalFolder();
        Assert.IsNull(JournalEnd.Find(folder.Active));
        Assert.IsNull(JournalEnd.Find(Path.Combine(folder.PathOf("missing"), JournalFolder.Name)));
        File.WriteAllText(folder.Active, "");
        Assert.IsNull(JournalEnd.Find(folder.Active));
    }

    [TestMethod]
    public void It_is_the_last_whole_line_that_has_a_number()
    {
        using var folder = new JournalFolder();
        folder.Write(JournalFolder.Numbered(1, 7));
        Assert.AreEqual(7, JournalEnd.Find(folder.Active)!.Value.Seq);
        File.AppendAllText(folder.Active, "no line of ours\n{\"message\":\"torn\",\"se");
        Assert.AreEqual(7, JournalEnd.Find(folder.Active)!.Value.Seq);
        File.AppendAllText(folder.Active, $"q\":8,\"text\":\"{new string('x', 100_000)}\"}}\n{{\"message\":");
        Assert.AreEqual(8, JournalEnd.Find(folder.Active)!.Value.Seq);
    }

    [TestMethod]
    public void It_is_found_while_the_active_file_is_empty_or_missing()
    {
        using var folder = new JournalFolder();
        folder.Write(JournalFolder.Numbered(1, 3));
        File.Move(folder.Active, folder.PathOf(SegmentNames.Rolled(JournalFolder.Name, 1)));
        Assert.AreEqual(3, JournalEnd.Find(folder.Active)!.Value.Seq);
        File.WriteAllText(folder.Active, "");
        Assert.AreEqual(3, JournalEnd.Find(folder.Active)!.Value.Seq);
        folder.Write(JournalFolder.Numbered(4, 2));
        Assert.AreEqual(5, JournalEnd.Find(folder.Active)!.Value.Seq);
    }

    [TestMethod]
    public async Task It_never_goes_back_while_the_journal_is_written_and_rolled()
    {
        using var folder = new JournalFolder { MaxFileSize = 200 };
        using var journal = folder.Open();
        var writing = Task.Run(() => JournalFolder.Append(journal, JournalFolder.Numbered(1, 2_000)));
        var last = 0L;
        while (!writing.IsCompleted)
        {
            var before = journal.DurableSeq;
            var seq = JournalEnd.Find(folder.Active)?.Seq ?? 0;
            Assert.IsGreaterThanOrEqualTo(Math.Max(last, before), seq);
            last = seq;
        }

        await writing;
        Assert.AreEqual(2_000, JournalEnd.Find(folder.Active)!.Value.Seq);
    }
}
