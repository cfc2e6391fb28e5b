using System.Buffers;
using Zotify.Logging.Formats;
using static Zotify.Logging.Tests.Journal.DurableCallers;
using static Zotify.Logging.Tests.Journal.JournalFolder;

namespace Zotify.Logging.Tests.Journal;

/// <summary>Callers whose line does not reach the disk: each gets the reason, and no acknowledged line is lost.</summary>
[TestClass]
public sealed class DurableLineFaultTests
{
    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

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

    private async Task<Exception[]> FailuresAsync(Task[] callers)
    {
        var failures = new List<Exception>();
        foreach (var caller in callers)
            failures.Add(await Assert.ThrowsExactlyAsync<IOException>(() => caller.WaitAsync(TestTimeout, Cancellation)));
        return [.. failures];
    }

    private sealed class ThrowingFormat : IJournalFormat<string>
    {
        public void Write(string record, long seq, IBufferWriter<byte> output) => throw new InvalidOperationException("no line of this");
    }
}
