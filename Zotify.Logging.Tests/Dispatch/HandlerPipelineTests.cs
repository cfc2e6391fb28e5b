using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Handlers;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Dispatch;

/// <summary>Records on their way from the call to the handler: in order, none lost, whatever the handler does.</summary>
[TestClass]
public sealed class HandlerPipelineTests
{
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
        var test = new ServiceUnderTest().With(handler, new LogHandlerOptions { Overflow = OverflowMode.Wait });
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
}
