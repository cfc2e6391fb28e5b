using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Alerts;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Alerts;

/// <summary>Rules over events, from the log call to the receiver.</summary>
[TestClass]
public sealed class AlertTests
{
    private const int TestTimeout = 120_000;

    /// <summary>To the built-in alerts, a clock that jumps by days is a sign of trouble.</summary>
    private static readonly (string Key, string? Value)[] WithoutBuiltIn =
        [.. BuiltInAlerts.All.Select(name => ($"Zotify:Alerts:{name}:Enabled", (string?)"false"))];

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Some.Time);

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void CleanUp() => _folder.Dispose();

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task A_count_within_a_window_goes_on_across_a_restart_and_fires_once()
    {
        (string, string?)[] settings =
        [
            ("Zotify:Alerts:many-logins:Filter", "event_type=user.*&user_id.not=root"), ("Zotify:Alerts:many-logins:Count", "3"),
            ("Zotify:Alerts:many-logins:Within", "01:00:00"),
        ];
        await using var receiver = await AlertReceiver.StartAsync();
        await using (var host = await StartAsync(receiver, null, settings))
        {
            host.LogIn("u1");
            host.LogIn("root");
        }

        await using (var host = await StartAsync(receiver, null, settings))
        {
            host.LogIn("u2");
            host.LogIn("u3");
            var alert = (await receiver.WhenAsync(all => all.Count > 0, Cancellation)).Single();
            Assert.AreEqual(("alert.count", "many-logins"), (alert.Type, alert.Alert));
            Assert.AreEqual(3, alert.Data.GetProperty("count").GetInt32());
            Assert.AreEqual("u3", alert.Data.GetProperty("event").GetProperty("user_id").GetString());
            Assert.AreEqual("event_type=user.*&user_id.not=root", alert.Data.GetProperty("filter").GetString());
            // The next two do not fire again: those that fired are used up.
            host.LogIn("u4");
            host.LogIn("u5");
            await host.UntilAuditedAsync("alert.sent", 1, Cancellation);
        }

        // The end of the host has evaluated all lines, and the next start finds nothing to send.
        await using var last = await StartAsync(receiver, null, settings);
        last.LogIn("u6");
        var both = await receiver.WhenAsync(all => all.Count > 1, Cancellation);
        Assert.AreEqual("u6", both[1].Data.GetProperty("event").GetProperty("user_id").GetString());
        Assert.AreNotEqual(both[0].Id, both[1].Id);
        Assert.AreEqual(0, both.Count(alert => alert.Id.StartsWith("forged", StringComparison.Ordinal)));
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task An_absence_is_told_once_and_again_after_the_event_was_there()
    {
        (string, string?)[] settings =
        [
            ("Zotify:Alerts:silence:Filter", "event_type=user.login"), ("Zotify:Alerts:silence:Absent", "10:00:00"),
        ];
        await using var receiver = await AlertReceiver.StartAsync();
        await using (var host = await StartAsync(receiver, _time, settings))
        {
            host.LogIn("u1");
            await host.EvaluatedAsync(_time, Cancellation);
            await AdvanceAsync(TimeSpan.FromHours(9));
            Assert.IsEmpty(receiver.Received);
            await AdvanceUntilAsync(TimeSpan.FromMinutes(59), () => receiver.Received.Count > 0);
            await host.UntilAuditedAsync("alert.sent", 1, Cancellation);
            await AdvanceAsync(TimeSpan.FromHours(50));
        }

        await using var next = await StartAsync(receiver, _time, settings);
        await next.EvaluatedAsync(_time, Cancellation);
        await AdvanceAsync(TimeSpan.FromHours(50));
        next.LogIn("u2");
        await next.EvaluatedAsync(_time, Cancellation);
        await AdvanceUntilAsync(TimeSpan.FromHours(10), () => receiver.Received.Count > 1);
        var alerts = receiver.Received;
        Assert.HasCount(2, alerts);
        Assert.IsTrue(alerts.All(alert => (alert.Type, alert.Alert) == ("alert.absent", "silence")));
        Assert.AreEqual(
            Some.Time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), alerts[0].Data.GetProperty("absent_since").GetString());
    }

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
        await using var host = await StartAsync(receiver, _time, ("Zotify:Alerts:login:Filter", "event_type=user.login"));
        host.LogIn("u1");
        await host.EvaluatedAsync(_time, Cancellation);
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
        await using var host = await StartAsync(receiver, _time, ("Zotify:Alerts:login:Filter", "event_type=user.login"));
        host.LogIn("poison");
        host.LogIn("u1");
        await host.EvaluatedAsync(_time, Cancellation);
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

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task Lines_from_before_an_alert_was_configured_do_not_fire_it()
    {
        await using (var host = await AlertHost.StartAsync(_folder.Path, null, null, Cancellation)) host.LogIn("before");
        await using var receiver = await AlertReceiver.StartAsync();
        await using var with = await StartAsync(receiver, null, ("Zotify:Alerts:login:Filter", "event_type=user.login"));
        with.LogIn("after");
        var alert = (await receiver.WhenAsync(all => all.Count > 0, Cancellation)).Single();
        Assert.AreEqual("after", alert.Data.GetProperty("event").GetProperty("user_id").GetString());
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task A_job_fires_by_its_status_and_the_type_that_an_earlier_line_named()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        await using var host = await StartAsync(
            receiver, null, ("Zotify:Alerts:synced:Log", "Jobs"), ("Zotify:Alerts:synced:Filter", "status=completed&job_type=sync&q=\"all done\""),
            ("Zotify:Alerts:job_failed:Enabled", "false"));
        foreach (var (job, type) in (ReadOnlySpan<(string, string)>)[("j1", "sync"), ("j2", "other")])
        {
            using var scope = host.Logger.BeginScope(new Dictionary<string, object> { ["job_id"] = job });
            host.Logger.LogInformation(new EventId(1, "job.started"), "A {job_type} began", type);
            host.Logger.LogInformation(new EventId(2, "job.completed"), "All done");
            host.Logger.LogInformation(new EventId(3, "job.failed"), "But then");
        }

        var alert = (await receiver.WhenAsync(all => all.Count > 0, Cancellation)).Single();
        var happened = alert.Data.GetProperty("event");
        Assert.AreEqual(("j1", "sync", "completed"), (
            happened.GetProperty("job_id").GetString(), happened.GetProperty("job_type").GetString(),
            happened.GetProperty("status").GetString()));
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task A_job_that_the_end_of_its_process_interrupts_fires_once_when_that_starts_again()
    {
        (string, string?)[] settings =
        [
            ("Zotify:Alerts:cut:Log", "Jobs"), ("Zotify:Alerts:cut:Filter", "status=interrupted&job_type=sync"),
        ];
        await using var receiver = await AlertReceiver.StartAsync();
        await using (var host = await StartAsync(receiver, null, settings))
        {
            foreach (var (job, type) in (ReadOnlySpan<(string, string)>)[("j1", "sync"), ("j2", "sync"), ("j3", "other")])
            {
                using var scope = host.Logger.BeginScope(new Dictionary<string, object> { ["job_id"] = job, ["job_type"] = type });
                host.Logger.LogInformation(new EventId(1, "job.started"), "Started");
                if (job == "j2") host.Logger.LogInformation(new EventId(2, "job.completed"), "Done");
            }
        }

        // As after a kill: no message is sent before the start, and the lines may not have been evaluated.
        Assert.IsEmpty(receiver.Received);
        await using (var host = await StartAsync(receiver, null, settings)) await host.UntilAuditedAsync("alert.sent", 1, Cancellation);
        await using (var last = await StartAsync(receiver, null, settings)) await last.EvaluatedAsync(null, Cancellation);
        var happened = receiver.Received.Single().Data.GetProperty("event");
        Assert.AreEqual(("j1", "sync", "interrupted"), (
            happened.GetProperty("job_id").GetString(), happened.GetProperty("job_type").GetString(),
            happened.GetProperty("status").GetString()));
    }

    private Task<AlertHost> StartAsync(
        AlertReceiver receiver, FakeTimeProvider? time, params (string Key, string? Value)[] settings) =>
        AlertHost.StartAsync(_folder.Path, receiver.Url, time, Cancellation, [.. time is null ? [] : WithoutBuiltIn, .. settings]);

    /// <summary>Lets time pass, in steps between which everything that is due runs.</summary>
    private async Task AdvanceAsync(TimeSpan time)
    {
        for (var at = 0; at < 20; at++) await _time.PassAsync(time / 20, Cancellation);
    }

    /// <summary>Lets time pass, and then, second by second, as much more as a condition needs.</summary>
    private async Task AdvanceUntilAsync(TimeSpan time, Func<bool> condition)
    {
        await AdvanceAsync(time);
        while (!condition())
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancellation);
        }
    }
}
