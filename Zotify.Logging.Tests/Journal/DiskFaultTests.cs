using Zotify.Logging.Journal;
using static Zotify.Logging.Tests.Journal.JournalFolder;

namespace Zotify.Logging.Tests.Journal;

/// <summary>The effects on a journal's lines when its disk fails.</summary>
[TestClass]
public sealed class DiskFaultTests
{
    private static readonly TimeSpan TestTimeout = TimeSpan.FromMinutes(2);

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task After_a_failed_flush_what_was_not_acknowledged_is_written_again_to_a_new_segment()
    {
        using var folder = new JournalFolder();
        folder.Options = folder.Options with { Chained = true };
        var disk = new FaultyDisk();
        using (var journal = folder.Open(disk))
        {
            Append(journal, "m1", "m2");
            await journal.FlushAsync(Cancellation);
            disk.FailFlush = true;
            Append(journal, "m3", "m4");
            await FailsAsync(journal);
            disk.FailFlush = false;
            await RecoversAsync(journal, 4);
            Append(journal, "m5");
            await journal.FlushAsync(Cancellation);
            AreEqual(Numbered(1, 5), Texts(journal.Read(JournalCheckpoint.Start, 10)));
        }

        AreEqual([SegmentNames.Rolled(Name, 1), Name], folder.Names);
        // The old segment may or may not have the lines that its fsync did not confirm. The new one certainly has them.
        AreEqual(Numbered(3, 3), File.ReadAllLines(folder.Active).Select(line => line.Split('"')[3]));
        AreEqual(File.ReadAllLines(folder.Segments[0])[2..], File.ReadAllLines(folder.Active)[..2]);
    }

    [TestMethod]
    public async Task A_segment_without_a_durable_line_is_replaced_whole()
    {
        using var folder = new JournalFolder();
        var disk = new FaultyDisk();
        using var journal = folder.Open(disk);
        disk.FailFlush = true;
        Append(journal, "m1");
        await FailsAsync(journal);
        await FailsAsync(journal);
        disk.FailFlush = false;
        await RecoversAsync(journal, 1);
        AreEqual([Name], folder.Names);
        AreEqual(["m1"], folder.Messages);
    }

    [TestMethod]
    public async Task While_the_disk_fails_appends_are_refused_at_once_and_leave_nothing()
    {
        using var folder = new JournalFolder();
        var disk = new FaultyDisk();
        using var journal = folder.Open(disk);
        Append(journal, "m1");
        await journal.FlushAsync(Cancellation);
        Assert.IsNull(journal.Failure);

        disk.FailFlush = true;
        Append(journal, "m2");
        await FailsAsync(journal);
        var refused = Assert.ThrowsExactly<IOException>(() => Append(journal, "lost"));
        StringAssert.Contains(refused.Message, "Input/output error", StringComparison.Ordinal);
        Assert.IsNotNull(journal.Failure);
        Assert.AreEqual(2, journal.LastSeq);

        disk.FailFlush = false;
        await RecoversAsync(journal, 2);
        Assert.IsNull(journal.Failure);
        Append(journal, "m3");
        await journal.FlushAsync(Cancellation);
        AreEqual(Numbered(1, 3), Texts(journal.Read(JournalCheckpoint.Start, 10)));
    }

    [TestMethod]
    public async Task A_new_segment_that_cannot_be_opened_is_tried_again()
    {
        using var folder = new JournalFolder();
        var disk = new FaultyDisk();
        using var journal = folder.Open(disk);
        Append(journal, "m1");
        await journal.FlushAsync(Cancellation);
        disk.FailFlush = disk.FailOpen = true;
        Append(journal, "m2");
        await FailsAsync(journal);
        disk.FailFlush = false;
        await FailsAsync(journal);
        AreEqual(["m1"], Texts(journal.Read(JournalCheckpoint.Start, 10)));

        disk.FailOpen = false;
        await RecoversAsync(journal, 2);
        AreEqual(Numbered(1, 2), Texts(journal.Read(JournalCheckpoint.Start, 10)));
        AreEqual([SegmentNames.Rolled(Name, 1), Name], folder.Names);
    }

    [TestMethod]
    public async Task A_flush_that_fails_at_a_roll_starts_a_new_segment()
    {
        using var folder = new JournalFolder();
        var disk = new FaultyDisk();
        using var journal = folder.Open(disk);
        Append(journal, "m1");
        await journal.FlushAsync(Cancellation);
        Append(journal, "m2");
        folder.MaxFileSize = 1;
        disk.FailFlush = true;
        Assert.ThrowsExactly<IOException>(() => Append(journal, "lost"));
        disk.FailFlush = false;
        await RecoversAsync(journal, 2);
        Append(journal, "m3");
        await journal.FlushAsync(Cancellation);
        AreEqual(Numbered(1, 3), Texts(journal.Read(JournalCheckpoint.Start, 10)));
    }

    [TestMethod]
    public async Task A_crash_while_the_disk_fails_leaves_a_journal_that_goes_on()
    {
        using var folder = new JournalFolder();
        folder.Options = folder.Options with { Chained = true };
        var disk = new FaultyDisk();
        var journal = folder.Open(disk);
        Append(journal, "m1");
        await journal.FlushAsync(Cancellation);
        disk.FailFlush = true;
        Append(journal, "m2");
        await FailsAsync(journal);
        await FailsAsync(journal);
        journal.Dispose(); // Its last attempt fails, too: what is on the disk is what a crash would leave.

        using var next = folder.Open();
        Append(next, "m3");
        await next.FlushAsync(Cancellation);
        AreEqual(Numbered(1, 3), Texts(next.Read(JournalCheckpoint.Start, 10)));
        AreEqual(["1", "2", "3"], next.Read(JournalCheckpoint.Start, 10).Select(line => $"{line.Seq}"));
    }

    [TestMethod]
    public async Task A_write_that_failed_is_forgotten_when_the_disk_is_back_even_if_nobody_writes()
    {
        using var folder = new JournalFolder();
        var disk = new FaultyDisk();
        using var journal = folder.Open(disk);
        disk.FailWrite = true;
        Assert.ThrowsExactly<IOException>(() => Append(journal, "lost"));
        // The disk itself works: the journal finds that out by itself.
        while (journal.Failure is not null) await Task.Yield();
    }

    [TestMethod]
    public void A_journal_that_is_closed_refuses()
    {
        using var folder = new JournalFolder();
        var journal = folder.Open();
        journal.Dispose();
        Assert.ThrowsExactly<JournalClosedException>(() => Append(journal, "late"));
        journal.Dispose();
    }

    private async Task FailsAsync(JournalWriter journal) =>
        await Assert.ThrowsExactlyAsync<IOException>(() => journal.FlushAsync(Cancellation).WaitAsync(TestTimeout, Cancellation));

    private async Task RecoversAsync(JournalWriter journal, long seq) =>
        await journal.WaitDurableAsync(seq - 1, Cancellation).WaitAsync(TestTimeout, Cancellation);
}
