using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Packages;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Dispatch;

/// <summary>The ring keeps only lines that the levels leave out, and only for the system log.</summary>
[TestClass]
public sealed class RingRoutingTests : RingFixture
{
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
}
