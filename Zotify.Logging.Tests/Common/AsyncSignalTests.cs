using Zotify.Logging.Common;

namespace Zotify.Logging.Tests.Common;

[TestClass]
public sealed class AsyncSignalTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task A_change_after_the_task_was_taken_is_not_lost()
    {
        var signal = new AsyncSignal();
        var next = signal.Next;
        Assert.IsFalse(next.IsCompleted);
        signal.Set();
        await next.WaitAsync(TestContext.CancellationToken);
        Assert.IsFalse(signal.Next.IsCompleted, "a signal keeps no state: it completes what was taken before");
    }

    [TestMethod]
    public async Task Everyone_who_waits_is_woken()
    {
        var signal = new AsyncSignal();
        var waiters = Enumerable.Range(0, 20).Select(_ => signal.Next.WaitAsync(TestContext.CancellationToken)).ToArray();
        signal.Set();
        await Task.WhenAll(waiters);
    }

    [TestMethod]
    public async Task A_failure_wakes_only_the_callers_that_wait()
    {
        var signal = new AsyncSignal();
        var next = signal.Next;
        signal.Fail(new IOException("the disk is full"));
        Assert.AreEqual("the disk is full", (await Assert.ThrowsExactlyAsync<IOException>(() => next)).Message);
        var after = signal.Next;
        signal.Set();
        await after.WaitAsync(TestContext.CancellationToken);
    }

    [TestMethod]
    public async Task Continuations_do_not_run_in_the_call_that_sets_the_signal()
    {
        var signal = new AsyncSignal();
        var setter = 0;
        var woken = WaitAsync();
        var thread = new Thread(() =>
        {
            setter = Environment.CurrentManagedThreadId;
            signal.Set();
        });
        thread.Start();
        thread.Join();
        Assert.AreNotEqual(setter, await woken.WaitAsync(TestContext.CancellationToken));

        async Task<int> WaitAsync()
        {
            await signal.Next.ConfigureAwait(false);
            return Environment.CurrentManagedThreadId;
        }
    }

    [TestMethod]
    public async Task No_wake_up_is_lost_when_writers_and_readers_race()
    {
        const int writers = 2;
        const int changes = 20_000;
        var signal = new AsyncSignal();
        var state = 0L;
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(ReadAllAsync, TestContext.CancellationToken)).ToArray();
        await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(Write, TestContext.CancellationToken)));
        // Every reader is woken for the last change; after that nobody sets the signal.
        await Task.WhenAll(readers);

        void Write()
        {
            for (var i = 0; i < changes; i++)
            {
                Interlocked.Increment(ref state);
                signal.Set();
            }
        }

        async Task ReadAllAsync()
        {
            while (true)
            {
                var next = signal.Next;
                if (Interlocked.Read(ref state) == writers * changes) return;
                await next.WaitAsync(TestContext.CancellationToken).ConfigureAwait(false);
            }
        }
    }
}
