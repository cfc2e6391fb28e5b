using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Handlers;
using Zotify.Logging.Tests.Diagnostics;
using Zotify.Logging.Tests.Packages;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Dispatch;

/// <summary>Lines below the level of the system log are written only when an error is logged in their trace or job.</summary>
[TestClass]
public sealed class RingTests
{
    private const string Ring = "Logging:Zotify:Handlers:System:Ring:";
    private static readonly (string, string?) On = (Ring + "Enabled", "true");

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task An_error_writes_the_lines_of_its_trace_with_their_own_times_before_it()
    {
        await using var host = await new TestHost(On).StartAsync(Cancellation);
        var logger = host.Logger();
        var other = Trace("other");
        logger.LogDebug("of the other trace");
        using (Trace("work"))
        {
            logger.LogDebug("first");
            host.Time.Advance(TimeSpan.FromSeconds(1));
            logger.LogInformation("as ever");
            host.Logger("Shop.Cart").LogDebug("second");
            host.Time.Advance(TimeSpan.FromSeconds(1));
            logger.LogTrace("too low");
            logger.LogError("failed");
            logger.LogDebug("third");
            logger.LogError("failed again");
        }

        other.Stop();
        logger.LogError("in no trace");
        await host.FlushAsync(FlushTo.Disk, Cancellation);
        var lines = host.SystemLines.Where(line => line.Contains(" Shop.", StringComparison.Ordinal)).ToArray();
        CollectionAssert.AreEqual(
            new[]
            {
                "15:06:11 [INF] as ever", "15:06:10 [DBG] first", "15:06:11 [DBG] second", "15:06:12 [ERR] failed",
                "15:06:12 [DBG] third", "15:06:12 [ERR] failed again", "15:06:12 [ERR] in no trace",
            },
            Array.ConvertAll(lines, line => $"{line[11..19]} {line[29..34]} {line.Split(' ', 5)[^1]}"));
        Assert.HasCount(1, lines[..^1].Select(line => line.Split(' ')[2]).Distinct(), "all of one trace");
    }

    [TestMethod]
    public async Task An_error_writes_the_lines_of_its_job_wherever_it_is_logged()
    {
        await using var host = await new TestHost(On, ("Logging:Zotify:Handlers:Jobs:ScopeKey", "task")).StartAsync(Cancellation);
        var logger = host.Logger();
        using (logger.BeginScope("{Task}", 7))
        {
            logger.LogDebug("in the scope");
            using (Trace("a")) logger.LogDebug("in a trace that ended");
        }

        using (logger.BeginScope("{Task}", 8)) logger.LogDebug("of another job");
        logger.LogDebug("{task} by property", 7);
        logger.LogError("{task} failed", 7);
        CollectionAssert.AreEqual(
            new[] { "in the scope", "in a trace that ended", "7 by property", "7 failed" }, await MessagesAsync(host));
    }

    [TestMethod]
    public async Task A_line_of_a_trace_and_a_job_is_written_by_an_error_of_either_and_once()
    {
        await using var host = await new TestHost(On).StartAsync(Cancellation);
        var logger = host.Logger();
        using (Trace("work"))
        {
            using (logger.BeginScope("{job_id}", "j")) logger.LogDebug("of both");
            logger.LogError("of the trace");
        }

        logger.LogError("{job_id}", "j");
        CollectionAssert.AreEqual(new[] { "of both", "of the trace", "j" }, await MessagesAsync(host));
        Assert.AreEqual(0, host.Service.Ring.Evicted);
    }

    [TestMethod]
    public async Task Lines_of_activities_that_ended_well_are_dropped_and_those_around_them_are_not()
    {
        await using var host = await new TestHost(On).StartAsync(Cancellation);
        var logger = host.Logger();
        using (var outer = Trace("outer"))
        {
            logger.LogDebug("outer");
            // A server in the same process has another root of the same trace.
            Activity.Current = null;
            using (new Activity("inner").SetParentId(outer.Id!).Start()) logger.LogDebug("inner");
            Activity.Current = outer;
            using (new Activity("child").Start()) logger.LogDebug("child");
            logger.LogError("failed");
        }

        CollectionAssert.AreEqual(new[] { "outer", "child", "failed" }, await MessagesAsync(host));
    }

