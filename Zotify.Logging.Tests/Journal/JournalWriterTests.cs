using Zotify.Logging.Journal;
using static Zotify.Logging.Tests.Journal.JournalFolder;

namespace Zotify.Logging.Tests.Journal;

[TestClass]
public sealed class JournalWriterTests
{
    private static readonly TimeSpan TestTimeout = TimeSpan.FromMinutes(2);

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public void A_batch_is_never_split_over_segments()
    {
        using var folder = new JournalFolder { MaxFileSize = 1 };
        using (var journal = folder.Open())
        {
            Assert.AreEqual(3, journal.Append(Numbered(1, 3), new TextFormat()));
            Assert.AreEqual(3, journal.Append([], new TextFormat()));
            Assert.AreEqual(8, journal.Append(Numbered(4, 5), new TextFormat()));
        }

        AreEqual([SegmentNames.Rolled(Name, 1), Name], folder.Names);
        AreEqual(Numbered(1, 8), folder.Messages);
        Assert.HasCount(3, File.ReadAllLines(folder.PathOf(SegmentNames.Rolled(Name, 1))));
    }

    [TestMethod]
    public async Task A_failed_write_leaves_nothing_and_the_next_goes_on()
    {
        using var folder = new JournalFolder();
        var disk = new FaultyDisk();
        using var journal = folder.Open(disk);
        Append(journal, "m1");

        disk.FailWrite = true;
        Assert.ThrowsExactly<IOException>(() => journal.Append(["lost", "lost", "lost"], new TextFormat()));
        AreEqual(["m1"], folder.Messages);
        Assert.AreEqual(1, journal.LastSeq);

        disk.FailWrite = false;
        Append(journal, "m2");
        await journal.FlushAsync(Cancellation);
        AreEqual(Numbered(1, 2), Texts(journal.Read(JournalCheckpoint.Start, 10)));
    }

    [TestMethod]
    public async Task An_end_that_could_not_be_cut_off_is_cut_off_before_the_next_write()
    {
        using var folder = new JournalFolder();
        var disk = new FaultyDisk();
        using var journal = folder.Open(disk);
        Append(journal, "m1");

        disk.FailWrite = disk.FailCut = true;
        Assert.ThrowsExactly<IOException>(() => journal.Append(["lost", "lost", "lost"], new TextFormat()));
        disk.FailWrite = false;
        Assert.ThrowsExactly<IOException>(() => Append(journal, "lost"));
        await journal.FlushAsync(Cancellation);
        AreEqual(["m1"], Texts(journal.Read(JournalCheckpoint.Start, 10)));

        disk.FailCut = false;
        Append(journal, "m2");
        AreEqual(Numbered(1, 2), folder.Messages);
    }

    [TestMethod]
    public void A_failed_first_write_of_a_journal_restores_its_first_number()
    {
        using var folder = new JournalFolder { MaxFileSize = 1 };
        var disk = new FaultyDisk { FailWrite = true };
        using var journal = folder.Open(disk);
        Assert.ThrowsExactly<IOException>(() => Append(journal, "lost"));
        disk.FailWrite = false;
        Append(journal, "m1", "m2");
        AreEqual([SegmentNames.Rolled(Name, 1), Name], folder.Names);
        AreEqual(Numbered(1, 2), folder.Messages);
    }

    [TestMethod]
    public void A_roll_that_failed_half_way_is_finished_by_the_next_append()
    {
        using var folder = new JournalFolder { MaxFileSize = 1 };
        var disk = new FaultyDisk();
        using var journal = folder.Open(disk);
        Append(journal, "m1");

        disk.FailOpen = true;
        Assert.ThrowsExactly<IOException>(() => Append(journal, "lost"));
        Assert.ThrowsExactly<IOException>(() => Append(journal, "lost"));
        AreEqual(["m1"], Texts(journal.Read(JournalCheckpoint.Start, 10)));

        disk.FailOpen = false;
        Append(journal, "m2");
        AreEqual([SegmentNames.Rolled(Name, 1), Name], folder.Names);
        AreEqual(Numbered(1, 2), folder.Messages);
    }

    [TestMethod]
    public void A_roll_that_failed_after_the_new_segment_was_created_is_finished_by_the_next_append()
    {
        using var folder = new JournalFolder { MaxFileSize = 1 };
        var fail = false;
        using var journal = JournalWriter.Open(folder.Options, folder.Time, path =>
        {
            var file = SegmentFile.Open(path);
            if (!fail) return file;
            file.Dispose();
            throw new IOException("Input/output error");
        });
        Append(journal, "m1");

        fail = true;
        Assert.ThrowsExactly<IOException>(() => Append(journal, "lost"));
        fail = false;
        Append(journal, "m2", "m3");
        AreEqual(Numbered(1, 3), folder.Messages);
    }

