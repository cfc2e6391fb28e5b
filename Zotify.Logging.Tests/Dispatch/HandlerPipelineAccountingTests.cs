using Microsoft.Extensions.Logging;
using Zotify.Logging.Handlers;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Dispatch;

[TestClass]
public sealed class HandlerPipelineAccountingTests
{
    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Records_that_are_given_again_are_counted_each_time()
    {
        var handler = new CollectingHandler { Gate = new(), Fault = attempt => attempt is 2 or 3 ? new IOException("disk") : null };
        await using var test = new ServiceUnderTest { Time = new QuickTime() }.With(handler);
        test.Logger().LogInformation("first batch");
        await handler.Entered.Task.WaitAsync(Cancellation);
        for (var i = 0; i < 5; i++) test.Logger().LogInformation("second batch");
        handler.Gate.SetResult();
        await test.Service.FlushAsync(FlushTo.Disk, Cancellation);

        Assert.AreEqual((6, 10), (test.Status().Written, test.Status().Retried));
        Assert.IsEmpty(test.Status().Dropped);
    }

    [TestMethod]
    public async Task The_queue_shows_its_records_and_bytes_with_those_being_written()
    {
        var handler = new CollectingHandler { Gate = new() };
        await using var test = new ServiceUnderTest().With(handler, new LogHandlerOptions { QueueCapacity = 10, QueueBytes = 100_000 });
        test.Logger().LogInformation("in hand");
        await handler.Entered.Task.WaitAsync(Cancellation);
        var inHand = test.Status().QueuedBytes;
        test.Logger().LogInformation("queued");
        test.Logger().LogInformation("queued");

        var status = test.Status();
        Assert.AreEqual((2, 10, 100_000), (status.Queued, status.QueueCapacity, status.QueueBytesCapacity));
        Assert.IsGreaterThan(0, inHand);
        Assert.IsGreaterThan(inHand, status.QueuedBytes);
        handler.Gate.SetResult();
        await test.Service.FlushAsync(FlushTo.Disk, Cancellation);
        // The last batch's bytes are freed before the flush after it.
        Assert.AreEqual((0, 0), (test.Status().Queued, test.Status().QueuedBytes));
    }

    [TestMethod]
    public async Task The_state_shows_what_the_handler_does()
    {
        var fault = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var broken = true;
        var handler = new CollectingHandler
        {
            StartGate = new(),
            Fault = attempt =>
            {
                if (attempt == 2) fault.SetResult();
                return Volatile.Read(ref broken) ? new IOException("disk full") : null;
            },
            Retry = (_, _) => true,
        };
        var test = new ServiceUnderTest { Time = new QuickTime() }.With(handler);
        var logger = test.Logger();
        Assert.AreEqual(HandlerState.Starting, test.Status().State);
        handler.StartGate.SetResult();
        await test.Service.StartedAsync(Cancellation);
        Assert.AreEqual(HandlerState.Running, test.Status().State);

        logger.LogInformation("waits for the disk");
        await fault.Task.WaitAsync(Cancellation);
        var failing = test.Status();
        Assert.AreEqual((HandlerState.Failing, "disk full"), (failing.State, failing.Failure));
        Volatile.Write(ref broken, false);
        await test.Service.FlushAsync(FlushTo.Disk, Cancellation);
        var recovered = test.Status();
        Assert.AreEqual((HandlerState.Running, null), (recovered.State, recovered.Failure));
        StringAssert.Contains(recovered.LastError!.Message, "[IOException: disk full]", StringComparison.Ordinal);

        test.Change("Handler1", new LogHandlerOptions { Enabled = false });
        Assert.AreEqual(HandlerState.Disabled, test.Status().State);
        await test.DisposeAsync();
        Assert.AreEqual(HandlerState.Stopped, test.Status().State);
    }

    [TestMethod]
    public async Task A_handler_that_is_stuck_without_an_error_fails_as_soon_as_its_queue_overflows_until_it_writes_again()
    {
        var handler = new CollectingHandler { Gate = new() };
        await using var test = new ServiceUnderTest().With(handler, new LogHandlerOptions { QueueCapacity = 1, MaxBatchSize = 1 });
        test.Logger().LogInformation("in hand");
        await handler.Entered.Task.WaitAsync(Cancellation);
        test.Logger().LogInformation("queued");
        Assert.AreEqual(HandlerState.Running, test.Status().State);
        test.Logger().LogInformation("refused");
        Assert.AreEqual((HandlerState.Failing, "its queue is full"), (test.Status().State, test.Status().Failure));

        handler.Gate.SetResult();
        await test.Service.FlushAsync(FlushTo.Disk, Cancellation);
        Assert.AreEqual((HandlerState.Running, null), (test.Status().State, test.Status().Failure));
    }

