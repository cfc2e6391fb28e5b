using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Zotify.Logging.Capture;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Configuration;

/// <summary>LoggerFactory drops the calls that no handler can accept, and no others.</summary>
[TestClass]
public sealed class FactoryLevelTests
{
    private const string Root = "Logging:Zotify:";
    private static readonly EventId Login = new(1001, "user.login");

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task The_factory_gets_the_lowest_level_of_all_handlers_and_every_change()
    {
        await using var host = await new TestHost(("Logging:LogLevel:Default", "Trace")).StartAsync(Cancellation);
        Assert.AreEqual(LogLevel.Information, LevelOfFactory(host));
        host.Change((Root + "Handlers:Jobs:MinimumLevel", "Debug"));
        Assert.AreEqual(LogLevel.Debug, LevelOfFactory(host));
        host.Change(("Logging:LogLevel:Default", "Warning"));
        Assert.AreEqual(LogLevel.Information, LevelOfFactory(host), "the audit log does not obey the general levels");
        host.Change((Root + "Handlers:Audit:Enabled", "false"));
        Assert.AreEqual(LogLevel.Warning, LevelOfFactory(host));
        host.Change((Root + "LogLevel:Shop", "Debug"));
        Assert.AreEqual(LogLevel.Debug, LevelOfFactory(host));
        host.Change((Root + "Handlers:System:Enabled", "false"), (Root + "Handlers:Jobs:Enabled", "false"));
        Assert.AreEqual(LogLevel.None, LevelOfFactory(host));
    }

    [TestMethod]
    public async Task The_factory_drops_nothing_that_a_handler_accepts_whatever_the_configuration_changes_to()
    {
        var random = new Random(7);
        await using var host =
            await new TestHost { Logging = logging => logging.AddHandler<CollectingHandler>("Own") }.StartAsync(Cancellation);
        var provider = host.Services.GetServices<ILoggerProvider>().OfType<ZotifyLoggerProvider>().Single();
        string[] categories = ["Shop.Orders", "Shop", "Other"];
        string? Level() => random.Next(8) is var level and < 7 ? ((LogLevel)level).ToString() : null;
        string OnOff() => random.Next(3) > 0 ? "true" : "false";
        var differences = 0;
        for (var change = 0; change < 60; change++)
        {
            List<(string, string?)> settings = [];
            foreach (var handler in (string[])["System", "Audit", "Jobs", "Own"])
                settings.AddRange(
                    [($"{Root}Handlers:{handler}:MinimumLevel", Level() ?? "Information"), ($"{Root}Handlers:{handler}:Enabled", OnOff())]);
            foreach (var category in (string[])["Default", "Shop", "Shop.*", "Oth"])
                settings.AddRange(
                    [($"Logging:LogLevel:{category}", Level()), ($"{Root}LogLevel:{category}", random.Next(3) == 0 ? Level() : null)]);
            host.Change([.. settings]);
            foreach (var category in categories)
            {
                for (var level = LogLevel.Trace; level <= LogLevel.Critical; level++)
                {
                    var takes = provider.CreateLogger(category).IsEnabled(level);
                    Assert.AreEqual(takes, host.Logger(category).IsEnabled(level), $"{category} {level} after change {change}");
                    if (takes && LevelOfFactory(host) > LogLevel.Trace) differences++;
                }
            }
        }

        Assert.IsGreaterThan(0, differences);
    }

    [TestMethod]
    public async Task An_audit_event_below_the_general_level_is_logged_where_the_audit_log_accepts_its_level()
    {
        await using var host = await new TestHost(("Logging:LogLevel:Default", "None")).StartAsync(Cancellation);
        host.Logger().LogDebug(Login, "not yet");
        host.Change((Root + "Handlers:Audit:MinimumLevel", "Debug"));
        host.Logger().LogDebug(Login, "audited");
        await host.FlushAsync(FlushTo.Disk, Cancellation);
        StringAssert.Contains(host.AuditLines.Single(), "\"audited\"", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task A_change_that_is_not_valid_leaves_the_factorys_level_as_it_was()
    {
        await using var host = await new TestHost(("Logging:LogLevel:Default", "Trace"), (Root + "Handlers:System:MinimumLevel", "Debug"))
            .StartAsync(Cancellation);
        host.Change(
            ("Logging:LogLevel:Default", "None"), (Root + "LogLevel:Default", "None"), (Root + "Handlers:Audit:MinimumLevel", "Loud"));
        Assert.IsTrue(host.Logger().IsEnabled(LogLevel.Debug));
        host.Logger().LogDebug("still in the log");
        await host.FlushAsync(FlushTo.Disk, Cancellation);
        StringAssert.EndsWith(host.SystemLines[^1], "still in the log", StringComparison.Ordinal);
    }

    private static LogLevel? LevelOfFactory(TestHost host) =>
        host.Services.GetRequiredService<IOptionsMonitor<LoggerFilterOptions>>().CurrentValue.Rules.Single(
            rule => rule.ProviderName == typeof(ZotifyLoggerProvider).FullName).LogLevel;
}
