using System.Globalization;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Alerts;

/// <summary>Rules over events, from the log call to the receiver.</summary>
[TestClass]
public sealed class AlertTests : AlertFixture
{
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
        await using (var host = await StartAsync(receiver, Time, settings))
        {
            host.LogIn("u1");
            await host.EvaluatedAsync(Time, Cancellation);
            await AdvanceAsync(TimeSpan.FromHours(9));
            Assert.IsEmpty(receiver.Received);
            await AdvanceUntilAsync(TimeSpan.FromMinutes(59), () => receiver.Received.Count > 0);
            await host.UntilAuditedAsync("alert.sent", 1, Cancellation);
            await AdvanceAsync(TimeSpan.FromHours(50));
        }

        await using var next = await StartAsync(receiver, Time, settings);
        await next.EvaluatedAsync(Time, Cancellation);
        await AdvanceAsync(TimeSpan.FromHours(50));
        next.LogIn("u2");
        await next.EvaluatedAsync(Time, Cancellation);
        await AdvanceUntilAsync(TimeSpan.FromHours(10), () => receiver.Received.Count > 1);
        var alerts = receiver.Received;
        Assert.HasCount(2, alerts);
        Assert.IsTrue(alerts.All(alert => (alert.Type, alert.Alert) == ("alert.absent", "silence")));
        Assert.AreEqual(
            Some.Time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), alerts[0].Data.GetProperty("absent_since").GetString());
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task Lines_from_before_an_alert_was_configured_do_not_fire_it()
    {
        await using (var host = await AlertHost.StartAsync(Folder.Path, null, null, Cancellation)) host.LogIn("before");
        await using var receiver = await AlertReceiver.StartAsync();
        await using var with = await StartAsync(receiver, null, ("Zotify:Alerts:login:Filter", "event_type=user.login"));
        with.LogIn("after");
        var alert = (await receiver.WhenAsync(all => all.Count > 0, Cancellation)).Single();
        Assert.AreEqual("after", alert.Data.GetProperty("event").GetProperty("user_id").GetString());
    }
}
