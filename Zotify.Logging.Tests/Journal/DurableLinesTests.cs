using System.Buffers;
using Zotify.Logging.Formats;
using Zotify.Logging.Journal;
using static Zotify.Logging.Tests.Journal.JournalFolder;

namespace Zotify.Logging.Tests.Journal;

/// <summary>
/// Callers that block until their line is on the disk. The first writes its own line; one of the others, or the journal's thread, writes
/// all lines that arrive meanwhile.
/// </summary>
[TestClass]
public sealed class DurableLinesTests
{
    private static readonly TimeSpan TestTimeout = TimeSpan.FromMinutes(2);

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
    public async Task Every_caller_of_a_group_gets_its_own_exception_with_the_reason()
    {
        using var folder = new JournalFolder();
        folder.Options = folder.Options with { Chained = true };
        var disk = new FaultyDisk();
        using var journal = folder.Open(disk);
        var callers = await BlockedAsync(journal, disk, 10);
        disk.FailWrite = true;
        disk.FlushGate.Set();
        await callers[0].WaitAsync(TestTimeout, Cancellation);
        var failures = await FailuresAsync(callers[1..]);
        Assert.IsTrue(failures.All(failure => failure.Message == "No space left on device"));
        Assert.HasCount(9, failures.Distinct());
        AreEqual(["m1"], folder.Messages);

        disk.FailWrite = false;
        while (journal.Failure is not null) await Task.Yield();
        journal.AppendDurably("m2", new TextFormat(), TestTimeout);
        AreEqual(Numbered(1, 2), folder.Messages);
        Assert.AreEqual(2, journal.DurableSeq);
    }

    [TestMethod]
    public async Task A_record_that_throws_fails_its_group_and_loses_nothing_that_was_acknowledged()
    {
        using var folder = new JournalFolder();
        var disk = new FaultyDisk();
        using var journal = folder.Open(disk);
        var callers = await BlockedAsync(journal, disk, 3);
        var bad = OnThread(() => journal.AppendDurably("bad", new ThrowingFormat(), TestTimeout), out _);
        while (journal.Waiting < 3) await Task.Yield();
        disk.FlushGate.Set();
        await callers[0].WaitAsync(TestTimeout, Cancellation);
        Assert.HasCount(3, await FailuresAsync([.. callers[1..], bad]));
        journal.AppendDurably("m2", new TextFormat(), TestTimeout);
        AreEqual(Numbered(1, 2), folder.Messages);
    }

    [TestMethod]
    public async Task A_flush_that_fails_once_is_repaired_before_any_caller_gets_an_exception()
    {
        using var folder = new JournalFolder();
        var disk = new FaultyDisk();
        using var journal = folder.Open(disk);
        Append(journal, "m1");
        await journal.FlushAsync(Cancellation);
        disk.FailFlushes = 1;
        journal.AppendDurably("m2", new TextFormat(), TestTimeout);
        AreEqual(["m2"], File.ReadAllLines(folder.Active).Select(line => line.Split('"')[3]));
    }

    [TestMethod]
    public async Task A_caller_gets_the_exception_of_a_failed_flush_and_its_line_may_still_appear()
    {
        using var folder = new JournalFolder();
        var disk = new FaultyDisk();
        using var journal = folder.Open(disk);
        disk.FailFlush = true;
        var failure = Assert.ThrowsExactly<IOException>(() => journal.AppendDurably("m1", new TextFormat(), TestTimeout));
        Assert.AreEqual("Input/output error", failure.Message);
        var refused = Assert.ThrowsExactly<IOException>(() => journal.AppendDurably("refused", new TextFormat(), TestTimeout));
        Assert.AreEqual("Input/output error", refused.Message);
        disk.FailFlush = false;
        await journal.WaitDurableAsync(0, Cancellation).WaitAsync(TestTimeout, Cancellation);
        AreEqual(["m1"], folder.Messages);
    }

    [TestMethod]
    public async Task All_callers_that_wait_for_a_flush_that_fails_get_the_exception_at_once()
    {
        using var folder = new JournalFolder();
        var disk = new FaultyDisk();
        using var journal = folder.Open(disk);
        var callers = await BlockedAsync(journal, disk, 10);
        disk.FailFlush = true;
        disk.FlushGate.Set();
        Assert.HasCount(10, await FailuresAsync(callers));
        disk.FailFlush = false;
        await journal.WaitDurableAsync(0, Cancellation).WaitAsync(TestTimeout, Cancellation);
        // The lines of the callers that came meanwhile were not written, and will not be.
        AreEqual(["m1"], folder.Messages);
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

    /// <summary>Callers with <c>m1</c> and so on: the first is in the flush, which waits for the gate, and the others wait for the
    /// first.</summary>
    private static async Task<Task[]> BlockedAsync(JournalWriter journal, FaultyDisk disk, int count)
    {
        disk.FlushGate.Reset();
        var before = disk.Flushes;
        var callers = new List<Task>();
        foreach (var message in Numbered(1, count))
        {
            callers.Add(OnThread(() => journal.AppendDurably(message, new TextFormat(), TestTimeout), out _));
            while (disk.Flushes == before || journal.Waiting < callers.Count - 1) await Task.Yield();
        }

        return [.. callers];
    }

    private async Task<Exception[]> FailuresAsync(Task[] callers)
    {
        var failures = new List<Exception>();
        foreach (var caller in callers)
            failures.Add(await Assert.ThrowsExactlyAsync<IOException>(() => caller.WaitAsync(TestTimeout, Cancellation)));
        return [.. failures];
    }

    private static Task OnThread(Action action, out Thread thread)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        thread = new Thread(() =>
        {
            try
            {
                action();
                done.SetResult();
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        });
        thread.Start();
        return done.Task;
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

    private sealed class ThrowingFormat : IJournalFormat<string>
    {
        public void Write(string record, long seq, IBufferWriter<byte> output) => throw new InvalidOperationException("no line of this");
    }
}
