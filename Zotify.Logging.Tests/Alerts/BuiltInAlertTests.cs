using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Alerts;

/// <summary>Each built-in alert, by its real cause.</summary>
[TestClass]
public sealed class BuiltInAlertTests
{
    private const int TestTimeout = 180_000;

    /// <summary>In seconds: a proof comes an hour after the last one.</summary>
    private const int ProofStep = 10;

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Some.Time);

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    private string Audit => _folder.PathOf("logs/audit.log.json");

    [TestCleanup]
    public void CleanUp() => _folder.Dispose();

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task A_byte_that_was_changed_in_a_file_is_told_once_until_it_is_right_again()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        await using var host = await StartAsync(receiver);
        host.LogIn("mallory");
        await host.Service.FlushAsync(FlushTo.Database, Cancellation);
        var right = File.ReadAllBytes(Audit);
        Overwrite("User mallory", "User malloru");
        await UntilAsync(() => Alerts(receiver, "audit_broken").Any(), ProofStep);
        var broken = Alerts(receiver, "audit_broken").Single();
        StringAssert.Contains(broken.Data.GetProperty("message").GetString(), "line 2: its hash does not follow", StringComparison.Ordinal);
        // Several proofs later it is still the same.
        await AdvanceAsync(TimeSpan.FromMinutes(130));
        Assert.HasCount(1, Alerts(receiver, "audit_broken").ToArray());
        var health = await host.HealthAsync(Cancellation);
        StringAssert.Contains(health.Description, "the audit log is broken: line 2", StringComparison.Ordinal);
        Assert.AreEqual("broken", health.Data["proof.status"]);
        Overwrite("User malloru", "User mallory");
        Assert.IsTrue(LiveFile.Text(Audit).StartsWith(System.Text.Encoding.UTF8.GetString(right), StringComparison.Ordinal));
        await UntilAsync(() => Proof(host) == AuditVerificationStatus.Valid, ProofStep);
        Overwrite("User mallory", "User malloru");
        await UntilAsync(() => Alerts(receiver, "audit_broken").Count() == 2, ProofStep);
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task A_row_that_was_changed_in_the_database_is_told()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        await using var host = await StartAsync(receiver);
        host.LogIn("mallory");
        await host.Service.FlushAsync(FlushTo.Database, Cancellation);
        DatabaseFile.Execute(_folder.PathOf("logs/zotify.db"), "UPDATE audit_events SET user_id = 'alice' WHERE user_id = 'mallory'");
        await UntilAsync(() => Alerts(receiver, "rows_differ").Any());
        StringAssert.Contains(
            Alerts(receiver, "rows_differ").Single().Data.GetProperty("message").GetString(), "row 2: its user_id differs",
            StringComparison.Ordinal);
        Assert.IsEmpty(Alerts(receiver, "audit_broken"));
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task A_database_that_takes_nothing_is_told_once_until_it_takes_records_again()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        await using var host = await StartAsync(receiver);
        await host.Service.FlushAsync(FlushTo.Database, Cancellation);
        await using (DatabaseFile.HoldWrites(_folder.PathOf("logs/zotify.db")))
        {
            host.LogIn("u1");
            await UntilAsync(() => Alerts(receiver, "journal_stuck").Any());
            Assert.AreEqual(
                "Audit to the database", Alerts(receiver, "journal_stuck").Single().Data.GetProperty("journal").GetString());
        }

        // Slowly: a minute of this clock must be longer than what the machine may take.
        while (host.Service.Handlers.Any(handler => handler.Behind > 0))
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation);
        }
        Assert.HasCount(1, Alerts(receiver, "journal_stuck").ToArray());
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task Records_that_a_full_queue_drops_are_told()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await AlertHost.Build(
            _folder.Path,
            receiver.Url,
            _time,
            services => services.AddSingleton(gate).AddLogging(logging => logging.AddHandler<GatedHandler>("Stuck")),
            ("Logging:Zotify:Handlers:Stuck:QueueCapacity", "8"), ("Logging:Zotify:Handlers:Stuck:Overflow", "Drop"),
            ("Logging:Zotify:Handlers:Stuck:Categories:0", "Shop")).StartedAsync(Cancellation);
        for (var n = 0; n < 1_100; n++) host.Logger.LogInformation("{n}", n);
        await UntilAsync(() => Alerts(receiver, "records_lost").Any());
        var lost = Alerts(receiver, "records_lost").First();
        Assert.AreEqual("Stuck", lost.Data.GetProperty("handler").GetString());
        gate.SetResult();
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task A_disk_that_takes_no_audit_event_is_told()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        await using var host = await StartAsync(receiver, ("Logging:Zotify:Handlers:Audit:MaxFileSize", "5000"));
        // A folder has the name of the first rolled segment, so the journal cannot be rolled.
        var taken = Directory.CreateDirectory(_folder.PathOf("logs/audit.log.00000000000000000001.json"));
        host.LogIn(new string('x', 5_000));
        await host.Service.FlushAsync(FlushTo.Disk, Cancellation);
        host.LogIn("waits for the disk");
        await UntilAsync(() => Alerts(receiver, "audit_not_written").Any());
        taken.Delete();
        await UntilAsync(() => File.ReadAllText(_folder.PathOf("logs/zotify.alerts")).Contains("\"conditions\":{}", StringComparison.Ordinal));
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task A_job_that_failed_is_told_by_its_event()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        await using var host = await StartAsync(receiver);
        using (host.Logger.BeginScope(new Dictionary<string, object> { ["job_id"] = "j1", ["job_type"] = "sync" }))
            host.Logger.LogError(new EventId(3, "job.failed"), "No space");
        await UntilAsync(() => Alerts(receiver, "job_failed").Any());
        var happened = Alerts(receiver, "job_failed").Single().Data.GetProperty("event");
        Assert.AreEqual(("j1", "sync", "No space"), (
            happened.GetProperty("job_id").GetString(), happened.GetProperty("job_type").GetString(),
            happened.GetProperty("message").GetString()));
    }

    private static IEnumerable<ReceivedAlert> Alerts(AlertReceiver receiver, string name) =>
        receiver.Received.Where(alert => alert.Alert == name && alert.Type == $"alert.{name}");

    private static AuditVerificationStatus? Proof(AlertHost host) => host.Services.GetRequiredService<AuditProver>().Last?.Status;

    private Task<AlertHost> StartAsync(AlertReceiver receiver, params (string Key, string? Value)[] settings) =>
        AlertHost.StartAsync(_folder.Path, receiver.Url, _time, Cancellation, settings);

    private void Overwrite(string text, string other) => LiveFile.Overwrite(Audit, text, other);

    private async Task AdvanceAsync(TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= TimeSpan.FromMinutes(1))
            await _time.PassAsync(TimeSpan.FromMinutes(1), Cancellation);
    }

    /// <summary>Lets time pass until a condition is true, in steps of a second, or longer ones for what takes an hour.</summary>
    private Task UntilAsync(Func<bool> condition, int seconds = 1) =>
        _time.PassUntilAsync(TimeSpan.FromSeconds(seconds), condition, Cancellation);
}
