using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Handlers;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Dispatch;

[TestClass]
public sealed class HandlerPipelineTests
{
    public TestContext TestContext { get; set; } = null!;

    private static LogHandlerOptions Small(OverflowMode overflow, TimeSpan? wait = null) =>
        new() { QueueCapacity = 2, Overflow = overflow, WaitTimeout = wait ?? TimeSpan.FromSeconds(30), MaxBatchSize = 1 };

    [TestMethod]
    public async Task Records_of_a_thread_keep_their_order_over_batches()
    {
        var handler = new CollectingHandler();
        await using var test = new ServiceUnderTest()
            .With(handler, new LogHandlerOptions { MaxBatchSize = 7, Overflow = OverflowMode.Wait });

        for (var i = 0; i < 1_000; i++) test.Logger().LogInformation("{Number}", i);
        await test.Service.FlushAsync(FlushTo.Disk);

        CollectionAssert.AreEqual(Enumerable.Range(0, 1_000).Select(i => $"{i}").ToArray(), handler.Messages.ToArray());
        Assert.IsTrue(handler.BatchSizes.All(size => size <= 7));
        Assert.AreEqual(1_000, test.Status().Written);
    }

    [TestMethod]
    public async Task A_stalled_handler_does_not_hold_up_another()
    {
        var stalled = new CollectingHandler { Gate = new() };
        var other = new CollectingHandler();
        await using var test = new ServiceUnderTest().With(stalled).With(other);

        test.Logger().LogInformation("one");
        await stalled.Entered.Task;
        test.Logger().LogInformation("two");
        while (other.Records.Count < 2) await Task.Yield();

        Assert.AreEqual(0, stalled.Records.Count);
        stalled.Gate.SetResult();
    }

    [TestMethod]
    public async Task Drop_counts_the_new_record_and_returns_at_once()
    {
        var handler = new CollectingHandler { Gate = new() };
        await using var test = new ServiceUnderTest().With(handler, Small(OverflowMode.Drop));

        test.Logger().LogInformation("taken");
        await handler.Entered.Task;
        foreach (var message in new[] { "queued 1", "queued 2", "dropped 1", "dropped 2" })
            test.Logger().LogInformation("{Message}", message);

        Assert.AreEqual(2, test.Status().Dropped[DropReason.QueueFull]);
        handler.Gate.SetResult();
        await test.Service.FlushAsync(FlushTo.Disk);
        CollectionAssert.AreEqual(new[] { "taken", "queued 1", "queued 2" }, handler.Messages.ToArray());
    }

    [TestMethod]
    public async Task A_full_queue_drops_before_anything_is_captured_until_there_is_space()
    {
        var plain = new PlainHandler();
        await using var test = new ServiceUnderTest().With(plain, Small(OverflowMode.Drop));
        var rendered = 0;
        void Log() => test.Logger().Log(LogLevel.Information, default, 0, null, (_, _) => $"{++rendered}");

        Log();
        await plain.Entered.Task;
        for (var i = 0; i < 10; i++) Log();

        // One with the handler, two in the queue, and the one that found the queue full.
        Assert.AreEqual(4, rendered);
        Assert.AreEqual(8, test.Status().Dropped[DropReason.QueueFull]);
        plain.Gate.SetResult();
        await test.Service.FlushAsync(FlushTo.Disk);
        Log();
        await test.Service.FlushAsync(FlushTo.Disk);
        Assert.AreEqual(4, test.Status().Written);
    }

    [TestMethod]
    public async Task Wait_queues_the_record_as_soon_as_there_is_space()
    {
        var handler = new CollectingHandler { Gate = new() };
        await using var test = new ServiceUnderTest().With(handler, Small(OverflowMode.Wait));
        test.Logger().LogInformation("taken");
        await handler.Entered.Task;
        test.Logger().LogInformation("queued 1");
        test.Logger().LogInformation("queued 2");

        var waiting = Task.Run(() => test.Logger().LogInformation("waited"), TestContext.CancellationToken);
        Assert.IsFalse(waiting.IsCompleted);
        handler.Gate.SetResult();
        await waiting;
        await test.Service.FlushAsync(FlushTo.Disk);

        CollectionAssert.AreEqual(new[] { "taken", "queued 1", "queued 2", "waited" }, handler.Messages.ToArray());
        Assert.AreEqual(0, test.Status().Dropped.Count);
    }

