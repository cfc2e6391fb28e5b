using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.EndToEnd;

[TestClass]
public sealed class WholeWayTests
{
    private const int Threads = 4;
    private const int EntriesOfAThread = 500;

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task A_query_of_the_system_log_sees_what_was_logged_before_it()
    {
        await using var host = await new TestHost().StartAsync(TestContext.CancellationToken);
        var tail = host.Services.GetRequiredService<SystemLogTail>();
        for (var i = 0; i < 200; i++)
        {
            host.Logger().LogInformation("Line {Number}", i);
            var last = await tail.ReadAsync(new SystemLogQuery { Follow = false, Tail = 1 }, TestContext.CancellationToken)
                .SingleAsync(TestContext.CancellationToken);
            Assert.AreEqual($"Line {i}", ((SystemLogEntry)last).Message);
        }
    }

    [TestMethod]
    public async Task The_first_query_after_the_start_finds_its_tables()
    {
        await using var host = await new TestHost().StartAsync(TestContext.CancellationToken);
        // A database that does not exist yet would make it throw.
        Assert.IsNull(
            await host.Services.GetRequiredService<JobLogs>().ReadAsync(new JobLogQuery("unknown"), TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task A_plain_call_arrives_in_the_system_log()
    {
        await using var host = await new TestHost().StartAsync(Cancellation);
        host.Logger().LogInformation(new EventId(7, "order.paid"), "Order {Order} paid", 42);
        await host.FlushAsync(FlushTo.Disk, Cancellation);
        StringAssert.EndsWith(host.SystemLines[^1], " [INF] - Shop.Orders[7:order.paid] Order 42 paid", StringComparison.Ordinal);
        var entries = new List<LogItem<SystemLogEntry>>();
        await foreach (
            var item in host.Services.GetRequiredService<SystemLogTail>()
                .ReadAsync(new SystemLogQuery { Follow = false, Categories = ["Shop"] }, Cancellation))
        {
            entries.Add(item);
        }

        Assert.AreEqual("Order 42 paid", ((SystemLogEntry)entries.Single()).Message);
    }

    [TestMethod]
    public async Task An_audit_event_is_in_the_file_and_is_found_at_once()
    {
        await using var host = await new TestHost().StartAsync(Cancellation);
        host.Logger()
            .LogInformation(
                new EventId(1001, "user.login"), "User {UserId} logged in from {SourceIp} by {Method}", "u42", "10.0.0.7", "key");
        host.Logger().LogInformation(new EventId(7, "order.paid"), "no audit event");
        var page = await host.Services.GetRequiredService<AuditLog>().SearchAsync(new AuditQuery { UserIds = ["u42"] }, Cancellation);
        Assert.AreEqual(0, page.Behind);
        var found = page.Items.Single();
        Assert.AreEqual("user.login", found.EventType);
        Assert.AreEqual("10.0.0.7", found.SourceIp);
        Assert.AreEqual("{\"Method\":\"key\"}", found.Details!.Value.GetRawText());
        var line = JsonElement.Parse(host.AuditLines.Single());
        Assert.AreEqual(found.Id, line.GetProperty("id").GetGuid());
        Assert.AreEqual(found.Hash, line.GetProperty("hash").GetString());
    }

    [TestMethod]
    public async Task Every_entry_of_a_job_is_there_once_and_in_order_however_many_threads_log()
    {
        await using var host = await new TestHost().StartAsync(Cancellation);
        var logger = host.Logger();
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(
            () =>
            {
                using var scope = logger.BeginScope(
                    new Dictionary<string, object> { ["job_id"] = $"job-{thread}", ["job_type"] = "import" });
                logger.LogInformation(new EventId(1, "job.started"), "Import of {Total} started", EntriesOfAThread);
                for (var done = 1; done <= EntriesOfAThread; done++) logger.LogInformation("Row {Done}/{Total}", done, EntriesOfAThread);
                logger.LogInformation(new EventId(2, "job.completed"), "Import completed");
            },
            Cancellation)));

        var logs = host.Services.GetRequiredService<JobLogs>();
        await host.FlushAsync(FlushTo.Database, Cancellation);
        for (var thread = 0; thread < Threads; thread++)
        {
            var page = await logs.ReadAsync(new JobLogQuery($"job-{thread}") { Limit = 10_000 }, Cancellation);
            Assert.IsNotNull(page);
            Assert.AreEqual(("completed", "import", EntriesOfAThread), (page.Job.Status, page.Job.JobType, page.Job.ProgressDone));
            string[] expected = [$"Import of {EntriesOfAThread} started",
                .. Enumerable.Range(1, EntriesOfAThread).Select(done => $"Row {done}/{EntriesOfAThread}"), "Import completed"];
            CollectionAssert.AreEqual(expected, page.Items.Select(item => item.Message).ToArray());
        }

        Assert.AreEqual(Threads * (EntriesOfAThread + 2), host.Scalar("SELECT COUNT(*) FROM job_logs"));
        Assert.AreEqual(Threads * (EntriesOfAThread + 2), host.Scalar("SELECT SUM(entries) FROM jobs"));
        Assert.HasCount(Threads * (EntriesOfAThread + 2), host.JobLines);
    }

    [TestMethod]
    public async Task A_stop_loses_nothing()
    {
        await using var host = await new TestHost().StartAsync(Cancellation);
        Log(host, 300);
        await host.StopAsync(Cancellation);
        Assert.HasCount(300, host.AuditLines);
        Assert.HasCount(300, host.JobLines);
        Assert.HasCount(300, host.SystemLines.Where(line => line.Contains("Entry", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task Numbers_and_rows_go_on_over_a_restart()
    {
        await using var first = new TestHost();
        await using (var host = await first.Again().StartAsync(Cancellation)) Log(host, 100);
        await using (var host = await first.Again().StartAsync(Cancellation))
        {
            Log(host, 100);
            await host.FlushAsync(FlushTo.Database, Cancellation);
            // Including the first start and end, and the second start.
            CollectionAssert.AreEqual(
                Enumerable.Range(1, 203)
                    .ToArray(), host.AllAuditLines.Select(line => JsonElement.Parse(line).GetProperty("seq").GetInt32()).ToArray());
            Assert.AreEqual(203, host.Scalar("SELECT COUNT(DISTINCT seq) FROM audit_events"));
            Assert.AreEqual(203, host.Scalar("SELECT SUM(count) FROM audit_counts"));
            Assert.AreEqual(2, host.Scalar("SELECT COUNT(*) FROM journals"));
        }
    }

    [TestMethod]
    [DataRow("web-1/app", DisplayName = "of the same name")]
    [DataRow("web-2/app", DisplayName = "of a container that was made anew")]
    public async Task A_job_that_its_process_left_running_is_interrupted_at_the_next_start(string instance)
    {
        await using var first = new TestHost();
        await using (var host = await first.Again(("Logging:Zotify:Instance", "web-1/app")).StartAsync(Cancellation))
        {
            host.Logger().LogInformation(new EventId(1, "job.started"), "Started {JobId}", "left");
        }

        await using (var host = await first.Again(("Logging:Zotify:Instance", instance)).StartAsync(Cancellation))
        {
            // A line that is projected after it comes after the earlier runs were settled.
            host.Logger().LogInformation("Entry of {JobId}", "next");
            await host.FlushAsync(FlushTo.Database, Cancellation);
            Assert.AreEqual(1, host.Scalar("SELECT COUNT(*) FROM jobs WHERE job_id = 'left' AND status = 'interrupted'"));
            Assert.AreEqual(1, host.Scalar("SELECT COUNT(*) FROM jobs WHERE job_id = 'next' AND status = 'running'"));
        }
    }

    [TestMethod]
    public async Task A_value_that_throws_spoils_its_own_text_only()
    {
        await using var host = await new TestHost().StartAsync(Cancellation);
        host.Logger().LogInformation("Before");
        host.Logger().LogInformation("Value {Value} of {Other}", new Throwing(), "good");
        host.Logger().LogInformation("After");
        await host.FlushAsync(FlushTo.Disk, Cancellation);
        var lines = host.SystemLines.Where(line => line.Contains("Shop.Orders", StringComparison.Ordinal)).ToArray();
        Assert.HasCount(3, lines);
        StringAssert.Contains(lines[1], "good", StringComparison.Ordinal);
        StringAssert.Contains(lines[1], nameof(InvalidOperationException), StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task Redacted_values_are_in_no_file()
    {
        await using var host = await new TestHost(("Logging:Zotify:Redact:0", "iban")).StartAsync(Cancellation);
        using (host.Logger().BeginScope(new Dictionary<string, object> { ["job_id"] = "j", ["access_token"] = "s3cret" }))
        {
            host.Logger().LogInformation(new EventId(1, "user.login"), "With {Password} and {IBAN}", "s3cret", "s3cret");
        }

        await host.StopAsync(Cancellation);
        Assert.HasCount(1, host.JobLines);
        Assert.HasCount(1, host.AuditLines);
        foreach (var file in Directory.GetFiles(host.PathOf("logs")).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            Assert.DoesNotContain("s3cret", string.Join('\n', host.Lines(file)), StringComparison.Ordinal);
        }

        StringAssert.Contains(host.AuditLines[0], "With [REDACTED] and [REDACTED]", StringComparison.Ordinal);
    }

    private static void Log(TestHost host, int count)
    {
        for (var i = 0; i < count; i++) host.Logger().LogInformation(new EventId(1, "user.login"), "Entry {Number} of {JobId}", i, "job");
    }

    private sealed class Throwing
    {
        public override string ToString() => throw new InvalidOperationException("no text");
    }
}