    [TestMethod]
    public async Task What_a_request_leaves_behind_is_kept_after_its_end()
    {
        await using var host = await new TestHost(On).StartAsync(Cancellation);
        var logger = host.Logger();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        async Task LeftBehindAsync()
        {
            await gate.Task;
            logger.LogDebug("left behind");
            logger.LogError("failed");
        }

        Task left;
        using (Trace("request"))
        {
            logger.LogDebug("of the request");
            left = LeftBehindAsync();
        }

        gate.SetResult();
        await left;
        CollectionAssert.AreEqual(new[] { "left behind", "failed" }, await MessagesAsync(host));
    }

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
    public async Task A_job_that_completes_drops_its_lines_and_one_that_fails_writes_them()
    {
        await using var host = await new TestHost(On).StartAsync(Cancellation);
        var logger = host.Logger();
        foreach (var job in (string[])["good", "bad"])
        {
            using (logger.BeginScope("{job_id}", job))
            {
                logger.LogDebug("{Job} at work", job);
                if (job == "good") logger.LogInformation(new EventId(0, "job.completed"), "{Job} completed", job);
                else logger.LogInformation(new EventId(0, "job.failed"), "{Job} failed", job);
                if (job == "good") Assert.AreEqual(0, host.Service.Ring.Bytes);
                logger.LogError("{Job} after all", job);
            }
        }

        await host.FlushAsync(FlushTo.Disk, Cancellation);
        var messages = host.SystemLines.Where(line => line.Contains(" Shop.", StringComparison.Ordinal)).Select(line => line.Split(' ', 5)[^1]);
        CollectionAssert.AreEqual(
            new[] { "good completed", "good after all", "bad at work", "bad failed", "bad after all" }, messages.ToArray());
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
    public async Task A_line_is_as_it_was_in_its_call()
    {
        await using var host = await new TestHost(On).StartAsync(Cancellation);
        var logger = host.Logger();
        using (Trace("work"))
        {
            var items = new List<string> { "a" };
            logger.LogDebug(new InvalidOperationException("boom"), "{Items} with {Password}", items, "geheim");
            items.Add("b");
            logger.LogError("failed");
        }

        await host.FlushAsync(FlushTo.Disk, Cancellation);
        StringAssert.EndsWith(host.SystemLines[^3], "] a with [REDACTED]", StringComparison.Ordinal);
        Assert.AreEqual("\tSystem.InvalidOperationException: boom", host.SystemLines[^2]);
    }

    [TestMethod]
    public async Task It_takes_what_the_levels_leave_out_but_not_what_is_off_for_another_reason()
    {
        await using var host = await new TestHost(
            On, ("Logging:LogLevel:Default", "Warning"), ("Logging:LogLevel:Shop.Off", "None"),
            ("Logging:Zotify:Handlers:System:ExcludeCategories:0", "Shop.Excluded"),
            ("Logging:Zotify:Handlers:System:ExcludeEventTypes:0", "noise"))
        {
            Logging = logging => logging.AddFilter("Shop.Asked", level => level >= LogLevel.Error).AddFilter("Shop.Never", _ => false),
        }.StartAsync(Cancellation);
        using (Trace("work"))
        {
            foreach (var category in (string[])["Shop.Orders", "Shop.Off", "Shop.Excluded", "Shop.Asked", "Shop.Never"])
            {
                Assert.AreEqual(category is "Shop.Orders" or "Shop.Asked", host.Logger(category).IsEnabled(LogLevel.Debug), category);
                host.Logger(category).LogDebug("{Category} debug", category);
                host.Logger(category).LogInformation("{Category} information", category);
            }

            host.Logger().LogDebug(new EventId(1, "noise"), "noise");
            host.Logger().LogError("failed");
        }

        await host.FlushAsync(FlushTo.Disk, Cancellation);
        var messages = host.SystemLines.Where(line => line.Contains(" Shop.", StringComparison.Ordinal)).Select(line => line.Split(' ', 5)[^1]);
        CollectionAssert.AreEqual(
            new[] { "Shop.Orders debug", "Shop.Orders information", "Shop.Asked debug", "Shop.Asked information", "failed" },
            messages.ToArray());
    }

    [TestMethod]
    public async Task No_other_handler_gets_a_line_and_without_a_trace_or_job_none_is_kept()
    {
        var own = new ConcurrentQueue<LogRecord>();
        await using var host = await new TestHost(On)
        {
            Logging = logging =>
            {
                logging.Services.AddSingleton(own);
                logging.AddHandler<RecordingHandler>("Own");
            },
        }.StartAsync(Cancellation);
        host.Logger().LogDebug("in no trace");
        Assert.AreEqual(0, host.Service.Ring.Bytes);
        using (Trace("work"))
        using (host.Logger().BeginScope("{job_id}", "j"))
        {
            host.Logger().LogDebug(new EventId(1001, "user.login"), "kept");
            host.Logger().LogError("failed");
        }

        await host.FlushAsync(FlushTo.Disk, Cancellation);
        CollectionAssert.AreEqual(new[] { "failed" }, own.Where(IsOfShop).Select(record => record.Message).ToArray());
        Assert.IsEmpty(host.AuditLines);
        Assert.HasCount(1, host.JobLines);
        Assert.IsTrue(host.SystemLines.Any(line => line.EndsWith("] kept", StringComparison.Ordinal)));

        static bool IsOfShop(LogRecord record) => record.Category.StartsWith("Shop", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task It_is_turned_on_and_off_at_run_time_and_an_override_writes_at_once()
    {
        await using var host = await new TestHost().StartAsync(Cancellation);
        var logger = host.Logger();
        using (Trace("work"))
        {
            Assert.IsFalse(logger.IsEnabled(LogLevel.Debug));
            logger.LogDebug("off");
            host.Change(On);
            Assert.IsTrue(logger.IsEnabled(LogLevel.Debug));
            logger.LogDebug("dropped by turning it off");
            host.Change((Ring + "Enabled", "false"));
            Assert.AreEqual(0, host.Service.Ring.Bytes);
            Assert.IsFalse(logger.IsEnabled(LogLevel.Debug));
            host.Change(On, (Ring + "MinimumLevel", "Trace"));
            logger.LogTrace("kept");
            using (host.Service.Override(new LevelOverrideMatch { Category = "Shop" }, LogLevel.Debug, TimeSpan.FromMinutes(1)))
                logger.LogDebug("at once");
            logger.LogError("failed");
        }

        CollectionAssert.AreEqual(new[] { "at once", "kept", "failed" }, await MessagesAsync(host));
    }

    [TestMethod]
    public async Task An_error_waits_for_space_once_for_all_lines_and_what_has_none_is_counted()
    {
        const int lines = 400;
        var wait = TimeSpan.FromMilliseconds(50);
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

        // To wait for each line would take twenty seconds.
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

    [TestMethod]
    public async Task Every_line_of_a_trace_that_fails_is_written_once_whatever_others_do()
    {
        const int lines = 50;
        var traces = 100 * TestScale.Factor;
        await using var host = await new TestHost(
            On, ("Logging:Zotify:Handlers:System:Overflow", "Wait"), (Ring + "TotalBytes", "1000000000")).StartAsync(Cancellation);
        await Parallel.ForEachAsync(Enumerable.Range(0, traces), Cancellation, async (number, cancellation) =>
        {
            using (Trace("work"))
            {
                var logger = host.Logger();
                await Task.WhenAll(Enumerable.Range(0, 2).Select(half => Task.Run(
                    () =>
                    {
                        for (var i = half; i < lines; i += 2) logger.LogDebug("{Trace}:{Line}", number, i);
                    },
                    cancellation)));
                if (number % 2 == 0) logger.LogError("{Trace} failed", number);
            }
        });
        await host.FlushAsync(FlushTo.Disk, Cancellation);
        var kept = host.SystemLines.Where(line => line.Contains("[DBG]", StringComparison.Ordinal)).Select(line => line.Split(' ')[^1]).ToArray();
        Assert.HasCount(kept.Length, kept.Distinct());
        Assert.HasCount(lines * ((traces + 1) / 2), kept);
        Assert.IsTrue(kept.All(line => int.Parse(line.Split(':')[0], System.Globalization.CultureInfo.InvariantCulture) % 2 == 0));
    }

    private static Activity Trace(string name)
    {
        Activity.Current = null;
        return new Activity(name).SetIdFormat(ActivityIdFormat.W3C).Start();
    }

    /// <summary>The messages of plain events, without time, level, trace and category.</summary>
    private async Task<string[]> MessagesAsync(TestHost host)
    {
        await host.FlushAsync(FlushTo.Disk, Cancellation);
        return [.. host.SystemLines.Where(line => line.Contains(" Shop.Orders[0] ", StringComparison.Ordinal)).Select(line => line.Split(' ', 5)[^1])];
    }
}