    [TestMethod]
    public async Task Wait_counts_the_record_when_its_time_is_over()
    {
        var handler = new CollectingHandler { Gate = new() };
        await using var test = new ServiceUnderTest().With(handler, Small(OverflowMode.Wait, TimeSpan.FromMilliseconds(1)));
        test.Logger().LogInformation("taken");
        await handler.Entered.Task;

        for (var i = 0; i < 5; i++) test.Logger().LogInformation("{Number}", i);

        Assert.AreEqual(3, test.Status().Dropped[DropReason.QueueFull]);
        handler.Gate.SetResult();
    }

    [TestMethod]
    public async Task An_exception_of_a_refusal_is_thrown_after_every_handler_got_the_record()
    {
        var strict = new CollectingHandler { Gate = new(), Refused = (_, _) => throw new InvalidOperationException("refused") };
        var other = new CollectingHandler();
        await using var test = new ServiceUnderTest().With(strict, Small(OverflowMode.Drop)).With(other);
        test.Logger().LogInformation("1");
        await strict.Entered.Task;
        test.Logger().LogInformation("2");
        test.Logger().LogInformation("3");

        var thrown = Assert.ThrowsExactly<AggregateException>(() => test.Logger().LogInformation("4"));

        Assert.AreEqual("refused", thrown.InnerException!.Message);
        strict.Gate.SetResult();
        await test.Service.FlushAsync(FlushTo.Disk);
        CollectionAssert.AreEqual(new[] { "1", "2", "3", "4" }, other.Messages.ToArray());
    }

    [TestMethod]
    public async Task The_queue_is_bounded_in_bytes_and_one_large_record_still_passes()
    {
        var handler = new CollectingHandler { Gate = new() };
        await using var test = new ServiceUnderTest().With(handler, new LogHandlerOptions { QueueBytes = 10_000, MaxBatchSize = 1 });

        test.Logger().LogInformation("{Text}", new string('x', 30_000));
        await handler.Entered.Task;
        test.Logger().LogInformation("does not fit beside it");

        Assert.AreEqual(1, test.Status().Dropped[DropReason.QueueFull]);
        handler.Gate.SetResult();
        await test.Service.FlushAsync(FlushTo.Disk);
        test.Logger().LogInformation("fits now");
        await test.Service.FlushAsync(FlushTo.Disk);
        Assert.AreEqual(2, handler.Records.Count);
    }