    [TestMethod]
    public async Task Lines_are_on_the_disk_within_the_interval_without_anybody_asking()
    {
        using var folder = new JournalFolder { FlushInterval = TimeSpan.FromMilliseconds(1) };
        using var journal = folder.Open();
        var waiting = journal.WaitDurableAsync(1, Cancellation);
        Append(journal, "m1", "m2");
        await waiting.WaitAsync(TestTimeout, Cancellation);
        Assert.AreEqual(2, journal.DurableSeq);
        await journal.WaitDurableAsync(0, Cancellation);
    }

    [TestMethod]
    public async Task A_wait_ends_with_its_token()
    {
        using var folder = new JournalFolder();
        using var journal = folder.Open();
        using var source = new CancellationTokenSource();
        var waiting = journal.WaitDurableAsync(0, source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => waiting);
    }

    [TestMethod]
    public async Task Concurrent_callers_share_a_flush()
    {
        using var folder = new JournalFolder();
        var disk = new FaultyDisk();
        using var journal = folder.Open(disk);
        var before = disk.Flushes;
        disk.FlushGate.Reset();
        Append(journal, "m1");
        var first = journal.FlushAsync(Cancellation);
        await BeganAsync(disk, before + 1);

        var callers = new List<Task>();
        for (var i = 2; i <= 50; i++)
        {
            Append(journal, $"m{i}");
            callers.Add(journal.FlushAsync(Cancellation));
        }

        Assert.IsFalse(first.IsCompleted);
        disk.FlushGate.Set();
        await Task.WhenAll([first, .. callers]).WaitAsync(TestTimeout, Cancellation);
        Assert.AreEqual(50, journal.DurableSeq);
        Assert.AreEqual(before + 2, disk.Flushes);
    }

    [TestMethod]
    public async Task With_nothing_to_flush_nothing_is_flushed()
    {
        using var folder = new JournalFolder();
        var disk = new FaultyDisk();
        using var journal = folder.Open(disk);
        var before = disk.Flushes;
        await journal.FlushAsync(Cancellation);
        Assert.AreEqual(before, disk.Flushes);
    }

    [TestMethod]
    public async Task A_flush_that_a_roll_overtakes_completes()
    {
        using var commit = new GroupCommit(_ => { }, () => TimeSpan.Zero, (_, _) => { });
        commit.ReportAppended(1); // Its thread is not started: the roll comes first.
        var flush = commit.FlushAsync(Cancellation);
        commit.ReportDurable(1);
        await flush.WaitAsync(TestTimeout, Cancellation);
    }

    [TestMethod]
    public async Task A_failed_flush_fails_its_callers_and_a_later_one_recovers()
    {
        using var folder = new JournalFolder();
        var disk = new FaultyDisk();
        using var journal = folder.Open(disk);
        Append(journal, "m1");
        await journal.FlushAsync(Cancellation);

        disk.FailFlush = true;
        Append(journal, "m2");
        await Assert.ThrowsExactlyAsync<IOException>(() => journal.FlushAsync(Cancellation).WaitAsync(TestTimeout, Cancellation));
        Assert.AreEqual(1, journal.DurableSeq);
        AreEqual(Numbered(1, 1), Texts(journal.Read(JournalCheckpoint.Start, 10)));
        Assert.IsNotEmpty(folder.Reports);

        disk.FailFlush = false;
        await journal.WaitDurableAsync(1, Cancellation).WaitAsync(TestTimeout, Cancellation);
        Append(journal, "m3");
        await journal.FlushAsync(Cancellation);
        AreEqual(Numbered(1, 3), Texts(journal.Read(JournalCheckpoint.Start, 10)));
    }

    [TestMethod]
    public async Task After_a_last_flush_that_failed_callers_do_not_hang()
    {
        using var folder = new JournalFolder();
        var disk = new FaultyDisk();
        var journal = folder.Open(disk);
        disk.FailFlush = true;
        Append(journal, "m1");
        journal.Dispose();
        await Assert.ThrowsAsync<IOException>(() => journal.FlushAsync(Cancellation).WaitAsync(TestTimeout, Cancellation));
        Assert.AreEqual(0, journal.DurableSeq);
    }

    [TestMethod]
    public async Task The_end_tries_again_to_restore_a_file_that_somebody_deleted()
    {
        using var folder = new JournalFolder();
        var disk = new FaultyDisk();
        using (var journal = folder.Open(disk))
        {
            Append(journal, "m1");
            await journal.FlushAsync(Cancellation);
            File.Delete(folder.Active);
            // That of the deleted file, and those of two new ones.
            disk.FailFlushes = 3;
        }

        AreEqual(["m1"], folder.Messages);
    }

    private async Task BeganAsync(FaultyDisk disk, int flushes)
    {
        while (disk.Flushes < flushes) Assert.IsTrue(await disk.FlushBegan.WaitAsync(TestTimeout, Cancellation));
    }
}
