using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Common;
using Zotify.Logging.Database;
using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.EndToEnd;

/// <summary>Plain calls, real journals and a real file, whose transactions fail every now and then.</summary>
[TestClass]
public sealed class FaultyDatabaseTests
{
    private const int Threads = 4;

    private readonly RandomFaults _faults = new(seed: 20261124);

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [Timeout(1_800_000, CooperativeCancellation = true)]
    public async Task Every_record_is_in_the_database_once_though_it_fails_at_random()
    {
        var entries = 50_000 / 2 / Threads * TestScale.Factor;
        var ofEach = entries * Threads;
        var clock = Stopwatch.StartNew();
        await using var host = await Host().StartAsync(Cancellation);
        var writers = Enumerable.Range(1, Threads).Select(job => new Thread(() => Log(host.Logger(), job, entries))).ToList();
        writers.ForEach(writer => writer.Start());
        writers.ForEach(writer => writer.Join());
        var logged = clock.Elapsed;
        await host.FlushAsync(FlushTo.Database, Cancellation);
        var projected = clock.Elapsed;

        foreach (var (table, logs) in (
            ReadOnlySpan<(string, string)>)[("audit_events", "event_type = 'user.download'"), ("job_logs", "job_id LIKE 'job-%'")])
        {
            Assert.AreEqual(ofEach, host.Scalar($"SELECT COUNT(*) FROM {table} WHERE {logs}"), table);
            Assert.AreEqual(ofEach, host.Scalar($"SELECT COUNT(DISTINCT message) FROM {table} WHERE {logs}"), table);
            // Numbers without gaps, including those of the log's own events.
            Assert.AreEqual(host.Scalar($"SELECT MAX(seq) FROM {table}"), host.Scalar($"SELECT COUNT(*) FROM {table}"), table);
            Assert.AreEqual(host.Scalar($"SELECT MAX(seq) FROM {table}"), host.Scalar($"SELECT COUNT(DISTINCT seq) FROM {table}"), table);
        }

        Assert.AreEqual(Threads, host.Scalar($"SELECT COUNT(*) FROM jobs WHERE entries = {entries} AND progress_done = {entries}"));
        Assert.AreEqual(ofEach, host.Scalar("SELECT SUM(count) FROM audit_counts WHERE event_type = 'user.download'"));
        Assert.AreEqual(
            host.Scalar("SELECT (SELECT COUNT(*) FROM audit_events) + (SELECT COUNT(*) FROM job_logs)"),
            host.Scalar("SELECT SUM(seq) FROM journals"));
        foreach (var handler in host.Service.Handlers)
        {
            Assert.IsEmpty(handler.Dropped, handler.Name);
            Assert.AreEqual((0L, null), (handler.Behind, handler.ProjectionFailure), handler.Name);
        }

        foreach (var (moment, count) in _faults.Counts) Assert.IsGreaterThan(0, count, $"{moment} was not reached");
        TestContext.WriteLine(
            $"{2 * ofEach} records, logged in {logged.TotalSeconds:F1} s, in the database after {projected.TotalSeconds:F1} s; faults: "
                + $"{string.Join(", ", _faults.Counts)}");
    }

    [TestMethod]
    public async Task A_record_that_the_database_refuses_is_reported_and_delays_no_other()
    {
        await using var host = await new TestHost().StartAsync(Cancellation);
        host.Logger().LogInformation("Entry {Number} of {JobId}", 1, "job");
        await host.FlushAsync(FlushTo.Database, Cancellation);
        DatabaseFile.Execute(
            host.PathOf("logs/zotify.db"),
            "CREATE TRIGGER refuse BEFORE INSERT ON job_logs WHEN NEW.message LIKE 'Entry 2 %' BEGIN SELECT RAISE(ABORT, 'No entry 2'); END");

        for (var i = 2; i <= 3; i++) host.Logger().LogInformation("Entry {Number} of {JobId}", i, "job");
        await host.FlushAsync(FlushTo.Database, Cancellation);

        Assert.AreEqual(2, host.Scalar("SELECT entries FROM jobs WHERE job_id = 'job'"));
        var status = host.Service.Handlers.Single(handler => handler.Name == "Jobs");
        Assert.AreEqual((3L, 1L, 0L, null), (status.Written, status.Rejected, status.Behind, status.ProjectionFailure));
        StringAssert.Contains(host.Lines("logs/job_logs.json.rejected").Single(), "No entry 2", StringComparison.Ordinal);
        StringAssert.Contains(
            host.Stderr.ToString(),
            "Jobs: permanent: Line 2 of the journal job_logs.json cannot be in the database; it was set aside in job_logs.json.rejected.",
            StringComparison.Ordinal);
    }

    /// <summary>Logs an audit event and an entry of a job in turn.</summary>
    private static void Log(ILogger logger, int job, int entries)
    {
        for (var done = 1; done <= entries; done++)
        {
            logger.LogInformation(new EventId(1, "user.download"), "Track {Track} of user {UserId} downloaded", done, job);
            logger.LogInformation("Track {Done} of {JobId} downloaded", done, $"job-{job}");
        }
    }

    private TestHost Host() => new(("Logging:Zotify:Handlers:System:Enabled", "false"))
    {
        Logging = logging =>
        {
            // Real waits after the faults.
            logging.Services.AddKeyedSingleton(LoggingClock.Key, TimeProvider.System);
            logging.Services.AddSingleton<ConnectionTap>(_faults);
        },
    };
}
