using System.Text.Json;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Journal;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Handlers.Audit;

/// <summary>The audit log's events about itself, through a real host.</summary>
[TestClass]
public sealed class AuditSelfEventsTests
{
    private const string Audit = "Logging:Zotify:Handlers:Audit:";
    private static readonly EventId Login = new(1001, "user.login");

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task The_log_begins_with_its_start_and_ends_with_its_end()
    {
        await using var root = new TestHost();
        await using (var host = await root.Again().StartAsync(Cancellation))
        {
            for (var i = 0; i < 3; i++) host.Logger().LogInformation(Login, "User {user_id}", "u1");
        }

        AssertTypes(root, "audit.started", "user.login", "user.login", "user.login", "audit.stopped");
        var started = Details(root, 0);
        Assert.AreEqual(Environment.ProcessId, started.GetProperty("process_id").GetInt32());
        Assert.AreEqual(0, started.GetProperty("last_seq").GetInt64());
        Assert.AreEqual(0, started.GetProperty("torn_bytes").GetInt64());
        Assert.AreNotEqual("", started.GetProperty("version").GetString());
        var stopped = JsonElement.Parse(root.AllAuditLines[^1]);
        Assert.AreEqual("""{"written":3,"dropped":{}}""", stopped.GetProperty("details").GetRawText());
        Assert.AreEqual("Zotify.Logging 9002", $"{stopped.GetProperty("category")} {stopped.GetProperty("event_id")}");
        Chain.AssertWhole(root.AllAuditLines, firstSeq: 1);
    }

    [TestMethod]
    public async Task A_start_records_what_it_found()
    {
        await using var root = new TestHost();
        await using (var host = await root.Again().StartAsync(Cancellation)) host.Logger().LogInformation(Login, "one");
        await File.AppendAllTextAsync(root.PathOf("logs/audit.log.json"), "{\"torn", Cancellation);
        await using (await root.Again().StartAsync(Cancellation))
        {
        }

        AssertTypes(root, "audit.started", "user.login", "audit.stopped", "audit.started", "audit.stopped");
        var found = Details(root, 3);
        Assert.AreEqual((3L, 6L), (found.GetProperty("last_seq").GetInt64(), found.GetProperty("torn_bytes").GetInt64()));
        Chain.AssertWhole(root.AllAuditLines, firstSeq: 1);
    }

    [TestMethod]
    public async Task They_are_in_the_table_like_all_others()
    {
        await using var root = new TestHost();
        await using (var host = await root.Again().StartAsync(Cancellation))
        {
            host.Change((Audit + "MinimumLevel", "Warning"));
            await host.FlushAsync(FlushTo.Database, Cancellation);
        }

        await using (var host = await root.Again().StartAsync(Cancellation)) await host.FlushAsync(FlushTo.Database, Cancellation);
        foreach (var (type, count) in new[] { ("audit.started", 2), ("audit.config_changed", 1), ("audit.stopped", 2) })
        {
            Assert.AreEqual(count, root.Scalar($"SELECT COUNT(*) FROM audit_events WHERE event_type = '{type}'"), type);
            Assert.AreEqual(count, root.Scalar($"SELECT SUM(count) FROM audit_counts WHERE event_type = '{type}'"), type);
        }
    }

    [TestMethod]
    public async Task No_filter_cuts_them()
    {
        await using var root = new TestHost();
        await using (var host = await root.Again(
            (Audit + "EventTypes:0", "order.*"), (Audit + "MinimumLevel", "Critical"), (Audit + "ExcludeCategories:0", "Zotify"),
            (Audit + "ScopeKey", "tenant"), ("Logging:Zotify:LogLevel:Default", "None")).StartAsync(Cancellation))
        {
            host.Logger().LogInformation(Login, "not audited");
            host.Change((Audit + "MinimumLevel", "Error"));
        }

        AssertTypes(root, "audit.started", "audit.config_changed", "audit.stopped");
    }

    [TestMethod]
    public async Task Switching_it_off_and_on_is_recorded_where_it_happened()
    {
        await using var root = new TestHost();
        await using (var host = await root.Again().StartAsync(Cancellation))
        {
            host.Logger().LogInformation(Login, "one");
            host.Change((Audit + "Enabled", "false"));
            host.Logger().LogInformation(Login, "unseen");
            host.Change((Audit + "Enabled", "true"));
            host.Logger().LogInformation(Login, "two");
        }

        AssertTypes(root, "audit.started", "user.login", "audit.config_changed", "audit.config_changed", "user.login", "audit.stopped");
        Assert.AreEqual("""{"changes":{"Enabled":{"old":true,"new":false}}}""", Details(root, 2).GetRawText());
        Assert.AreEqual("""{"changes":{"Enabled":{"old":false,"new":true}}}""", Details(root, 3).GetRawText());
    }

    [TestMethod]
    public async Task A_log_that_is_switched_off_from_the_start_records_that()
    {
        await using var root = new TestHost();
        await using (var host = await root.Again((Audit + "Enabled", "false")).StartAsync(Cancellation)) host.Logger()
            .LogInformation(Login, "unseen");
        AssertTypes(root, "audit.started", "audit.stopped");
        Assert.IsFalse(Details(root, 0).GetProperty("settings").GetProperty("Enabled").GetBoolean());
    }

