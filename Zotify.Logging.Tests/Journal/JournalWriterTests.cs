using Zotify.Logging.Provider.Journal;

namespace Zotify.Logging.Tests.Journal;

[TestClass]
public sealed class JournalWriterTests
{
    private readonly TestJournal _journal = new();
    private readonly TestJournal.Format _format = new();

    public required TestContext TestContext { get; set; }

    [TestCleanup]
    public void Delete() => _journal.Dispose();

    [TestMethod]
    public void A_rolled_segment_is_named_after_its_first_number()
    {
        _journal.MaxFileSize = 1;
        _journal.Write("one", "two", "three");
        CollectionAssert.AreEqual(
            new[] { "audit.log.00000000000000000001.json", "audit.log.00000000000000000002.json", "audit.log.json" }, _journal.Segments);
    }

    [TestMethod]
    public void A_write_that_fails_halfway_leaves_nothing_and_takes_no_number()
    {
        FaultyFile? file = null;
        using (var writer = _journal.Open(path => file = new FaultyFile(path)))
        {
            writer.Append(["one"], _format);
            file!.FailWrites = true;
            Assert.Throws<IOException>(() => writer.Append(["lost", "as well"], _format));
            Assert.AreEqual(1, writer.LastSeq);
            Assert.HasCount(1, _journal.Lines);
            file.FailWrites = false;
            Assert.AreEqual(2, writer.Append(["two"], _format));
        }

        CollectionAssert.AreEqual(new long[] { 1, 2 }, _journal.Numbers());
        _journal.AssertChained();
    }

    [TestMethod]
    public void What_could_not_be_cut_off_is_cut_off_before_the_next_write()
    {
        FaultyFile? file = null;
        using (var writer = _journal.Open(path => file = new FaultyFile(path)))
        {
            writer.Append(["one"], _format);
            file!.FailWrites = file.FailCuts = true;
            Assert.Throws<IOException>(() => writer.Append(["lost, and longer than what comes next"], _format));
            Assert.Throws<IOException>(() => writer.Append(["still"], _format));
            file.FailWrites = file.FailCuts = false;
            writer.Append(["two"], _format);
        }

        CollectionAssert.AreEqual(new long[] { 1, 2 }, _journal.Numbers());
        _journal.AssertChained();
    }

    [TestMethod]
    public async Task A_flush_that_fails_is_told_and_tried_again()
    {
        FaultyFile? file = null;
        using var writer = _journal.Open(path => file = new FaultyFile(path));
        file!.FailFlushes = true;
        writer.Append(["one"], _format);
        await Assert.ThrowsAsync<IOException>(() => writer.FlushAsync(TestContext.CancellationToken));
        Assert.AreEqual(0, writer.DurableSeq);
        Assert.IsEmpty(writer.Read(JournalCursor.Start, 10));
        file.FailFlushes = false;
        await writer.WaitDurableAsync(0, TestContext.CancellationToken);
        Assert.AreEqual(1, writer.DurableSeq);
        Assert.HasCount(1, writer.Read(JournalCursor.Start, 10));
    }

    [TestMethod]
    public async Task Callers_that_flush_at_the_same_time_share_one_fsync()
    {
        FaultyFile? file = null;
        _journal.FlushInterval = TimeSpan.FromMinutes(1);
        using var writer = _journal.Open(path => file = new FaultyFile(path));
        var before = file!.Flushes;
        file.FlushGate.Reset();
        writer.Append(["one"], _format);
        var flushes = Enumerable.Range(0, 50).Select(_ => writer.FlushAsync(TestContext.CancellationToken)).ToArray();
        var wasDone = flushes.Any(flush => flush.IsCompleted);
        file.FlushGate.Set();
        await Task.WhenAll(flushes);
        Assert.IsFalse(wasDone);
        Assert.AreEqual(before + 1, file.Flushes);
    }

    [TestMethod]
    public async Task Readers_go_no_further_than_the_disk()
    {
        FaultyFile? file = null;
        using var writer = _journal.Open(path => file = new FaultyFile(path));
        writer.Append(["one"], _format);
        await writer.FlushAsync(TestContext.CancellationToken);
        file!.FlushGate.Reset();
        writer.Append(["two"], _format);
        var before = writer.Read(JournalCursor.Start, 10);
        file.FlushGate.Set();
        await writer.WaitDurableAsync(1, TestContext.CancellationToken);
        Assert.HasCount(1, before);
        Assert.HasCount(2, writer.Read(JournalCursor.Start, 10));
    }

    [TestMethod]
    public void The_id_is_of_version_7_and_stays_over_a_restart()
    {
        _journal.Write("one");
        var id = Id();
        Assert.AreEqual(7, id.Version);
        Assert.AreEqual(id.ToString("D"), File.ReadAllText(_journal.Path + ".id").Trim());
        Assert.AreEqual(id, Id());
    }

    [TestMethod]
    public void A_journal_that_nothing_was_written_to_keeps_its_id_over_a_restart() => Assert.AreEqual(Id(), Id());

    [TestMethod]
    public void A_wiped_journal_gets_another_id()
    {
        _journal.Write("one");
        var id = Id();
        File.Delete(_journal.Path);
        Assert.AreNotEqual(id, Id());
    }

    [TestMethod]
    public void A_renewed_journal_keeps_numbers_and_chain()
    {
        using (var writer = _journal.Open())
        {
            writer.Append(["one"], _format);
            var id = writer.Id;
            writer.Renew();
            Assert.AreNotEqual(id, writer.Id);
            writer.Append(["two"], _format);
        }

        CollectionAssert.AreEqual(new long[] { 1, 2 }, _journal.Numbers());
        _journal.AssertChained();
    }

    private Guid Id()
    {
        using var writer = _journal.Open();
        return writer.Id;
    }
}
