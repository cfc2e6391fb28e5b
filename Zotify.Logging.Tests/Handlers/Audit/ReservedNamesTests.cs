using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Formats;
using Zotify.Logging.Handlers;
using Zotify.Logging.Journal;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Handlers.Audit;

/// <summary>The names of the audit log's own events are reserved.</summary>
[TestClass]
public sealed class ReservedNamesTests
{
    private const string Audit = "Logging:Zotify:Handlers:Audit:";
    private static readonly EventId Pruned = new(9004, "audit.pruned");

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [DataRow("Zotify.Logging", true)]
    [DataRow("zotify.LOGGING", true)]
    [DataRow(" Zotify.Logging\t", true)]
    [DataRow("Zotify.Log\u200Bging\0", true)]
    [DataRow("app.Zotify.Logging", false)]
    [DataRow("Zotify.Logging.AspNetCore.Common.AuditTrail", false)]
    [DataRow("Zotify.Loggin", false)]
    [DataRow("MyZotify.Logging", false)]
    [DataRow("", false)]
    public void A_category_is_reserved_however_it_is_put(string category, bool isReserved) =>
        Assert.AreEqual(isReserved ? "app." + category : category, ReservedNames.OfCategory(category));

    [TestMethod]
    [DataRow("audit.pruned", true)]
    [DataRow("audit.started", true)]
    [DataRow("audit.stopped", true)]
    [DataRow("audit.config_changed", true)]
    [DataRow("Audit.Pruned ", true)]
    [DataRow("audit.read", false)]
    [DataRow("audit.pruned2", false)]
    [DataRow("user.login", false)]
    [DataRow("9004", false)]
    public void An_event_type_is_reserved_however_it_is_put(string eventType, bool isReserved) =>
        Assert.AreEqual(isReserved ? "app." + eventType : eventType, ReservedNames.OfEventType(eventType));

    [TestMethod]
    [DataRow("Queued")]
    [DataRow("Durable")]
    public async Task An_applications_events_with_such_names_are_written_counted_and_reported_once(string acknowledge)
    {
        await using var root = new TestHost();
        (string, string?)[] settings =
        [
            (Audit + "Acknowledge", acknowledge),
            (Audit + "EventTypes:0", "audit.*"),
            (Audit + "EventTypes:1", "9004")
        ];
        await using (var host = await root.Again(settings).StartAsync(Cancellation))
        {
            var logger = host.Logger("Zotify.Logging");
            // With the library's own text as well.
            logger.Log(
                LogLevel.Information, Pruned, State(2, "hash"), null, (_, _) => "The lines through 2 are beyond retention and deleted");
            logger.LogInformation(Pruned, "{through_seq} {through_hash}", 1L << 62, "hash");
            logger.LogInformation(new EventId(9004), "a number alone is no name");
            host.Logger().LogInformation(new EventId(9004, " AUDIT.Stopped"), "odd case");
            using (
                host.Logger()
                    .BeginScope(
                        new Dictionary<string, object> { ["category"] = "Zotify.Logging", ["event_type"] = "audit.pruned", ["seq"] = 7 }))
                host.Logger()
                    .LogInformation(
                        new EventId(9004, "user.login"), "{category} {event_type} {event_id}", "Zotify.Logging", "audit.pruned", 9004);
            await host.FlushAsync(FlushTo.Disk, Cancellation);
            Assert.AreEqual(4, host.Service.Handlers.Single(handler => handler.Name == "Audit").Renamed);
        }

        var lines = root.AllAuditLines;
        CollectionAssert.AreEqual(
            new[]
            {
                "Zotify.Logging audit.started", "app.Zotify.Logging app.audit.pruned", "app.Zotify.Logging app.audit.pruned",
                "app.Zotify.Logging 9004",
                "Shop.Orders app. AUDIT.Stopped", "Shop.Orders user.login", "Zotify.Logging audit.stopped",
            },
            lines.Select(line => JsonElement.Parse(line))
                .Select(line => $"{line.GetProperty("category")} {line.GetProperty("event_type")}").ToArray());
        foreach (var line in lines) Assert.IsNull(PruneAnchor.Parse(Encoding.UTF8.GetBytes(line)), line);
    }

    [TestMethod]
    public async Task The_first_one_is_reported_and_no_other()
    {
        await using var host = await new TestHost().StartAsync(Cancellation);
        for (var i = 0; i < 3; i++) host.Logger("Zotify.Logging").LogInformation(Pruned, "{through_seq}", i);
        await host.FlushAsync(FlushTo.Disk, Cancellation);
        await host.Service.DisposeAsync();
        var reported = host.Stderr.ToString().Split('\n').Single(line => line.Contains("app.audit.pruned", StringComparison.Ordinal));
        StringAssert.Contains(reported, "it is written as 'app.audit.pruned' in 'app.Zotify.Logging'", StringComparison.Ordinal);
        Assert.DoesNotContain("held back", reported, StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task No_handler_of_the_application_can_be_the_audit_log()
    {
        await using var host = new TestHost { Logging = logging => logging.AddHandler<JsonAuditHandler>("Mine") };
        await Assert.ThrowsAsync<Exception>(() => host.StartAsync(Cancellation));
    }

    private static KeyValuePair<string, object?>[] State(long through, string hash) =>
        [new("through_seq", through), new("through_hash", hash)];
}
