using Microsoft.Extensions.Logging;
using Zotify.Logging.Handlers;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Dispatch;

/// <summary>A queue that is full: the record is dropped and counted, or its caller waits.</summary>
[TestClass]
public sealed class QueueOverflowTests
{
    public required TestContext TestContext { get; set; }

    private static LogHandlerOptions Small(OverflowMode overflow, TimeSpan? wait = null) =>
        new() { QueueCapacity = 2, Overflow = overflow, WaitTimeout = wait ?? TimeSpan.FromSeconds(30), MaxBatchSize = 1 };

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
