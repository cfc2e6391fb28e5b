using System.Buffers;
using Zotify.Logging.Formats;
using Zotify.Logging.Journal;
using static Zotify.Logging.Tests.Journal.DurableCallers;
using static Zotify.Logging.Tests.Journal.JournalFolder;

namespace Zotify.Logging.Tests.Journal;

/// <summary>
/// Callers that block until their line is on the disk. The first writes its own line; one of the others, or the journal's thread, writes
/// all lines that arrive meanwhile.
/// </summary>
[TestClass]
public sealed class DurableLinesTests
{
    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task A_caller_that_is_alone_writes_and_flushes_on_its_own_thread()
    {
        using var folder = new JournalFolder();
        var format = new ThreadFormat();
        using var journal = folder.Open();
        await OnThread(() => journal.AppendDurably("m1", format, TestTimeout), out var thread);
        Assert.AreEqual(1, journal.DurableSeq);
        AreEqual(["m1"], folder.Messages);
        Assert.AreEqual(thread.ManagedThreadId, format.Threads.Single());
    }

    [TestMethod]
    public async Task Callers_that_come_meanwhile_share_one_write_and_one_flush()
    {
        using var folder = new JournalFolder();
        var disk = new FaultyDisk();
        using var journal = folder.Open(disk);
        var before = (disk.Flushes, disk.Writes);
        var callers = await BlockedAsync(journal, disk, 20);
        Assert.AreEqual(0, journal.DurableSeq);
        Assert.IsFalse(callers.Any(caller => caller.IsCompleted));

        disk.FlushGate.Set();
        await Task.WhenAll(callers).WaitAsync(TestTimeout, Cancellation);
        Assert.AreEqual(20, journal.DurableSeq);
        Assert.AreEqual((before.Flushes + 2, before.Writes + 2), (disk.Flushes, disk.Writes));
        CollectionAssert.AreEquivalent(Numbered(1, 20), folder.Messages);
    }

    [TestMethod]
    public async Task A_caller_that_comes_while_the_disk_does_not_answer_waits_until_its_timeout_and_withdraws_its_line()
    {
        using var folder = new JournalFolder();
        var disk = new FaultyDisk();
        using var journal = folder.Open(disk);
        var callers = await BlockedAsync(journal, disk, 2);
        var failure = Assert.ThrowsExactly<IOException>(
            () => journal.AppendDurably("impatient", new TextFormat(), TimeSpan.FromMilliseconds(1)));
        StringAssert.Contains(failure.Message, "did not answer", StringComparison.Ordinal);
        Assert.AreSame(failure, journal.Failure);

        disk.FlushGate.Set();
        await Task.WhenAll(callers).WaitAsync(TestTimeout, Cancellation);
        AreEqual(Numbered(1, 2), folder.Messages);
        Assert.IsNull(journal.Failure);
    }

    [TestMethod]
    public async Task A_caller_that_is_interrupted_loses_nobody_elses_line()
    {
        using var folder = new JournalFolder();
        var disk = new FaultyDisk();
        using var journal = folder.Open(disk);
        var callers = await BlockedAsync(journal, disk, 2);
        var interrupted = OnThread(() => journal.AppendDurably("m3", new TextFormat(), TestTimeout), out var thread);
        while (journal.Waiting < 2) await Task.Yield();
        thread.Interrupt();
        await Assert.ThrowsExactlyAsync<ThreadInterruptedException>(() => interrupted);
        disk.FlushGate.Set();
        await Task.WhenAll(callers).WaitAsync(TestTimeout, Cancellation);
        journal.AppendDurably("m4", new TextFormat(), TestTimeout);
        CollectionAssert.IsSubsetOf(new[] { "m1", "m2", "m4" }, folder.Messages);
    }

    [TestMethod]
    public async Task Lines_of_the_queue_and_flushes_go_with_the_callers_of_the_moment()
    {
        using var folder = new JournalFolder();
        var disk = new FaultyDisk();
        using var journal = folder.Open(disk);
        var callers = await BlockedAsync(journal, disk, 1);
        Append(journal, "queued");
        var flush = journal.FlushAsync(Cancellation);
        Assert.IsFalse(flush.IsCompleted);
        disk.FlushGate.Set();
        await Task.WhenAll([flush, .. callers]).WaitAsync(TestTimeout, Cancellation);
        Assert.AreEqual(2, journal.DurableSeq);
    }

    [TestMethod]
    public async Task The_end_writes_the_lines_that_wait_and_refuses_what_comes_later()
    {
        using var folder = new JournalFolder();
        var disk = new FaultyDisk();
        var journal = folder.Open(disk);
        var callers = await BlockedAsync(journal, disk, 5);
        var end = OnThread(journal.Dispose, out _);
        disk.FlushGate.Set();
        await end.WaitAsync(TestTimeout, Cancellation);
        // Callers whose lines were not written by then get an exception; none hangs.
        var written = 0;
        foreach (var caller in callers)
        {
            await caller.WaitAsync(TestTimeout, Cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (caller.IsCompletedSuccessfully) written++;
        }

        Assert.HasCount(written, folder.Messages);
        Assert.ThrowsExactly<JournalClosedException>(() => journal.AppendDurably("late", new TextFormat(), TestTimeout));
    }

    private sealed class ThreadFormat : IJournalFormat<string>
    {
        public List<int> Threads { get; } = [];

        public void Write(string record, long seq, IBufferWriter<byte> output)
        {
            Threads.Add(Environment.CurrentManagedThreadId);
            new TextFormat().Write(record, seq, output);
        }
    }
}
