using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Configuration;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Dispatch;

/// <summary>Filter functions are called for every record, as with any provider.</summary>
[TestClass]
public sealed class FilterFunctionTests
{
    private static readonly EventId Login = new(1001, "user.login");
    private static readonly AsyncLocal<bool> Verbose = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task A_switch_that_a_function_reads_holds_from_the_next_call_on()
    {
        var least = LogLevel.Warning;
        // The audit log does not obey it.
        await using var host = await new TestHost(("Logging:Zotify:Handlers:Audit:Enabled", "false"))
        {
            Logging = logging => logging.AddFilter((_, level) => level >= least),
        }.StartAsync(Cancellation);
        var logger = host.Logger();

        logger.LogInformation("too low");
        Assert.IsFalse(logger.IsEnabled(LogLevel.Information));
        least = LogLevel.Information;
        Assert.IsTrue(logger.IsEnabled(LogLevel.Information));
        logger.LogInformation("taken");
        least = LogLevel.Error;
        logger.LogWarning("too low again");
        await host.FlushAsync(FlushTo.Disk, Cancellation);

        CollectionAssert.AreEqual(new[] { "taken" }, Messages(host));
    }

    [TestMethod]
    public async Task A_function_may_read_what_flows_with_the_call()
    {
        await using var host = await new TestHost(("Logging:Zotify:Handlers:System:MinimumLevel", "Trace"))
        {
            Logging = logging => logging.SetMinimumLevel(LogLevel.Trace)
                .AddFilter("Shop", level => level >= LogLevel.Information || Verbose.Value),
        }.StartAsync(Cancellation);
        var logger = host.Logger();

        logger.LogDebug("quiet");
        Verbose.Value = true;
        logger.LogDebug("verbose");
        Verbose.Value = false;
        logger.LogDebug("quiet again");
        await host.FlushAsync(FlushTo.Disk, Cancellation);

        CollectionAssert.AreEqual(new[] { "verbose" }, Messages(host));
    }

    [TestMethod]
    public async Task The_audit_log_asks_only_the_functions_of_the_provider()
    {
        var asked = 0;
        await using var host = await new TestHost
        {
            Logging = logging => logging.AddFilter((_, _) => Interlocked.Increment(ref asked) < 0),
        }.StartAsync(Cancellation);
        host.Logger().LogInformation(Login, "audited");
        host.Logger().LogInformation("cut");
        await host.FlushAsync(FlushTo.Disk, Cancellation);

        StringAssert.Contains(host.AuditLines.Single(), "\"audited\"", StringComparison.Ordinal);
        Assert.IsEmpty(Messages(host));
        Assert.IsGreaterThan(0, asked);

        await using var own = await new TestHost
        {
            Logging = logging => logging.Services.Configure<LoggerFilterOptions>(options =>
                options.Rules.Add(new LoggerFilterRule("Zotify", null, null, IsElsewhere))),
        }.StartAsync(Cancellation);
        own.Logger().LogInformation(Login, "cut");
        own.Logger("Shop.Cart").LogInformation(Login, "taken");
        await own.FlushAsync(FlushTo.Disk, Cancellation);

        StringAssert.Contains(own.AuditLines.Single(), "\"taken\"", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task A_call_asks_a_function_once_for_all_handlers()
    {
        var asked = 0;
        var rule = new LoggerFilterRule(null, null, null, (_, _, _) => ++asked > 0);
        var rules = new LogLevelRules([rule], LogLevel.Trace, "Full.Name", "Zotify");
        await using var test = new ServiceUnderTest { Levels = rules }.With(new CollectingHandler()).With(new CollectingHandler());
        var logger = test.Logger();

        asked = 0;
        logger.LogInformation("x");
        Assert.AreEqual(1, asked);
        Assert.IsTrue(logger.IsEnabled(LogLevel.Information));
        Assert.AreEqual(2, asked);
    }

    private static bool IsElsewhere(string? provider, string? category, LogLevel level) =>
        provider!.EndsWith("ZotifyLoggerProvider", StringComparison.Ordinal) && category != "Shop.Orders";

    /// <summary>The text after time, level, trace and category.</summary>
    private static string[] Messages(TestHost host) => [.. host.SystemLines
        .Where(line => line.Contains(" Shop.Orders[0] ", StringComparison.Ordinal))
        .Select(line => line.Split(' ', 5)[^1])];
}
