using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.EndToEnd;

/// <summary><c>Database:Provider = None</c> in a host: there are only journals.</summary>
[TestClass]
public sealed class FilesOnlyTests
{
    private const string Audit = "Logging:Zotify:Handlers:Audit:";
    private const string Jobs = "Logging:Zotify:Handlers:Jobs:";
    private static readonly (string, string?) None = ("Logging:Zotify:Database:Provider", "None");
    private static readonly EventId Login = new(1001, "user.login");

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Flushing_to_the_database_is_flushing_to_the_disk()
    {
        await using var host = await new TestHost(None).StartAsync(Cancellation);
        host.Logger().LogInformation(Login, "One for {job_id}", "a");

        await host.FlushAsync(FlushTo.Database, Cancellation);

        Assert.HasCount(1, host.AuditLines);
        Assert.HasCount(1, host.JobLines);
        Assert.IsFalse(File.Exists(host.PathOf("logs/zotify.db")));
    }

    [TestMethod]
    public async Task Queries_of_the_database_throw_NoDatabaseException()
    {
        await using var host = await new TestHost(None).StartAsync(Cancellation);
        foreach (var query in (Func<Task>[])
        [
            () => host.Services.GetRequiredService<AuditLog>().SearchAsync(new AuditQuery(), Cancellation),
            () => host.Services.GetRequiredService<JobLogs>().ReadAsync(new JobLogQuery("a"), Cancellation),
            () => host.Services.GetRequiredService<JobEnds>().WaitAsync("a", TimeSpan.Zero, Cancellation),
            () => host.Services.GetRequiredService<LoggingSchema>().MigrateAsync(Cancellation),
        ])
        {
            var refused = await Assert.ThrowsExactlyAsync<NoDatabaseException>(query);
            Assert.Contains("Logging:Zotify:Database:Provider", refused.Message);
        }
    }

    [TestMethod]
    public async Task The_audit_log_is_pruned_by_its_limits_alone_and_what_is_left_can_be_verified()
    {
        await using var root = new TestHost();
        await using (
            var host = await root.Again(None, (Audit + "MaxFileSize", "2000"), (Audit + "RetainedSize", "10000")).StartAsync(Cancellation))
        {
            for (var i = 0; i < 100; i++)
            {
                host.Logger().LogInformation(Login, "Number {Number}", i);
                if (i % 10 == 0) await host.FlushAsync(FlushTo.Disk, Cancellation);
            }

            await host.FlushAsync(FlushTo.Disk, Cancellation);
            await UntilAsync(() => FirstSeq(host) > 51);
            var verified = await host.Services.GetRequiredService<AuditVerifier>().VerifyAsync(Cancellation);
            Assert.AreEqual(AuditVerificationStatus.Valid, verified.Status, verified.Reason);
            Assert.IsTrue(verified.Anchored);
            Assert.IsNull(verified.Database);
        }

        // A database that is configured later gets the remaining lines.
        await using var later = await root.Again().StartAsync(Cancellation);
        await later.FlushAsync(FlushTo.Database, Cancellation);
        Assert.AreEqual(FirstSeq(later), later.Scalar("SELECT MIN(seq) FROM audit_events"));
        Assert.DoesNotContain("truncated", later.Stderr.ToString(), StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task Segments_of_jobs_go_when_they_are_old_and_not_before()
    {
        await using var host = await new TestHost(None, (Jobs + "MaxFileSize", "2000"), (Jobs + "RetainedAge", "10.00:00:00"))
            .StartAsync(Cancellation);
        for (var i = 0; i < 40; i++)
        {
            host.Logger().LogInformation("Entry {Number} of {JobId}", i, "old");
            await host.FlushAsync(FlushTo.Disk, Cancellation);
        }

        var before = JobFiles(host);
        Assert.IsGreaterThan(3, before.Length);
        host.Time.Advance(TimeSpan.FromDays(9));
        host.Logger().LogInformation("Entry of {JobId}", "on");
        await host.FlushAsync(FlushTo.Disk, Cancellation);
        CollectionAssert.IsSubsetOf(before, JobFiles(host));

        host.Time.Advance(TimeSpan.FromDays(2));
        host.Change((Jobs + "RetainedAge", "10.00:00:01"));
        // A segment is deleted as a whole, so the newest entry keeps those in its segment.
        await UntilAsync(() =>
        {
            // One run never prunes everything that looks old; the next runs continue.
            host.Time.Advance(TimeSpan.FromMinutes(10));
            return before.Count(File.Exists) <= 1 && JobFiles(host).Length <= 2;
        });
        Assert.IsTrue(JobLines(host).Any(line => line.Contains("\"on\"", StringComparison.Ordinal)));
    }

    private static string[] JobFiles(TestHost host) => Directory.GetFiles(host.PathOf("logs"), "job_logs*.json");

    private static string[] JobLines(TestHost host) =>
        [.. JobFiles(host).SelectMany(file => host.Lines(Path.GetRelativePath(host.Root, file)))];

    private static long FirstSeq(TestHost host) => Directory.GetFiles(host.PathOf("logs"), "audit.log*.json")
        .SelectMany(file => host.Lines(Path.GetRelativePath(host.Root, file)).Take(1))
        .Min(line => JsonElement.Parse(line).GetProperty("seq").GetInt64());

    private async Task UntilAsync(Func<bool> condition)
    {
        while (!condition()) await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancellation);
    }
}