    [TestMethod]
    public async Task A_change_records_its_keys_and_values_and_never_a_secret()
    {
        await using var root = new TestHost();
        await using (
            var host = await root.Again((Audit + "HashKeys:0:Id", "2025"), (Audit + "HashKeys:0:Key", "s3cret-1")).StartAsync(Cancellation))
        {
            host.Change(
                (Audit + "HashKeys:1:Id", "2026"),
                (Audit + "HashKeys:1:Key", "s3cret-2"),
                (Audit + "EventTypes:0", "order.*"),
                (Audit + "FlushInterval", "00:00:01"));
            host.Change((Audit + "HashKeys:1:Key", "s3cret-3"));
        }

        AssertTypes(root, "audit.started", "audit.config_changed", "audit.config_changed", "audit.stopped");
        var changes = Details(root, 1).GetProperty("changes");
        Assert.AreEqual("""{"old":["2025"],"new":["2025","2026"]}""", changes.GetProperty("HashKeys").GetRawText());
        Assert.AreEqual("""{"old":["user.*","config.*","audit.*"],"new":["order.*"]}""", changes.GetProperty("EventTypes").GetRawText());
        Assert.AreEqual("""{"old":"00:00:00.0100000","new":"00:00:01"}""", changes.GetProperty("FlushInterval").GetRawText());
        Assert.AreEqual(3, changes.EnumerateObject().Count());
        Assert.AreEqual("""{"changes":{"HashKeys":{"old":["2025","2026"],"new":["2025","2026"]}}}""", Details(root, 2).GetRawText());
        Assert.DoesNotContain("s3cret", string.Join('\n', root.AllAuditLines), StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task A_change_that_does_not_affect_the_audit_log_now_is_no_event()
    {
        await using var root = new TestHost();
        await using (var host = await root.Again().StartAsync(Cancellation))
        {
            host.Change(("Logging:Zotify:Handlers:System:MinimumLevel", "Debug"));
            host.Change((Audit + "Path", "waits-for-the-next-start.json"));
            host.Change((Audit + "MinimumLevel", "Loud"));
        }

        AssertTypes(root, "audit.started", "audit.stopped");
    }

    [TestMethod]
    public async Task The_end_counts_what_was_dropped_by_reason()
    {
        var disk = new FaultyDisk();
        await using var host = await new TestHost((Audit + "QueueCapacity", "1"), (Audit + "Overflow", "Drop"))
        {
            Logging = logging => logging.UseDisk(disk),
        }.StartAsync(Cancellation);
        disk.FailWrite = true;
        var refused = 0;
        for (var i = 0; i < 10; i++)
        {
            try
            {
                host.Logger().LogInformation(Login, "one of many");
            }
            catch (AggregateException)
            {
                refused++;
            }
        }

        disk.FailWrite = false;
        while (host.AuditLines.Length == 0) host.Time.Advance(TimeSpan.FromSeconds(10));
        await host.FlushAsync(FlushTo.Disk, Cancellation);
        await host.Service.DisposeAsync();
        Assert.IsGreaterThan(5, refused);
        Assert.AreEqual(
            $"{{\"written\":{10 - refused},\"dropped\":{{\"queue_full\":{refused}}}}}", JsonElement.Parse(host.AllAuditLines[^1])
                .GetProperty("details").GetRawText());
    }

    [TestMethod]
    public async Task A_durable_call_that_comes_too_late_is_refused_and_not_after_the_end()
    {
        await using var root = new TestHost();
        await using (var host = await root.Again((Audit + "Acknowledge", "Durable")).StartAsync(Cancellation))
        {
            var logger = host.Logger();
            var written = 0;
            var callers = Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    try
                    {
                        while (true)
                        {
                            logger.LogInformation(Login, "until the end");
                            Interlocked.Increment(ref written);
                        }
                    }
                    catch (AggregateException)
                    {
                        // Closed.
                    }
                },
                Cancellation,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)).ToArray();
            while (Volatile.Read(ref written) < 50) await Task.Yield();
            await host.Service.DisposeAsync();
            await Task.WhenAll(callers);
            var stopped = JsonElement.Parse(host.AllAuditLines[^1]);
            Assert.AreEqual("audit.stopped", stopped.GetProperty("event_type").GetString());
            Assert.AreEqual(host.AuditLines.Length, stopped.GetProperty("details").GetProperty("written").GetInt64());
            Assert.IsLessThanOrEqualTo(host.AuditLines.Length, written);
        }

        Chain.AssertWhole(root.AllAuditLines, firstSeq: 1);
    }

    [TestMethod]
    public async Task A_log_that_cannot_record_its_start_stops_the_start()
    {
        var disk = new FaultyDisk { FailWrite = true };
        await using var host = new TestHost { Logging = logging => logging.UseDisk(disk) };
        var refused = await Assert.ThrowsAsync<LogDirectoryException>(() => host.StartAsync(Cancellation));
        StringAssert.Contains(refused.Message, Audit + "Path", StringComparison.Ordinal);
        StringAssert.Contains(refused.Message, "No space left", StringComparison.Ordinal);
    }

    private static void AssertTypes(TestHost host, params string[] expected) => Assert.AreEqual(
        string.Join(' ', expected), string.Join(
            ' ', host.AllAuditLines.Select(line => JsonElement.Parse(line).GetProperty("event_type").GetString())));

    private static JsonElement Details(TestHost host, int line) => JsonElement.Parse(host.AllAuditLines[line]).GetProperty("details");
}
