using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Zotify.Logging.Capture;
using Zotify.Logging.Dispatch;
using Zotify.Logging.Tests.Packages;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Dispatch;

/// <summary>An override of the level for one user, job, trace or category, through a real LoggerFactory.</summary>
[TestClass]
public sealed class LevelOverrideTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task The_calls_of_a_user_are_taken_by_property_and_by_scope_and_no_others()
    {
        await using var host = await new TestHost(("Logging:LogLevel:Default", "Warning")).StartAsync(Cancellation);
        var logger = host.Logger();
        using (host.Service.Override(new LevelOverrideMatch { UserId = "42" }, LogLevel.Debug, Minute))
        {
            logger.LogDebug("{UserId} by property", 42);
            using (logger.BeginScope("{user_id}", "7"))
            {
                logger.LogDebug("other");
                using (logger.BeginScope(new Dictionary<string, object> { ["User-Id"] = 42L })) logger.LogDebug("by scope");
                using (logger.BeginScope(("user_id", "42"))) logger.LogDebug("{user_id} of its own", "7");
            }

            logger.LogTrace("{user_id} too low", 42);
            logger.LogInformation("nobody");
        }

        logger.LogDebug("{user_id} after the end", 42);
        CollectionAssert.AreEqual(new[] { "42 by property", "by scope" }, await MessagesAsync(host));
    }

    [TestMethod]
    public async Task The_calls_of_a_job_are_taken_by_the_jobs_log_too()
    {
        var id = new string('j', 200);
        await using var host = await new TestHost(("Logging:Zotify:Handlers:Jobs:ScopeKey", "task")).StartAsync(Cancellation);
        foreach (var given in (string[])[id, Zotify.Logging.Records.JobIds.Shorten(id)])
        {
            using var active = host.Service.Override(new LevelOverrideMatch { JobId = given }, LogLevel.Trace, Minute);
            using (host.Logger().BeginScope("{Task}", id)) host.Logger().LogTrace("taken");
            using (host.Logger().BeginScope("{Task}", "other")) host.Logger().LogTrace("not taken");
        }

        CollectionAssert.AreEqual(new[] { "taken", "taken" }, await MessagesAsync(host));
        Assert.HasCount(2, host.JobLines);
    }

    [TestMethod]
    public async Task The_calls_of_a_trace_are_taken_and_asked_for_by_IsEnabled()
    {
        await using var host = await new TestHost().StartAsync(Cancellation);
        var logger = host.Logger();
        using var active = host.Service.Override(new LevelOverrideMatch { TraceId = Trace.ToUpperInvariant() }, LogLevel.Debug, Minute);
        Assert.IsFalse(logger.IsEnabled(LogLevel.Debug));
        logger.LogDebug("in no trace");
        using (new Activity("other").SetIdFormat(ActivityIdFormat.W3C).Start()) Assert.IsFalse(logger.IsEnabled(LogLevel.Debug));
        using (new Activity("work").SetParentId($"00-{Trace}-00f067aa0ba902b7-00").Start())
        {
            Assert.IsTrue(logger.IsEnabled(LogLevel.Debug));
            logger.LogDebug("in the trace");
        }

        CollectionAssert.AreEqual(new[] { "in the trace" }, await MessagesAsync(host));
    }

    [TestMethod]
    public async Task All_conditions_of_a_match_must_hold()
    {
        await using var host = await new TestHost().StartAsync(Cancellation);
        using var active = host.Service.Override(
            new LevelOverrideMatch { Category = "shop.ORD", UserId = "u1", JobId = "j1" }, LogLevel.Debug, Minute);
        foreach (var category in (string[])["Shop.Orders", "Shop.Cart"])
        {
            foreach (var user in (string[])["u1", "u2"])
            {
                foreach (var job in (string[])["j1", "j2"])
                    host.Logger(category).LogDebug("{user_id} {job_id} of {category}", user, job, category);
            }
        }

        CollectionAssert.AreEqual(new[] { "u1 j1 of Shop.Orders" }, await MessagesAsync(host));
    }

    [TestMethod]
    public async Task The_lowest_of_several_holds_and_what_was_logged_anyway_stays()
    {
        await using var host = await new TestHost().StartAsync(Cancellation);
        var logger = host.Logger();
        using var low = host.Service.Override(new LevelOverrideMatch { Category = "Shop" }, LogLevel.Debug, Minute);
        using var high = host.Service.Override(new LevelOverrideMatch { Category = "Shop" }, LogLevel.Error, Minute);
        logger.LogDebug("debug");
        low.Dispose();
        low.Dispose();
        logger.LogDebug("too low");
        logger.LogInformation("as ever");
        CollectionAssert.AreEqual(new[] { "debug", "as ever" }, await MessagesAsync(host));
        Assert.AreSame(high, host.Service.Overrides.Single());
    }

    [TestMethod]
    public async Task It_ends_at_its_time_and_the_factory_cuts_the_calls_again()
    {
        await using var host = await new TestHost().StartAsync(Cancellation);
        var logger = host.Logger();
        Assert.AreEqual(LogLevel.Information, LevelOfFactory(host));
        var active = host.Service.Override(new LevelOverrideMatch { Category = "Shop" }, LogLevel.Debug, Minute);
        Assert.AreEqual(host.Time.GetUtcNow() + Minute, active.Expires);
        Assert.AreEqual(LogLevel.Debug, LevelOfFactory(host));
        host.Time.Advance(Minute - TimeSpan.FromTicks(1));
        logger.LogDebug("before");
        host.Time.Advance(TimeSpan.FromTicks(1));
        logger.LogDebug("after");
        Assert.IsFalse(logger.IsEnabled(LogLevel.Debug));
        Assert.IsEmpty(host.Service.Overrides);
        Assert.AreEqual(LogLevel.Information, LevelOfFactory(host));
        CollectionAssert.AreEqual(new[] { "before" }, await MessagesAsync(host));
    }

    [TestMethod]
    public async Task Neither_the_audit_log_nor_an_applications_own_handler_gets_more()
    {
        var own = new System.Collections.Concurrent.ConcurrentQueue<LogRecord>();
        await using var host = await new TestHost
        {
            Logging = logging =>
            {
                logging.Services.AddSingleton(own);
                logging.AddHandler<RecordingHandler>("Own");
            },
        }.StartAsync(Cancellation);
        using var active = host.Service.Override(new LevelOverrideMatch { Category = "Shop" }, LogLevel.Trace, Minute);
        host.Logger().LogDebug(new EventId(1001, "user.login"), "debug");
        CollectionAssert.AreEqual(new[] { "debug" }, await MessagesAsync(host, "Shop.Orders[1001:user.login]"));
        Assert.IsEmpty(host.AuditLines);
        Assert.IsFalse(own.Any(record => record.Category.StartsWith("Shop", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task What_is_no_matter_of_the_level_still_keeps_calls_out()
    {
        var lets = true;
        await using var host = await new TestHost(
            ("Logging:Zotify:Handlers:System:ExcludeCategories:0", "Shop.Excluded"),
            ("Logging:Zotify:Handlers:System:ExcludeEventTypes:0", "noise"),
            ("Logging:LogLevel:Shop.Off", "None"))
        {
            Logging = logging => logging.AddFilter("Shop.Asked", level => lets && level >= LogLevel.Warning),
        }.StartAsync(Cancellation);
        using var active = host.Service.Override(new LevelOverrideMatch { Category = "Shop" }, LogLevel.Debug, Minute);
        foreach (var category in (string[])["Shop.Excluded", "Shop.Off", "Shop.Orders", "Shop.Asked"])
            host.Logger(category).LogDebug("{category}", category);
        host.Logger().LogDebug(new EventId(1, "noise"), "noise");
        lets = false;
        host.Logger("Shop.Asked").LogDebug("refused at every level");
        Assert.IsFalse(host.Logger("Shop.Asked").IsEnabled(LogLevel.Debug));
        await host.FlushAsync(FlushTo.Disk, Cancellation);
        var lines = host.SystemLines.Where(line => line.Contains(" Shop.", StringComparison.Ordinal)).Select(line => line.Split(' ')[^1]);
        CollectionAssert.AreEqual(new[] { "Shop.Orders", "Shop.Asked" }, lines.ToArray());
    }

    [TestMethod]
    public async Task It_outlives_a_change_of_the_configuration_and_needs_no_valid_one()
    {
        await using var host = await new TestHost().StartAsync(Cancellation);
        using var first = host.Service.Override(new LevelOverrideMatch { UserId = "u1" }, LogLevel.Debug, Minute);
        host.Change(("Logging:LogLevel:Default", "Error"));
        host.Logger().LogDebug("{user_id}", "u1");
        host.Change(("Logging:Zotify:Handlers:System:MinimumLevel", "Loud"));
        using var second = host.Service.Override(new LevelOverrideMatch { UserId = "u2" }, LogLevel.Debug, Minute);
        host.Logger().LogDebug("{user_id}", "u2");
        CollectionAssert.AreEqual(new[] { "u1", "u2" }, await MessagesAsync(host));
    }

    [TestMethod]
    public async Task A_buffered_record_is_matched_by_its_own_values()
    {
        await using var host = await new TestHost().StartAsync(Cancellation);
        using var active = host.Service.Override(new LevelOverrideMatch { UserId = "u1" }, LogLevel.Debug, Minute);
        var logger = host.Services.GetServices<ILoggerProvider>().OfType<ZotifyLoggerProvider>().Single().CreateLogger("Shop.Orders");
        using (logger.BeginScope("{user_id}", "u1"))
        {
            ((Microsoft.Extensions.Logging.Abstractions.IBufferedLogger)logger).LogRecords(
                [
                    new BufferedRecord("of u1", new KeyValuePair<string, object?>("user_id", "u1")) { Level = LogLevel.Debug },
                    new BufferedRecord("of nobody") { Level = LogLevel.Debug },
                ]);
        }

        CollectionAssert.AreEqual(new[] { "of u1" }, await MessagesAsync(host));
    }

    [TestMethod]
    public async Task What_cannot_be_used_is_refused_by_name()
    {
        await using var host = await new TestHost().StartAsync(Cancellation);
        var user = new LevelOverrideMatch { UserId = "u1" };
        (LevelOverrideMatch Match, LogLevel Level, TimeSpan Duration, string Named)[] faulty =
        [
            (new(), LogLevel.Debug, Minute, "match"), (user with { UserId = " " }, LogLevel.Debug, Minute, "UserId"),
            (user with { JobId = "" }, LogLevel.Debug, Minute, "JobId"), (user with { TraceId = "4711" }, LogLevel.Debug, Minute, "TraceId"),
            (user with { TraceId = new string('0', 32) }, LogLevel.Debug, Minute, "TraceId"),
            (user with { Category = new string('x', 1_025) }, LogLevel.Debug, Minute, "Category"),
            (user, LogLevel.None, Minute, "level"), (user, (LogLevel)(-1), Minute, "level"),
            (user, LogLevel.Debug, TimeSpan.Zero, "duration"), (user, LogLevel.Debug, TimeSpan.FromHours(24) + Minute, "duration"),
        ];
        foreach (var (match, level, duration, named) in faulty)
        {
            var refused = Assert.ThrowsExactly<ArgumentException>(() => host.Service.Override(match, level, duration), $"{match} {level}");
            Assert.AreEqual(named, refused.ParamName);
        }

        for (var i = 0; i < LevelOverrides.MaxCount; i++) host.Service.Override(user, LogLevel.Debug, LevelOverride.Longest);
        Assert.ThrowsExactly<InvalidOperationException>(() => host.Service.Override(user, LogLevel.Debug, Minute));
        host.Service.Overrides[0].Dispose();
        host.Service.Override(user, LogLevel.Debug, Minute);
        await host.Service.DisposeAsync();
        Assert.ThrowsExactly<ObjectDisposedException>(() => host.Service.Override(user, LogLevel.Debug, Minute));
    }

    private static LogLevel? LevelOfFactory(TestHost host) =>
        host.Services.GetRequiredService<IOptionsMonitor<LoggerFilterOptions>>().CurrentValue.Rules.Single(
            rule => rule.ProviderName == typeof(ZotifyLoggerProvider).FullName).LogLevel;

    /// <summary>The messages of an event, without time, level, trace and category.</summary>
    private async Task<string[]> MessagesAsync(TestHost host, string source = "Shop.Orders[0]")
    {
        await host.FlushAsync(FlushTo.Disk, Cancellation);
        return [.. host.SystemLines.Where(line => line.Contains($" {source} ", StringComparison.Ordinal)).Select(line => line.Split(' ', 5)[^1])];
    }
}
