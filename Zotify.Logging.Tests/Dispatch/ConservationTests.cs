using Microsoft.Extensions.Logging;
using Zotify.Logging.Handlers;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Dispatch;

/// <summary>
/// Nothing is lost silently: whatever happens, every record that was logged to a handler is either written or counted as dropped.
/// </summary>
[TestClass]
public sealed class ConservationTests
{
    private const int Threads = 4;
    private static readonly int CallsOfAThread = 2_000 * TestScale.Factor;

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    public enum Policy
    {
        Drop,
        Wait,
        WaitInVain,
        InCall,
        Changing,
    }

    [TestMethod]
    [DataRow(Policy.Drop)]
    [DataRow(Policy.Wait)]
    [DataRow(Policy.WaitInVain)]
    [DataRow(Policy.InCall)]
    [DataRow(Policy.Changing)]
    public async Task Every_record_ends_written_or_counted_under_load_with_bad_handlers_until_after_the_shutdown(Policy policy)
    {
        var echoing = new UnsteadyHandler(seed: 1);
        var failing = new UnsteadyHandler(seed: 2);
        var test = new ServiceUnderTest { Time = new QuickTime() }.With(echoing, OptionsFor(policy, 0))
            .With(failing, OptionsFor(policy, 0));
        var logger = test.Logger();
        long logged = 0;
        void Log(string message)
        {
            Interlocked.Increment(ref logged);
            Forgiving(() => logger.LogInformation("{Message}", message));
        }

        echoing.Echo = () => Log("echo");
        await UnderLoadAsync(test, policy, () => Log("original"), inTheMiddle: test.DisposeAsync);
        await Task.WhenAll(echoing.Closed.Task, failing.Closed.Task).WaitAsync(Cancellation);
        Log("late");

        AssertConserved(test, logged);
        Assert.AreEqual(echoing.Taken, test.Status("Handler1").Written);
        Assert.AreEqual(failing.Taken, test.Status("Handler2").Written);
        AssertAllOfItHappened(test.Status("Handler1"), policy);
    }

    [TestMethod]
    [DataRow(Policy.Drop)]
    [DataRow(Policy.Wait)]
    [DataRow(Policy.InCall)]
    public async Task Every_record_is_counted_when_the_time_for_the_shutdown_is_over_at_once(Policy policy)
    {
        var handler = new UnsteadyHandler(seed: 3);
        var stuck = new CollectingHandler { Gate = new() };
        var test = new ServiceUnderTest { Time = new QuickTime(), ShutdownTimeout = TimeSpan.Zero }
            .With(handler, OptionsFor(policy, 0)).With(stuck, OptionsFor(Policy.Drop, 0));
        var logger = test.Logger();
        long logged = 0;
        await UnderLoadAsync(
            test,
            policy,
            () =>
            {
                Interlocked.Increment(ref logged);
                Forgiving(() => logger.LogInformation("original"));
            },
            inTheMiddle: test.DisposeAsync);
        await handler.Closed.Task.WaitAsync(Cancellation);

        AssertConserved(test, logged);
        Assert.IsGreaterThanOrEqualTo(test.Status("Handler1").Written, handler.Taken);
    }

    [TestMethod]
    public async Task Every_record_is_counted_while_a_handler_is_switched_off_and_on()
    {
        var handler = new UnsteadyHandler(seed: 4);
        await using var test = new ServiceUnderTest { Time = new QuickTime() }.With(handler, OptionsFor(Policy.Drop, 0));
        var logger = test.Logger();
        for (var phase = 0; phase < 4; phase++)
        {
            // The options are read before the phase and change only between phases, so the routes accept all of its records or none.
            await UnderLoadAsync(test, Policy.Drop, () => logger.LogInformation("original"), inTheMiddle: () => default);
            var options = OptionsFor(Policy.Drop, phase);
            options.Enabled = phase % 2 == 1;
            test.Change("Handler1", options);
        }

        await test.Service.DisposeAsync();
        AssertConserved(test, logged: 2L * Threads * CallsOfAThread);
    }

    /// <summary>
    /// Logs from several threads at once, changes the options meanwhile where the policy requires it, and does something when half is
    /// logged.
    /// </summary>
    private async Task UnderLoadAsync(ServiceUnderTest test, Policy policy, Action log, Func<ValueTask> inTheMiddle)
    {
        using var half = new CountdownEvent(Threads * CallsOfAThread / 2);
        var changes = 0;
        void Call()
        {
            log();
            if (!half.IsSet) Forgiving(() => half.Signal());
            if (policy == Policy.Changing && Interlocked.Increment(ref changes) is var change && change % 100 == 0)
                test.Change("Handler1", OptionsFor((Policy)(change / 100 % (int)Policy.Changing), change));
        }

        var threads = Enumerable.Range(0, Threads).Select(_ => Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < CallsOfAThread; i++) Call();
            },
            Cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        await Task.Run(() => half.Wait(Cancellation), Cancellation);
        await inTheMiddle();
        await Task.WhenAll(threads);
    }

    private static void AssertConserved(ServiceUnderTest test, long logged)
    {
        foreach (var handler in test.Service.Handlers)
            Assert.AreEqual(logged, handler.Written + handler.Dropped.Values.Sum(), $"{handler}: {string.Join(", ", handler.Dropped)}");
    }

    /// <summary>A run without a fault would prove nothing.</summary>
    private static void AssertAllOfItHappened(HandlerStatus handler, Policy policy)
    {
        var expected = new List<DropReason> { DropReason.HandlerFailed, DropReason.AlreadyShutdown };
        if (policy is Policy.Drop or Policy.WaitInVain) expected.Add(DropReason.QueueFull);
        if (policy != Policy.InCall) expected.Add(DropReason.Feedback);
        CollectionAssert.IsSubsetOf(expected, handler.Dropped.Keys.ToArray());
        Assert.AreEqual(policy != Policy.InCall, handler.Retried > 0);
    }

    private static InCallOptions OptionsFor(Policy policy, int batches) => new InCallOptions(inCall: policy == Policy.InCall)
    {
        QueueCapacity = 16,
        QueueBytes = 4_096,
        MaxBatchSize = 1 + (batches % 7),
        Overflow = policy is Policy.Drop or Policy.InCall ? OverflowMode.Drop : OverflowMode.Wait,
        WaitTimeout = policy == Policy.WaitInVain ? TimeSpan.Zero : TimeSpan.FromSeconds(30),
    };

    /// <summary>The caller of a refused record may get an exception. It continues all the same.</summary>
    private static void Forgiving(Action call)
    {
        try
        {
            call();
        }
        catch (Exception exception) when (exception is AggregateException or InvalidOperationException)
        {
        }
    }

    private sealed class InCallOptions(bool inCall) : LogHandlerOptions
    {
        internal override bool WritesInCall => inCall;
    }
}
