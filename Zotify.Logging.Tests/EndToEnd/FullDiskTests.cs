using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.EndToEnd;

/// <summary>A disk is really full, is freed, and everything continues.</summary>
[TestClass]
public sealed class FullDiskTests
{
    private static readonly EventId Login = new(1001, "user.login");
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromSeconds(10);
    private static readonly string Padding = new('x', 900);

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Durable_events_are_refused_while_the_disk_is_full_and_none_that_was_acknowledged_is_lost()
    {
        using var disk = new SmallDisk();
        var acknowledged = new List<int>();
        var refused = new List<int>();
        await using (var host = await TestHost.In(
            disk.Root,
            ("Logging:Zotify:Handlers:Audit:Acknowledge", "Durable"),
            ("Logging:Zotify:Handlers:Audit:WaitTimeout", WaitTimeout.ToString())).StartAsync(Cancellation))
        {
            var logger = host.Logger();
            await host.FlushAsync(FlushTo.Database, Cancellation);
            disk.Fill();
            for (var n = 0; refused.Count < 50; n++) Log(n);
            disk.Free();
            for (var n = 1_000_000; acknowledged.Count(seen => seen >= 1_000_000) < 50; n++) Log(n);
            await CatchUpAsync(host, FlushTo.Database);

            void Log(int n)
            {
                Cancellation.ThrowIfCancellationRequested();
                var start = Stopwatch.GetTimestamp();
                try
                {
                    logger.LogInformation(Login, "{n} {padding}", n, Padding);
                    acknowledged.Add(n);
                }
                catch (AggregateException)
                {
                    refused.Add(n);
                }

                Assert.IsLessThan(WaitTimeout, Stopwatch.GetElapsedTime(start));
            }

            var logged = Numbers(host);
            CollectionAssert.IsSubsetOf(acknowledged, logged);
            CollectionAssert.AllItemsAreUnique(logged);
            // A refused event was never written here: the write itself failed, not its fsync.
            CollectionAssert.AreEqual(acknowledged, logged);
            Assert.AreEqual(logged.Length, host.Scalar("SELECT COUNT(DISTINCT seq) FROM audit_events WHERE event_type = 'user.login'"));
            Assert.AreEqual(logged.Length, host.Scalar("SELECT COUNT(*) FROM audit_events WHERE event_type = 'user.login'"));
        }
    }

    [TestMethod]
    public async Task Queued_records_wait_for_room_within_their_bounds()
    {
        using var disk = new SmallDisk();
        await using var host = await TestHost.In(disk.Root).StartAsync(Cancellation);
        var logger = host.Logger();
        await host.FlushAsync(FlushTo.Database, Cancellation);
        disk.Fill();
        using (logger.BeginScope(new Dictionary<string, object> { ["job_id"] = "j1" }))
        {
            for (var n = 0; n < 100; n++) logger.LogInformation(Login, "{n} {padding}", n, Padding);
        }

        while (host.Service.Handlers.Any(handler => handler.Failure is null)) await YieldAsync();
        disk.Free();
        await CatchUpAsync(host, FlushTo.Database);

        CollectionAssert.AreEqual(Enumerable.Range(0, 100).ToArray(), Numbers(host));
        Assert.AreEqual(100, host.JobLines.Length);
        Assert.AreEqual(100, host.SystemLines.Count(line => line.EndsWith(Padding, StringComparison.Ordinal)));
        Assert.AreEqual(100, host.Scalar("SELECT COUNT(DISTINCT seq) FROM job_logs"));
        Assert.IsTrue(host.Service.Handlers.All(handler => handler is { Failure: null, Dropped.Count: 0 }));
    }

    private static int[] Numbers(TestHost host) =>
        [.. host.AuditLines.Select(line => JsonElement.Parse(line))
            .Where(line => line.GetProperty("event_type").GetString() == "user.login")
            .Select(line => line.GetProperty("details").GetProperty("n").GetInt32())];

    /// <summary>Advances the clock past the library's timeouts until everything is done.</summary>
    private async Task CatchUpAsync(TestHost host, FlushTo target)
    {
        var flush = host.FlushAsync(target, Cancellation);
        while (!flush.IsCompleted)
        {
            // No faster than the work: otherwise days would pass, and retention would delete the lines that the test reads.
            host.Time.Advance(TimeSpan.FromSeconds(10));
            await Task.WhenAny(flush, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancellation));
            Cancellation.ThrowIfCancellationRequested();
        }

        await flush;
    }

    private async Task YieldAsync()
    {
        Cancellation.ThrowIfCancellationRequested();
        await Task.Yield();
    }
}
