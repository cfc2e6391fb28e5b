using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Dispatch;

/// <summary>An error writes the lines of its trace or job that were below the level of the system log.</summary>
[TestClass]
public sealed class RingTests : RingFixture
{
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
}
