using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Handlers;
using Zotify.Logging.Journal;
using Zotify.Logging.Tests.Journal;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.Handlers.Audit;

/// <summary><c>Acknowledge: Durable</c>, through a real host and a disk that can be made to fail or to wait.</summary>
[TestClass]
public sealed class DurableAuditTests
{
    private static readonly EventId Login = new(1001, "user.login");
    private static readonly (string, string?) Durable = ("Logging:Zotify:Handlers:Audit:Acknowledge", "Durable");
    private static readonly TimeSpan TestTimeout = TimeSpan.FromMinutes(2);

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task The_call_returns_when_its_record_is_on_the_disk()
    {
        const int callers = 20;
        var disk = new FaultyDisk();
        await using var host = await OnDisk(disk, Durable).StartAsync(Cancellation);
        disk.FlushGate.Reset();
        // Each returns whether the disk had answered when its call returned.
        var calls = Enumerable.Range(0, callers).Select(_ => OnThread(() =>
        {
            host.Logger().LogInformation(Login, "User {user_id} logged in", "u1");
            return disk.FlushGate.IsSet;
        })).ToArray();
        // The first caller writes its own line, and the flush for it waits.
        while (!host.AuditLines.Any(IsLogin)) await Task.Yield();
        Assert.IsFalse(calls.Any(call => call.IsCompleted));

        disk.FlushGate.Set();
        Assert.IsTrue((await Task.WhenAll(calls).WaitAsync(TestTimeout, Cancellation)).All(answered => answered));
        Assert.AreEqual(callers, host.AuditLines.Count(IsLogin));
        Assert.AreEqual(0, Status(host).Dropped.Count);
    }

    [TestMethod]
    public async Task A_record_that_cannot_be_written_is_refused_and_other_providers_still_get_it()
    {
        var disk = new FaultyDisk();
        var other = new CollectingProvider();
        await using var host = await OnDisk(disk, other, Durable).StartAsync(Cancellation);
        disk.FailWrite = true;

        var thrown = Assert.ThrowsExactly<AggregateException>(() => host.Logger().LogInformation(Login, "User {user_id} logged in", "u1"));

        var refusal = (AuditNotWrittenException)thrown.InnerExceptions.Single();
        Assert.AreEqual("user.login", refusal.EventType);
        Assert.AreEqual(host.PathOf("logs/audit.log.json"), refusal.File);
        Assert.AreEqual("No space left on device", refusal.Reason);
        CollectionAssert.AreEqual(new[] { "User u1 logged in" }, other.Messages.ToArray());
        Assert.IsFalse(host.AuditLines.Any(IsLogin));
        Assert.AreEqual(1, Status(host).Dropped[DropReason.HandlerFailed]);
        await host.FlushAsync(FlushTo.Disk, Cancellation);
        Assert.IsTrue(host.SystemLines.Any(line => line.EndsWith("User u1 logged in", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task While_the_disk_fails_the_program_is_not_ready_and_becomes_so_by_itself()
    {
        var disk = new FaultyDisk();
        await using var host = await OnDisk(disk, Durable).StartAsync(Cancellation);
        disk.FailFlush = true;
        Assert.ThrowsExactly<AggregateException>(() => host.Logger().LogInformation(Login, "one"));
        Assert.ThrowsExactly<AggregateException>(() => host.Logger().LogInformation(Login, "two"));
        Assert.AreEqual(HealthStatus.Unhealthy, await HealthAsync(host));

        disk.FailFlush = false;
        while (await HealthAsync(host) != HealthStatus.Healthy) await Task.Yield();
        host.Logger().LogInformation(Login, "three");
        Assert.AreEqual(1, host.AuditLines.Count(line => line.Contains("three", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task A_call_after_the_end_is_refused_when_durable_and_counted_when_queued()
    {
        var queued = await new TestHost().StartAsync(Cancellation);
        var logger = queued.Logger();
        var service = queued.Service;
        await queued.DisposeAsync();
        logger.LogInformation(Login, "late");
        Assert.AreEqual(1, service.Handlers.Single(handler => handler.Name == "Audit").Dropped[DropReason.AlreadyShutdown]);

        var durable = await new TestHost(Durable).StartAsync(Cancellation);
        logger = durable.Logger();
        await durable.DisposeAsync();
        var thrown = Assert.ThrowsExactly<AggregateException>(() => logger.LogInformation(Login, "late"));
        Assert.IsInstanceOfType<AuditNotWrittenException>(thrown.InnerException);
    }

    [TestMethod]
    public async Task A_call_while_the_log_cannot_be_opened_is_refused_at_once()
    {
        await using var host = new TestHost(Durable);
        using var holder = new LogDirectory(host.PathOf("logs"), "the holder", host.Time);
        holder.Open();
        await Assert.ThrowsExactlyAsync<LogDirectoryException>(() => host.StartAsync(Cancellation));
        var thrown = Assert.ThrowsExactly<AggregateException>(() => host.Logger().LogInformation(Login, "refused"));
        Assert.IsInstanceOfType<AuditNotWrittenException>(thrown.InnerException);
    }

    [TestMethod]
    public async Task The_acknowledgement_changes_at_run_time()
    {
        var disk = new FaultyDisk();
        await using var host = await OnDisk(disk).StartAsync(Cancellation);
        host.Logger().LogInformation(Login, "queued");
        await host.FlushAsync(FlushTo.Disk, Cancellation);
        host.Change(Durable);
        host.Logger().LogInformation(Login, "durable");
        Assert.AreEqual(1, host.AuditLines.Count(line => line.Contains("\"durable\"", StringComparison.Ordinal)));
        await host.FlushAsync(FlushTo.Database, Cancellation);
        Assert.AreEqual(2, host.Scalar("SELECT COUNT(*) FROM audit_events WHERE event_type = 'user.login'"));
    }

    [TestMethod]
    public async Task Callers_on_every_thread_of_the_pool_do_not_lock_each_other_out()
    {
        using var folder = new TemporaryFolder();
        await using var writers = ChildProcess.Run<StarvedWriters>(folder.Path);
        Assert.AreEqual("done", await writers.ReadLineAsync(Cancellation));
        var (exitCode, _, error) = await writers.EndAsync(Cancellation);
        Assert.AreEqual(0, exitCode, error);
        Assert.HasCount(65, (await File.ReadAllLinesAsync(folder.PathOf("logs/audit.log.json"), Cancellation)).Where(IsLogin));
    }

    private static bool IsLogin(string line) => line.Contains("\"event_type\":\"user.login\"", StringComparison.Ordinal);

    private static HandlerStatus Status(TestHost host) => host.Service.Handlers.Single(handler => handler.Name == "Audit");

    private static Task<T> OnThread<T>(Func<T> action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static TestHost OnDisk(FaultyDisk disk, params (string, string?)[] settings) => OnDisk(disk, null, settings);

    private static TestHost OnDisk(FaultyDisk disk, ILoggerProvider? other, params (string, string?)[] settings) => new(settings)
    {
        Logging = logging =>
        {
            if (other is not null) logging.AddProvider(other);
            logging.UseDisk(disk);
        },
    };

    private async Task<HealthStatus> HealthAsync(TestHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancellation)).Status;
}
