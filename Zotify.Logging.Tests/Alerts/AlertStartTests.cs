using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Journal;
using Zotify.Logging.Shipping;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Alerts;

/// <summary>The logs open whatever is wrong with alerts, and alerts are sent although the audit log does not open.</summary>
[TestClass]
public sealed class AlertStartTests
{
    private const int TestTimeout = 180_000;

    private static readonly (string Key, string? Value) Logins = ("Zotify:Alerts:login:Filter", "event_type=user.login");

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Some.Time);

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    private string State => _folder.PathOf("logs/zotify.alerts");

    [TestCleanup]
    public void CleanUp() => _folder.Dispose();

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task An_audit_log_that_does_not_open_is_told_and_so_is_a_job_that_failed()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        var taken = Directory.CreateDirectory(_folder.PathOf("logs/audit.log.json"));
        // With one of the handlers on, the host would not start.
        await using var host = await AlertHost.StartAsync(
            _folder.Path, receiver.Url, _time, Cancellation,
            [.. from name in (string[])["System", "Audit", "Jobs"] select ($"Logging:Zotify:Handlers:{name}:Enabled", "false")]);
        host.Change(("Logging:Zotify:Handlers:Audit:Enabled", "true"), ("Logging:Zotify:Handlers:Jobs:Enabled", "true"));
        Fail(host, "j1");
        await UntilAsync(() => Has(receiver, "audit_not_written") && Has(receiver, "job_failed"));
        Assert.DoesNotContain("alerts.error", (await host.HealthAsync(Cancellation)).Data.Keys);

        taken.Delete();
        await UntilAsync(() => File.Exists(taken.FullName));
        Fail(host, "j2");
        await UntilAsync(() => host.AuditLines.Any(line => line.Contains("alert.sent", StringComparison.Ordinal)));
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task Alerts_that_cannot_store_their_state_wait_and_stop_no_log()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        var taken = Directory.CreateDirectory(State);
        await using var host = await AlertHost.StartAsync(_folder.Path, receiver.Url, _time, Cancellation, Logins);
        host.LogIn("u1");
        await host.Service.FlushAsync(FlushTo.Database, Cancellation);
        await UntilAsync(() => host.Service.Handlers.Any(handler => handler is { Name: "Audit", Targets: [{ Failure: not null }] }));
        Assert.IsFalse(Has(receiver, "login"));

        taken.Delete();
        await UntilAsync(() => Has(receiver, "login"));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task A_state_that_cannot_be_read_is_set_aside_and_alerts_begin_anew(bool isLink)
    {
        await using var receiver = await AlertReceiver.StartAsync();
        Directory.CreateDirectory(_folder.PathOf("logs"));
        if (isLink) File.CreateSymbolicLink(State, _folder.PathOf("other"));
        File.WriteAllText(State, "what waits");
        await using var host = await AlertHost.StartAsync(_folder.Path, receiver.Url, _time, Cancellation, Logins);
        host.LogIn("u1");
        await UntilAsync(() => Has(receiver, "login"));
        StringAssert.Contains(host.Stderr.ToString(), "the file is now zotify.alerts.unread", StringComparison.Ordinal);
        Assert.AreEqual("what waits", File.ReadAllText(_folder.PathOf("logs/zotify.alerts.unread")));
        Assert.IsNull(new FileInfo(State).LinkTarget);
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task A_target_that_cannot_be_made_leaves_no_journal_open()
    {
        var factory = new RefusingFactory();
        // The end of the host would wait for a handler that never starts.
        await using var host = AlertHost.Build(
            _folder.Path, null, null, services => services.AddSingleton<IJournalTargetFactory>(factory),
            ("Logging:Zotify:ShutdownTimeout", "00:00:00.1"));
        await Assert.ThrowsExactlyAsync<LogDirectoryException>(() => host.StartedAsync(Cancellation));
        var record = Some.Record();
        Assert.ThrowsExactly<JournalClosedException>(() => factory.Journal!.Append(record));
    }

    private static bool Has(AlertReceiver receiver, string alert) => receiver.Received.Any(received => received.Alert == alert);

    private static void Fail(AlertHost host, string job)
    {
        using (host.Logger.BeginScope(new Dictionary<string, object> { ["job_id"] = job }))
            host.Logger.LogError(new EventId(3, "job.failed"), "No space");
    }

    private Task UntilAsync(Func<bool> condition) => _time.PassUntilAsync(TimeSpan.FromSeconds(1), condition, Cancellation);

    private sealed class RefusingFactory : IJournalTargetFactory
    {
        public string Name => "Refusing";

        public ShippedJournal? Journal { get; private set; }

        public IJournalTarget Create(ShippedJournal journal)
        {
            Journal ??= journal;
            throw new IOException("no target");
        }
    }
}
