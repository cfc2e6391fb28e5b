using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Zotify.Logging.Tests.Alerts;

/// <summary>Messages of alerts on their way to the receiver.</summary>
[TestClass]
public sealed class AlertDeliveryTests : AlertFixture
{
    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task A_refused_message_is_repeated_with_its_id_and_the_audit_log_has_both()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        receiver.Answers = (context, _) =>
        {
            if (receiver.Received.Count > 1) return StatusCodes.Status204NoContent;
            context.Response.Headers.RetryAfter = "3";
            return receiver.Received.Count == 0 ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status302Found;
        };
        await using var host = await StartAsync(receiver, Time, ("Zotify:Alerts:login:Filter", "event_type=user.login"));
        host.LogIn("u1");
        await host.EvaluatedAsync(Time, Cancellation);
        await host.UntilAuditedAsync("alert.failed", 1, Cancellation);
        var health = await host.HealthAsync(Cancellation);
        Assert.AreEqual(HealthStatus.Degraded, health.Status);
        StringAssert.Contains(health.Description, $"alerts are not delivered: 127.0.0.1:{receiver.Port} answered 503", StringComparison.Ordinal);
        await AdvanceUntilAsync(TimeSpan.Zero, () => receiver.Received.Count > 2);
        await host.UntilAuditedAsync("alert.sent", 1, Cancellation);
        var attempts = receiver.Received;
        Assert.HasCount(3, attempts);
        Assert.AreEqual(1, attempts.DistinctBy(attempt => (attempt.Id, attempt.Body)).Count());
        Assert.AreEqual(3, attempts.DistinctBy(attempt => attempt.Timestamp).Count());
        var sent = host.AuditLines.Single(line => line.Contains("alert.sent", StringComparison.Ordinal));
        StringAssert.Contains(sent, $"\"message_id\":\"{attempts[0].Id}\",\"attempts\":3", StringComparison.Ordinal);
        Assert.AreEqual(HealthStatus.Healthy, (await host.HealthAsync(Cancellation)).Status);
        foreach (var secret in (string[])["s3cret", AlertReceiver.Secret])
        {
            Assert.DoesNotContain(secret, host.Stderr.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(secret, string.Concat(host.AuditLines), StringComparison.Ordinal);
            Assert.DoesNotContain(secret, health.Description!, StringComparison.Ordinal);
        }
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task A_message_is_given_up_after_a_day_and_another_one_is_not_held_up()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        receiver.Answers = (_, alert) =>
            alert.Body.Contains("poison", StringComparison.Ordinal) ? StatusCodes.Status400BadRequest : StatusCodes.Status204NoContent;
        await using var host = await StartAsync(receiver, Time, ("Zotify:Alerts:login:Filter", "event_type=user.login"));
        host.LogIn("poison");
        host.LogIn("u1");
        await host.EvaluatedAsync(Time, Cancellation);
        await host.UntilAuditedAsync("alert.sent", 1, Cancellation);
        await AdvanceUntilAsync(
            TimeSpan.FromHours(24), () => host.AuditLines.Any(line => line.Contains("\"given_up\":true", StringComparison.Ordinal)));
        Assert.HasCount(2, receiver.Received.DistinctBy(alert => alert.Id).ToArray());
        var last = receiver.Received.Count;
        await AdvanceAsync(TimeSpan.FromHours(25));
        Assert.HasCount(last, receiver.Received);
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task An_alert_on_every_event_does_not_fire_on_its_own_delivery()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        await using (var host = await StartAsync(receiver, null, ("Zotify:Alerts:all:Filter", "event_type=*")))
        {
            host.LogIn("u1");
            await host.UntilAuditedAsync("alert.sent", 2, Cancellation);
        }

        await using var next = await StartAsync(receiver, null, ("Zotify:Alerts:all:Filter", "event_type=*"));
        await next.UntilAuditedAsync("alert.sent", 4, Cancellation);
        CollectionAssert.AreEqual(
            new[] { "audit.started", "user.login", "audit.stopped", "audit.started" },
            receiver.Received.DistinctBy(alert => alert.Id).Select(alert => alert.Data.GetProperty("event").GetProperty("event_type").GetString()).ToArray());
    }
}