    [TestMethod]
    public async Task A_failed_batch_comes_again_and_nothing_is_lost_or_doubled()
    {
        var time = new FakeTimeProvider();
        var handler = new CollectingHandler { Fault = attempt => attempt < 3 ? new IOException("disk") : null };
        await using var test = new ServiceUnderTest { Time = time }.With(handler);

        test.Logger().LogInformation("kept");
        var flush = test.Service.FlushAsync(FlushTo.Disk);
        while (!flush.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        CollectionAssert.AreEqual(new[] { "kept" }, handler.Messages.ToArray());
        Assert.AreEqual(3, handler.Attempts);
        Assert.IsNull(test.Status().Failure);
        StringAssert.Contains(test.Stderr.ToString(), "Handler1: temporary: 1 records could not be written yet [IOException: disk]");
    }

    [TestMethod]
    public async Task A_handler_that_keeps_failing_loses_its_batch_by_count_and_goes_on()
    {
        var handler =
            new CollectingHandler { Fault = attempt => attempt == 1 ? new InvalidDataException("bad") : null, Retry = (_, _) => false };
        await using var test = new ServiceUnderTest().With(handler);

        test.Logger().LogInformation("lost");
        await test.Service.FlushAsync(FlushTo.Disk);
        test.Logger().LogInformation("next");
        await test.Service.FlushAsync(FlushTo.Disk);

        CollectionAssert.AreEqual(new[] { "next" }, handler.Messages.ToArray());
        Assert.AreEqual(1, test.Status().Dropped[DropReason.HandlerFailed]);
    }

    [TestMethod]
    public async Task Log_calls_of_a_handler_skip_it_and_are_counted_and_go_to_the_others()
    {
        var echoing = new CollectingHandler();
        var other = new CollectingHandler();
        await using var test = new ServiceUnderTest().With(echoing).With(other);
        var logger = test.Logger();
        echoing.OnWrite = () => logger.LogInformation("echo");

        logger.LogInformation("original");
        await test.Service.FlushAsync(FlushTo.Disk);
        await test.Service.FlushAsync(FlushTo.Disk);

        CollectionAssert.AreEqual(new[] { "original" }, echoing.Messages.ToArray());
        CollectionAssert.AreEqual(new[] { "original", "echo" }, other.Messages.ToArray());
        Assert.AreEqual(1, test.Status().Dropped[DropReason.Feedback]);
    }

    [TestMethod]
    public async Task A_handler_that_does_not_start_is_reported_and_keeps_its_records_until_it_does()
    {
        var time = new FakeTimeProvider();
        var faults = new Queue<Exception?>([new IOException("locked"), null]);
        CollectingHandler? last = null;
        await using var test = new ServiceUnderTest { Time = time }
            .With(_ => last = new CollectingHandler { StartFault = faults.Dequeue }, typeof(CollectingHandler));

        test.Logger().LogInformation("early");
        var thrown = await Assert.ThrowsExactlyAsync<IOException>(() => test.Service.StartedAsync(CancellationToken.None));
        var flush = test.Service.FlushAsync(FlushTo.Disk);
        while (!flush.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        Assert.AreEqual("locked", thrown.Message);
        CollectionAssert.AreEqual(new[] { "early" }, last!.Messages.ToArray());
    }

    [TestMethod]
    public async Task Disposing_drains_the_queue_and_closes_the_handler()
    {
        var handler = new CollectingHandler();
        var test = new ServiceUnderTest().With(handler, new LogHandlerOptions { Overflow = OverflowMode.Wait });

        for (var i = 0; i < 5_000; i++) test.Logger().LogInformation("{Number}", i);
        await test.DisposeAsync();

        Assert.AreEqual(5_000, handler.Records.Count);
        Assert.IsTrue(handler.Disposed);
    }

    [TestMethod]
    public async Task A_handler_that_hangs_does_not_keep_the_process_and_the_rest_is_counted_and_reported()
    {
        var handler = new CollectingHandler { Gate = new() };
        var test = new ServiceUnderTest { ShutdownTimeout = TimeSpan.FromMilliseconds(20) }.With(
            handler, new LogHandlerOptions { MaxBatchSize = 1 });
        test.Logger().LogInformation("in the handler");
        await handler.Entered.Task;
        for (var i = 0; i < 4; i++) test.Logger().LogInformation("{Number}", i);

        await test.DisposeAsync();

        Assert.AreEqual(5, test.Status().Dropped[DropReason.AlreadyShutdown]);
        StringAssert.Contains(test.Stderr.ToString(), "Handler1: final:");
    }

    [TestMethod]
    public async Task A_late_call_neither_throws_nor_blocks_and_is_counted()
    {
        var handler = new CollectingHandler();
        var test = new ServiceUnderTest().With(handler, Small(OverflowMode.Wait));
        var logger = test.Logger();
        await test.DisposeAsync();

        logger.LogInformation("late");
        await test.Service.FlushAsync(FlushTo.Database);

        Assert.AreEqual(1, test.Status().Dropped[DropReason.AlreadyShutdown]);
        Assert.AreEqual(0, handler.Records.Count);
    }

    [TestMethod]
    public async Task The_reader_does_not_keep_the_scopes_of_who_logged_first()
    {
        var local = new AsyncLocal<string> { Value = "the caller's" };
        string? seen = "unset";
        var handler = new CollectingHandler { OnWrite = () => seen = local.Value };
        await using var test = new ServiceUnderTest().With(handler);

        test.Logger().LogInformation("x");
        await test.Service.FlushAsync(FlushTo.Disk);

        Assert.IsNull(seen);
    }

    [TestMethod]
    public async Task Concurrent_callers_lose_nothing()
    {
        var handler = new CollectingHandler();
        await using var test = new ServiceUnderTest()
            .With(handler, new LogHandlerOptions { QueueCapacity = 16, Overflow = OverflowMode.Wait, MaxBatchSize = 5 });
        var logger = test.Logger();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 2_000; i++) logger.LogInformation("{Thread} {Number}", thread, i);
        })));
        await test.Service.FlushAsync(FlushTo.Disk);

        Assert.AreEqual(8_000, handler.Records.Count);
        foreach (var thread in handler.Records.GroupBy(r => (int)r.Properties[0].Value!))
            CollectionAssert.AreEqual(Enumerable.Range(0, 2_000).ToArray(), thread.Select(r => (int)r.Properties[1].Value!).ToArray());
    }

    /// <summary>Unlike most, it does not handle refusals.</summary>
    private sealed class PlainHandler : BaseLogHandler
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected internal override async ValueTask WriteAsync(IReadOnlyList<LogRecord> batch, CancellationToken cancellationToken)
        {
            Entered.TrySetResult();
            await Gate.Task.WaitAsync(cancellationToken);
        }
    }
}
