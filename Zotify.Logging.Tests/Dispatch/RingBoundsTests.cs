using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Handlers;
using Zotify.Logging.Tests.Diagnostics;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Dispatch;

/// <summary>The kept lines and the wait of an error that writes them are bounded.</summary>
[TestClass]
public sealed class RingBoundsTests : RingFixture
{
    [TestMethod]
    public async Task The_memory_of_traces_that_ended_is_freed_as_others_begin()
    {
        await using var host = await new TestHost(On).StartAsync(Cancellation);
        for (var i = 0; i < 1_000; i++)
        {
            using (Trace("work")) host.Logger().LogDebug("line {Number}", i);
        }

        Assert.IsInRange(1, 5_000, host.Service.Ring.Bytes);
        Assert.AreEqual(0, host.Service.Ring.Evicted);
        using (Trace("last")) host.Logger().LogError("failed");
        CollectionAssert.AreEqual(new[] { "failed" }, await MessagesAsync(host));
    }

    [TestMethod]
    public async Task Beyond_the_bounds_the_oldest_lines_of_a_trace_go_and_the_oldest_trace()
    {
        await using var host = await new TestHost(On, (Ring + "Bytes", "3000"), (Ring + "TotalBytes", "6500")).StartAsync(Cancellation);
        var logger = host.Logger();
        var traces = Enumerable.Range(0, 3).Select(_ => Trace("work")).ToArray();
        foreach (var (number, trace) in traces.Index())
        {
            Activity.Current = trace;
            // About 300 bytes each.
            for (var i = 0; i < 20; i++) logger.LogDebug("{Trace} {Number}", number, i);
            Assert.IsLessThanOrEqualTo(6_500, host.Service.Ring.Bytes);
        }

        foreach (var trace in traces)
        {
            Activity.Current = trace;
            logger.LogError("failed");
            trace.Stop();
        }

        var messages = await MessagesAsync(host);
        Assert.IsFalse(messages.Any(message => message.StartsWith("0 ", StringComparison.Ordinal)), "the oldest trace is gone");
        foreach (var number in (string[])["1 ", "2 "])
        {
            var left = messages.Where(message => message.StartsWith(number, StringComparison.Ordinal)).ToArray();
            Assert.IsInRange(5, 12, left.Length);
            CollectionAssert.AreEqual(
                Enumerable.Range(20 - left.Length, left.Length).Select(i => number + i).ToArray(), left, "the newest are left, in order");
        }

        using var metrics = new Measurements(host.Services);
        var read = metrics.Read();
        Assert.AreEqual(60 - (messages.Length - 3), read["zotify.logging.ring.evicted"]);
        Assert.AreEqual(0, read["zotify.logging.ring.size"]);
    }

    [TestMethod]
    public async Task An_error_waits_for_space_once_for_all_lines_and_what_has_none_is_counted()
    {
        const int lines = 400;
        var wait = TimeSpan.FromMilliseconds(500);
        var stuck = new CollectingHandler { Gate = new() };
        await using var test = new ServiceUnderTest { ShutdownTimeout = TimeSpan.Zero }.With(
            stuck,
            new FileStreamHandlerOptions
            {
                QueueCapacity = 2, MaxBatchSize = 1, Overflow = OverflowMode.Wait, WaitTimeout = wait, Ring = new() { Enabled = true },
            });
        test.Logger().LogInformation("in hand");
        await stuck.Entered.Task.WaitAsync(Cancellation);
        var start = Stopwatch.GetTimestamp();
        using (Trace("work"))
        {
            for (var i = 0; i < lines; i++) test.Logger().LogDebug("{Number}", i);
            test.Logger().LogError("failed");
        }

        // To wait for each line would take more than three minutes.
        Assert.IsLessThan(lines * wait / 2, Stopwatch.GetElapsedTime(start));
        Assert.AreEqual(lines - 2 + 1, test.Status().Dropped[DropReason.QueueFull]);
        stuck.Gate.SetResult();
    }

    [TestMethod]
    public async Task Limits_that_contradict_each_other_are_refused_by_name()
    {
        await using var host = new TestHost(On, (Ring + "Bytes", "4096"), (Ring + "TotalBytes", "2048"));
        var refused = await Assert.ThrowsExactlyAsync<Microsoft.Extensions.Options.OptionsValidationException>(
            () => host.StartAsync(Cancellation));
        StringAssert.StartsWith(refused.Failures.Single(), $"{Ring}TotalBytes: '2048': ", StringComparison.Ordinal);
    }
}
