using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Alerts;

/// <summary>Alerts about another instance on the same database, which is there and does nothing, because its clock stands still.</summary>
[TestClass]
public sealed class InstanceAlertTests
{
    private const int TestTimeout = 180_000;

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Some.Time);
    private readonly FakeTimeProvider _stuck = new(Some.Time);

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void CleanUp() => _folder.Dispose();

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task An_instance_that_is_gone_and_its_job_are_told_by_all_that_are_left_with_the_same_ids()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        await using var gone = await StartAsync("gone", null, _stuck);
        using (gone.Logger.BeginScope(new Dictionary<string, object> { ["job_id"] = "j1", ["job_type"] = "sync" }))
            gone.Logger.LogInformation(new EventId(1, "job.started"), "Started");
        await gone.Service.FlushAsync(FlushTo.Database, Cancellation);
        await using var left = await StartAsync("left", receiver.Url, _time);
        await using var other = await StartAsync("other", receiver.Url, _time);

        await UntilAsync(() => Gone(receiver).Length >= 2 && Stalled(receiver).Length >= 2);

        var (goneAlerts, stalledAlerts) = (Gone(receiver), Stalled(receiver));
        Assert.HasCount(2, goneAlerts);
        Assert.HasCount(1, goneAlerts.Select(alert => alert.Id).Distinct().ToArray(), "a receiver sees that both tell the same");
        Assert.HasCount(2, stalledAlerts);
        Assert.HasCount(1, stalledAlerts.Select(alert => alert.Id).Distinct().ToArray());
        var job = stalledAlerts[0].Data;
        Assert.AreEqual(
            ("j1", "sync", "instance_gone"),
            (job.GetProperty("job_id").GetString(), job.GetProperty("job_type").GetString(), job.GetProperty("reason").GetString()));

        // It goes on, and is gone again.
        await UntilAsync(() => IsOver("left") && IsOver("other"), _stuck);
        await UntilAsync(() => Gone(receiver).Length >= 4);
        Assert.HasCount(2, Gone(receiver).Select(alert => alert.Id).Distinct().ToArray(), "each time has an id of its own");
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task A_job_that_logs_nothing_is_told_though_its_instance_is_there()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        await using var host = await StartAsync("own", receiver.Url, _time, ("Logging:Zotify:Handlers:Jobs:SilentAfter:sync", "00:05:00"));
        using (host.Logger.BeginScope(new Dictionary<string, object> { ["job_id"] = "j2", ["job_type"] = "sync" }))
        {
            host.Logger.LogInformation(new EventId(1, "job.started"), "Started");
            await host.Service.FlushAsync(FlushTo.Database, Cancellation);
            await UntilAsync(() => Stalled(receiver).Length > 0);
            Assert.IsGreaterThanOrEqualTo(TimeSpan.FromMinutes(5), _time.GetUtcNow() - Some.Time);
            host.Logger.LogInformation("Still here");
            await UntilAsync(() => IsOver("own"));
        }

        var told = Stalled(receiver).Single().Data;
        Assert.AreEqual(("j2", "silent"), (told.GetProperty("job_id").GetString(), told.GetProperty("reason").GetString()));
        Assert.IsEmpty(Gone(receiver));
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task An_interrupted_job_of_an_instance_that_stays_away_fires_by_its_type()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        await using var gone = await StartAsync("gone", null, _stuck);
        using (gone.Logger.BeginScope(new Dictionary<string, object> { ["job_id"] = "j1", ["job_type"] = "sync" }))
            gone.Logger.LogInformation(new EventId(1, "job.started"), "Started");
        await gone.Service.FlushAsync(FlushTo.Database, Cancellation);
        await using var left = await StartAsync(
            "left", receiver.Url, _time, ("Logging:Zotify:Handlers:Jobs:AbandonedAfter", "00:10:00"),
            ("Zotify:Alerts:cut:Log", "Jobs"), ("Zotify:Alerts:cut:Filter", "status=interrupted&job_type=sync"));
        await UntilAsync(() => receiver.Received.Any(alert => alert.Alert == "cut"));
        Assert.AreEqual(
            "j1", receiver.Received.First(alert => alert.Alert == "cut").Data.GetProperty("event").GetProperty("job_id").GetString());
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task A_job_type_that_did_not_run_when_it_was_expected_is_told_once_until_it_runs()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        await using var host = await StartAsync("own", receiver.Url, _time, ("Logging:Zotify:Handlers:Jobs:ExpectedEvery:backup", "00:05:00"));
        await UntilAsync(() => Overdue(receiver).Length > 0);
        await RunAsync();
        await UntilAsync(() => !State("own").Contains("job_overdue/", StringComparison.Ordinal));
        await UntilAsync(() => Overdue(receiver).Length > 1);

        var told = Overdue(receiver).Select(alert => alert.Data).ToArray();
        Assert.AreEqual(("backup", "00:05:00", ""), (
            told[0].GetProperty("job_type").GetString(), told[0].GetProperty("expected_every").GetString(),
            told[0].GetProperty("last_at").GetString()));
        Assert.AreEqual(
            told[1].GetProperty("last_at").GetDateTimeOffset().AddMinutes(5), told[1].GetProperty("overdue_since").GetDateTimeOffset());
        Assert.HasCount(2, Overdue(receiver).DistinctBy(alert => alert.Id).ToArray());

        async Task RunAsync()
        {
            using (host.Logger.BeginScope(new Dictionary<string, object> { ["job_id"] = "b1", ["job_type"] = "backup" }))
                host.Logger.LogInformation(new EventId(2, "job.completed"), "Done");
            await host.Service.FlushAsync(FlushTo.Database, Cancellation);
        }
    }

    private static ReceivedAlert[] Overdue(AlertReceiver receiver) =>
        [.. receiver.Received.Where(alert => alert.Alert == "job_overdue")];

    private static ReceivedAlert[] Gone(AlertReceiver receiver) =>
        [.. receiver.Received.Where(alert => alert.Alert == "instance_gone" && alert.Data.GetProperty("gone").GetString() == "gone")];

    private static ReceivedAlert[] Stalled(AlertReceiver receiver) =>
        [.. receiver.Received.Where(alert => alert.Alert == "job_stalled")];

    private Task<AlertHost> StartAsync(
        string instance, string? url, FakeTimeProvider time, params (string Key, string? Value)[] settings) => AlertHost.StartAsync(
        _folder.Path,
        url,
        time,
        Cancellation,
        [
            ("Logging:Zotify:Directory", $"logs-{instance}"), ("Logging:Zotify:Instance", instance),
            ("Logging:Zotify:Database:ConnectionString", $"Data Source={_folder.PathOf("shared.db")}"),
            // Longer than this test's clock may go while a machine is slow.
            ("Logging:Zotify:Handlers:Jobs:AbandonedAfter", "30.00:00:00"),
            .. settings,
        ]);

    /// <summary>Whether an instance knows of no other one that is gone and of no stalled job.</summary>
    private bool IsOver(string instance)
    {
        var state = State(instance);
        return !state.Contains("instance_gone/gone", StringComparison.Ordinal) && !state.Contains("job_stalled/", StringComparison.Ordinal);
    }

    private string State(string instance) => File.ReadAllText(_folder.PathOf($"logs-{instance}/zotify.alerts"));

    /// <summary>Lets time pass until a condition is true, for one more clock where one is given.</summary>
    private async Task UntilAsync(Func<bool> condition, FakeTimeProvider? with = null)
    {
        while (!condition())
        {
            await _time.PassAsync(TimeSpan.FromSeconds(1), Cancellation);
            with?.SetUtcNow(_time.GetUtcNow());
        }
    }
}