    [TestMethod]
    public async Task The_first_error_of_a_start_is_remembered_although_the_host_reports_it()
    {
        var handler = new CollectingHandler { StartFault = () => new IOException("locked") };
        await using var test = new ServiceUnderTest { ShutdownTimeout = TimeSpan.Zero }.With(handler);
        await Assert.ThrowsExactlyAsync<IOException>(() => test.Service.StartedAsync(Cancellation));
        var status = test.Status();
        Assert.AreEqual(
            (HandlerState.Failing, "the handler does not start [IOException: locked]"), (status.State, status.LastError!.Message));
    }

    [TestMethod]
    public async Task A_ShouldRetry_that_throws_loses_the_batch_and_not_the_pipeline()
    {
        var handler =
            new CollectingHandler { Fault = attempt => attempt == 1 ? new IOException("bad") : null, Retry = (_, _) => throw new InvalidOperationException("who knows") };
        await using var test = new ServiceUnderTest().With(handler);
        test.Logger().LogInformation("lost");
        await test.Service.FlushAsync(FlushTo.Disk, Cancellation);
        test.Logger().LogInformation("next");
        await test.Service.FlushAsync(FlushTo.Disk, Cancellation);

        CollectionAssert.AreEqual(new[] { "next" }, handler.Messages.ToArray());
        Assert.AreEqual(1, test.Status().Dropped[DropReason.HandlerFailed]);
        StringAssert.Contains(test.Stderr.ToString(), "who knows", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task An_exception_whose_message_throws_is_reported_without_it()
    {
        var handler = new CollectingHandler { Fault = attempt => attempt == 1 ? new MuteException() : null, Retry = (_, _) => false };
        await using var test = new ServiceUnderTest().With(handler);
        test.Logger().LogInformation("lost");
        await test.Service.FlushAsync(FlushTo.Disk, Cancellation);
        Assert.AreEqual("(its message cannot be read)", test.Status().Failure);
        test.Logger().LogInformation("next");
        await test.Service.FlushAsync(FlushTo.Disk, Cancellation);
        CollectionAssert.AreEqual(new[] { "next" }, handler.Messages.ToArray());
    }

    [TestMethod]
    public async Task A_flush_that_throws_fails_its_caller_and_not_the_pipeline()
    {
        var handler = new CollectingHandler { FlushFault = () => new IOException("no disk") };
        await using var test = new ServiceUnderTest().With(handler);
        await test.Service.StartedAsync(Cancellation);
        await Assert.ThrowsExactlyAsync<IOException>(() => test.Service.FlushAsync(FlushTo.Disk, Cancellation).WaitAsync(Cancellation));
        await Assert.ThrowsExactlyAsync<IOException>(() => test.Service.FlushAsync(FlushTo.Database, Cancellation).WaitAsync(Cancellation));
        handler.FlushFault = () => null;
        test.Logger().LogInformation("next");
        await test.Service.FlushAsync(FlushTo.Disk, Cancellation);
        CollectionAssert.AreEqual(new[] { "next" }, handler.Messages.ToArray());
    }

    [TestMethod]
    public async Task The_batch_of_a_handler_that_heeds_nothing_is_counted_by_the_shutdown_and_not_again_when_it_ends_later()
    {
        var handler = new StuckHandler();
        var test = new ServiceUnderTest { ShutdownTimeout = TimeSpan.Zero }.With(handler);
        test.Logger().LogInformation("in hand");
        await handler.Entered.Task.WaitAsync(Cancellation);
        for (var i = 0; i < 3; i++) test.Logger().LogInformation("queued");

        await test.DisposeAsync();
        Assert.AreEqual((0, 4), (test.Status().Written, test.Status().Dropped[DropReason.AlreadyShutdown]));
        StringAssert.Contains(
            test.Stderr.ToString(), "Handler1: final: 4 records were not written before the shutdown timeout", StringComparison.Ordinal);
        Assert.AreEqual((0, 0), (test.Status().Queued, test.Status().QueuedBytes));

        handler.Gate.SetResult();
        await handler.Closed.Task.WaitAsync(Cancellation);
        Assert.AreEqual((0, 4), (test.Status().Written, test.Status().Dropped.Values.Sum()));
    }

    [TestMethod]
    public async Task A_loss_at_the_shutdown_is_reported_although_another_was_reported_a_moment_before()
    {
        var handler = new CollectingHandler { Fault = _ => new InvalidDataException("bad"), Retry = (_, _) => false };
        var test = new ServiceUnderTest { ShutdownTimeout = TimeSpan.Zero }.With(handler);
        test.Logger().LogInformation("lost");
        await test.Service.FlushAsync(FlushTo.Disk, Cancellation);
        handler.Gate = new();
        test.Logger().LogInformation("in hand");
        test.Logger().LogInformation("queued");
        await test.DisposeAsync();
        StringAssert.Contains(test.Stderr.ToString(), "1 records could not be written and are dropped", StringComparison.Ordinal);
        StringAssert.Contains(test.Stderr.ToString(), "2 records were not written before the shutdown timeout", StringComparison.Ordinal);
    }

    private sealed class MuteException : Exception
    {
        public override string Message => throw new InvalidOperationException("no message");
    }
}
