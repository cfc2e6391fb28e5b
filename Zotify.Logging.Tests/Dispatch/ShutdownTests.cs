using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Dispatch;
using Zotify.Logging.Handlers;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Dispatch;

[TestClass]
public sealed class ShutdownTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task A_stuck_handler_is_waited_for_until_the_timeout_and_no_longer()
    {
        var time = new FakeTimeProvider();
        var stuck = new StuckHandler();
        var test = new ServiceUnderTest { Time = time, ShutdownTimeout = Timeout }.With(stuck, new LogHandlerOptions { MaxBatchSize = 3 });
        for (var i = 0; i < 10; i++) test.Logger().LogInformation("{Number}", i);
        await stuck.Entered.Task;

        var disposal = test.Service.DisposeAsync().AsTask();
        time.Advance(Timeout - Tick);
        Assert.IsFalse(disposal.IsCompleted);
        time.Advance(Tick);
        await disposal.WaitAsync(Cancellation);

        // Records that the handler is writing are lost as well as those that wait.
        Assert.AreEqual(10, test.Status().Dropped[DropReason.AlreadyShutdown]);
        Assert.AreEqual(
            "zotify-logging: Handler1: final: 10 records were not written before the shutdown timeout\n",
            test.Stderr.ToString().ReplaceLineEndings("\n"));
    }

    [TestMethod]
    public async Task A_handler_that_blocks_when_it_is_cancelled_does_not_hold_up_the_end()
    {
        using var release = new ManualResetEventSlim();
        var handler = new BlocksWhenCancelled(release);
        var test = new ServiceUnderTest { ShutdownTimeout = TimeSpan.Zero }.With(handler);
        test.Logger().LogInformation("in its hand");
        await handler.Entered.Task;

        await test.Service.DisposeAsync().AsTask().WaitAsync(Cancellation);
        Assert.AreEqual(1, test.Status().Dropped[DropReason.AlreadyShutdown]);
        release.Set();
    }

    [TestMethod]
    public async Task The_stop_of_the_host_and_its_disposal_take_the_timeout_together()
    {
        var host = await new TestHost(
            // The clock runs past the timeout of every handler, whether it is stuck or not.
            ("Logging:Zotify:Handlers:System:Enabled", "false"),
            ("Logging:Zotify:Handlers:Audit:Enabled", "false"),
            ("Logging:Zotify:Handlers:Jobs:Enabled", "false"),
            ("Logging:Zotify:Handlers:Stuck:Categories:0", "Shop")) { Logging = logging =>
                logging.AddHandler<StuckHandler>("Stuck") }.StartAsync(Cancellation);
        host.Logger().LogInformation("before the stop");
        var stop = host.StopAsync(Cancellation);
        while (!stop.IsCompleted)
        {
            host.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await stop;
        host.Logger().LogInformation("after the stop");
        // The timeout is used up: the clock need not move for the disposal to end.
        await host.DisposeAsync().AsTask().WaitAsync(Cancellation);
        StringAssert.Contains(
            host.Stderr.ToString(), "Stuck: final: 2 records were not written before the shutdown timeout", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task Records_between_the_stop_of_the_host_and_its_disposal_are_written()
    {
        using var folder = new TemporaryFolder();
        await using (var host = await new TestHost(("Logging:Zotify:Directory", folder.Path)).StartAsync(Cancellation))
        {
            await host.StopAsync(Cancellation);
            host.Logger().LogInformation("after the stop");
        }

        StringAssert.EndsWith(File.ReadAllText(folder.PathOf("zotify_api.log")), "after the stop\n", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task An_exception_of_a_handlers_flush_does_not_fail_the_stop()
    {
        var handler = new CollectingHandler { FlushFault = () => new InvalidOperationException("cannot flush") };
        await using var test = new ServiceUnderTest().With(handler);
        test.Logger().LogInformation("x");
        await test.Service.StopAsync(Cancellation);
        Assert.AreEqual(1, handler.Records.Count);
    }

    [TestMethod]
    public async Task A_caller_that_waits_for_space_is_released_by_the_end()
    {
        var stuck = new StuckHandler();
        var test = new ServiceUnderTest { ShutdownTimeout = TimeSpan.Zero }
            .With(
                stuck,
                new LogHandlerOptions { QueueCapacity = 1, MaxBatchSize = 1, Overflow = OverflowMode.Wait, WaitTimeout = TimeSpan.FromDays(1) });
        test.Logger().LogInformation("in its hand");
        await stuck.Entered.Task;
        test.Logger().LogInformation("in the queue");
        var waiting = Task.Factory.StartNew(
            () => test.Logger().LogInformation("waits"), Cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        await test.Service.DisposeAsync();
        await waiting.WaitAsync(Cancellation);
        Assert.AreEqual(3, test.Status().Dropped[DropReason.AlreadyShutdown]);
    }

    [TestMethod]
    public async Task A_flush_after_the_end_of_a_stuck_handler_fails_instead_of_waiting()
    {
        var stuck = new StuckHandler();
        var test = new ServiceUnderTest { ShutdownTimeout = TimeSpan.Zero }.With(stuck);
        test.Logger().LogInformation("x");
        await stuck.Entered.Task;
        await test.Service.DisposeAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => test.Service.FlushAsync(FlushTo.Disk, Cancellation));
    }

    [TestMethod]
    public void A_synchronous_disposal_needs_nothing_of_the_thread_that_it_blocks()
    {
        var handler = new CollectingHandler();
        var test = new ServiceUnderTest().With(handler);
        for (var i = 0; i < 100; i++) test.Logger().LogInformation("{Number}", i);
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new DeafContext());
        try
        {
            test.Service.Dispose();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        Assert.AreEqual(100, handler.Records.Count);
    }

    [TestMethod]
    public async Task The_reason_why_a_handler_did_not_start_is_reported_with_the_loss_where_nobody_awaited_the_start()
    {
        var test = new ServiceUnderTest { Time = new FakeTimeProvider() }.With(
            new CollectingHandler { StartFault = () => new IOException("locked") });
        test.Logger().LogInformation("x");
        while (test.Status().Failure is null) await Task.Yield();
        await test.DisposeAsync();
        Assert.AreEqual(
            "zotify-logging: Handler1: final: 1 records were not written: the handler did not start [IOException: locked]\n",
            test.Stderr.ToString().ReplaceLineEndings("\n"));
    }

    [TestMethod]
    public void A_service_that_was_disposed_of_is_not_kept_alive_by_the_process()
    {
        var service = Disposed();
        // A thread of the pool may still be returning from the consumer's last step, with the service on its stack.
        Assert.IsTrue(SpinWait.SpinUntil(() => !IsAliveAfterCollection(service), TimeSpan.FromMinutes(1)));
    }

    [TestMethod]
    public void A_factory_of_its_own_drains_when_it_is_disposed_of()
    {
        using var folder = new TemporaryFolder();
        // So short that its handlers have hardly begun.
        using (var factory = LoggerFactory.Create(logging => logging.AddZotify(options =>
        {
            options.Directory = folder.Path;
            options.Database.ConnectionString = $"Data Source={folder.PathOf("zotify.db")}";
        })))
        {
            factory.CreateLogger("Short").LogInformation(new EventId(1, "user.login"), "the only one");
        }

        StringAssert.EndsWith(File.ReadAllText(folder.PathOf("zotify_api.log")), "the only one\n", StringComparison.Ordinal);
        StringAssert.Contains(File.ReadAllText(folder.PathOf("audit.log.json")), "the only one", StringComparison.Ordinal);
    }

    [TestMethod]
    public void The_built_in_handlers_can_be_made_when_the_container_of_a_short_program_is_gone()
    {
        var services = new ServiceCollection().AddLogging(logging => logging.AddZotify()).BuildServiceProvider();
        var (setup, handlers) = (services.GetRequiredService<SharedSetup>(), services.GetServices<HandlerRegistration>().ToArray());
        services.Dispose();
        using var stage = setup.MakeStage();
        CollectionAssert.AllItemsAreNotNull(handlers.Select(handler => handler.Share!(stage)).ToArray());
    }

    private static bool IsAliveAfterCollection(WeakReference service)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return service.IsAlive;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Disposed()
    {
        var test = new ServiceUnderTest().With(new CollectingHandler());
        test.Logger().LogInformation("x");
        test.Service.Dispose();
        return new WeakReference(test.Service);
    }

    private sealed class BlocksWhenCancelled(ManualResetEventSlim release) : BaseLogHandler
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected internal override async ValueTask WriteAsync(IReadOnlyList<LogRecord> batch, CancellationToken cancellationToken)
        {
            await using var registration = cancellationToken.Register(() => release.Wait(CancellationToken.None));
            Entered.TrySetResult();
            await new TaskCompletionSource().Task;
        }
    }

    /// <summary>A blocked user-interface thread: callbacks that are posted to it never run.</summary>
    private sealed class DeafContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }
    }
}
