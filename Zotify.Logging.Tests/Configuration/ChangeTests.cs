using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Configuration;

[TestClass]
public sealed class ChangeTests
{
    private const string Root = "Logging:Zotify:";
    private static readonly EventId Login = new(1001, "user.login");

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task A_level_changes_without_a_restart()
    {
        await using var host = await new TestHost(("Logging:LogLevel:Default", "Trace")).StartAsync(Cancellation);
        var logger = host.Logger();
        Assert.IsFalse(logger.IsEnabled(LogLevel.Debug));
        host.Change((Root + "Handlers:System:MinimumLevel", "Debug"));
        Assert.IsTrue(logger.IsEnabled(LogLevel.Debug));
        logger.LogDebug("now in the log");
        await host.FlushAsync(FlushTo.Disk, Cancellation);
        StringAssert.EndsWith(host.SystemLines[^1], "now in the log", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task A_handler_is_switched_off_and_on_without_losing_what_came_before()
    {
        await using var host = await new TestHost().StartAsync(Cancellation);
        host.Logger().LogInformation(Login, "one");
        host.Change((Root + "Handlers:Audit:Enabled", "false"));
        host.Logger().LogInformation(Login, "not audited");
        host.Change((Root + "Handlers:Audit:Enabled", "true"));
        host.Logger().LogInformation(Login, "two");
        await host.StopAsync(Cancellation);
        Assert.HasCount(2, host.AuditLines);
        Assert.HasCount(3, host.SystemLines.Where(line => line.Contains("Shop.Orders", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task Event_types_and_redaction_change_without_a_restart()
    {
        await using var host = await new TestHost().StartAsync(Cancellation);
        host.Change((Root + "Handlers:Audit:EventTypes:0", "order.*"), (Root + "Redact:0", "iban"));
        host.Logger().LogInformation(Login, "no longer audited");
        host.Logger().LogInformation(new EventId(1, "order.paid"), "Paid by {Iban}", "DE89");
        await host.FlushAsync(FlushTo.Disk, Cancellation);
        StringAssert.Contains(host.AuditLines.Single(), "Paid by [REDACTED]", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task Excluded_event_types_win_and_change_without_a_restart()
    {
        await using var host = await new TestHost((Root + "Handlers:System:ExcludeEventTypes:0", "user.*")).StartAsync(Cancellation);
        host.Logger().LogInformation(Login, "audited alone");
        host.Change(
            (Root + "Handlers:System:ExcludeEventTypes:0", "2000-2999"),
            (Root + "Handlers:Audit:ExcludeEventTypes:0", "user.login"));
        host.Logger().LogInformation(Login, "in the system log alone");
        host.Logger().LogInformation(new EventId(2500, "order.paid"), "in none");
        await host.FlushAsync(FlushTo.Disk, Cancellation);
        StringAssert.Contains(host.AuditLines.Single(), "\"audited alone\"", StringComparison.Ordinal);
        var lines = host.SystemLines.Where(line => line.Contains("Shop.Orders", StringComparison.Ordinal)).ToArray();
        StringAssert.EndsWith(lines.Single(), "in the system log alone", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task A_template_that_was_logged_before_is_redacted_after_the_change()
    {
        await using var host = await new TestHost().StartAsync(Cancellation);
        void Pay() => host.Logger().LogInformation(new EventId(1, "user.paid"), "Paid by {Iban} in {Currency}", "DE89", "EUR");
        Pay();
        host.Change((Root + "Redact:0", "iban"));
        Pay();
        await host.FlushAsync(FlushTo.Disk, Cancellation);
        StringAssert.Contains(host.AuditLines[0], "\"details\":{\"Iban\":\"DE89\",\"Currency\":\"EUR\"}", StringComparison.Ordinal);
        StringAssert.Contains(host.AuditLines[1], "\"details\":{\"Iban\":\"[REDACTED]\",\"Currency\":\"EUR\"}", StringComparison.Ordinal);
        Assert.DoesNotContain("DE89", host.AuditLines[1], StringComparison.Ordinal);
        StringAssert.EndsWith(host.SystemLines[^1], "Paid by [REDACTED] in EUR", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task An_invalid_change_is_reported_and_the_last_valid_options_stay()
    {
        await using var host = await new TestHost((Root + "Handlers:Audit:EventTypes:0", "order.*")).StartAsync(Cancellation);
        host.Change((Root + "Handlers:Audit:EventTypes:0", "config.*"), (Root + "Handlers:Audit:MinimumLevel", "Loud"));
        StringAssert.Contains(host.Stderr.ToString(), Root + "Handlers:Audit:MinimumLevel", StringComparison.Ordinal);
        host.Logger().LogInformation(new EventId(1, "order.paid"), "still audited");
        await host.FlushAsync(FlushTo.Disk, Cancellation);
        Assert.HasCount(1, host.AuditLines);
    }

    [TestMethod]
    public async Task Changes_that_wait_for_the_next_start_are_reported()
    {
        await using var host = await new TestHost().StartAsync(Cancellation);
        host.Change((Root + "Directory", "elsewhere"), (Root + "Handlers:Jobs:QueueCapacity", "10"));
        CollectionAssert.AreEquivalent(new[] { Root + "Directory", Root + "Handlers:Jobs:QueueCapacity" }, host.Options.Pending.ToArray());
        StringAssert.Contains(host.Stderr.ToString(), Root + "Directory", StringComparison.Ordinal);
        Assert.IsFalse(Directory.Exists(host.PathOf("elsewhere")));
    }

    [TestMethod]
    public async Task Another_format_of_the_system_log_waits_for_the_next_start_so_that_no_record_lacks_a_part()
    {
        await using var root = new TestHost();
        await using (var host = await root.Again().StartAsync(Cancellation))
        {
            host.Change((Root + "Handlers:System:Format", "json"));
            StringAssert.Contains(host.Stderr.ToString(), $"wait for the next start: {Root}Handlers:System:Format", StringComparison.Ordinal);
            host.Logger().LogInformation("Order {Id} paid", 1);
        }

        await using (var host = await root.Again((Root + "Handlers:System:Format", "json")).StartAsync(Cancellation))
            host.Logger().LogInformation("Order {Id} paid", 2);
        var lines = root.SystemLines.Where(line => line.Contains("paid", StringComparison.Ordinal)).ToArray();
        StringAssert.EndsWith(lines[0], " Shop.Orders[0] Order 1 paid", StringComparison.Ordinal);
        StringAssert.Contains(lines[1], "\"message\":\"Order 2 paid\",\"properties\":{\"Id\":2}", StringComparison.Ordinal);
        Assert.HasCount(2, lines);
    }

    [TestMethod]
    public async Task The_general_levels_quiet_the_system_log_and_not_the_audit_log()
    {
        await using var host = await new TestHost(("Logging:LogLevel:Shop", "Warning")).StartAsync(Cancellation);
        host.Logger("Shop.Orders").LogInformation(Login, "audited");
        host.Logger("Other").LogInformation("shown");
        await host.FlushAsync(FlushTo.Disk, Cancellation);
        Assert.HasCount(1, host.AuditLines);
        Assert.DoesNotContain("Shop.Orders", string.Join('\n', host.SystemLines), StringComparison.Ordinal);
        StringAssert.EndsWith(host.SystemLines[^1], "shown", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task The_providers_own_levels_quiet_both()
    {
        await using var host = await new TestHost(("Logging:Zotify:LogLevel:Shop", "Warning")).StartAsync(Cancellation);
        host.Logger("Shop.Orders").LogInformation(Login, "neither");
        await host.FlushAsync(FlushTo.Disk, Cancellation);
        Assert.IsEmpty(host.AuditLines);
        Assert.DoesNotContain("neither", string.Join('\n', host.SystemLines), StringComparison.Ordinal);
        Assert.IsFalse(host.Logger("Shop.Orders").IsEnabled(LogLevel.Information));
    }
}
