using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.EndToEnd;

/// <summary>A database that cannot be used until somebody acts is reported as permanent, retried once a minute, and does not delay the end.</summary>
[TestClass]
public sealed class PermanentFaultTests
{
    private readonly TestHost _home = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    private string Database => _home.PathOf("logs/zotify.db");

    [TestCleanup]
    public async Task CleanupAsync() => await _home.DisposeAsync();

    [TestMethod]
    public async Task Tables_of_a_newer_version()
    {
        await RunAsync();
        DatabaseFile.Execute(Database, "INSERT INTO zotify_schema (name, recorded_at) VALUES ('9999_Later', '')");
        await AssertPermanentAsync(
            "The database is of a newer version",
            () => DatabaseFile.Execute(Database, "DELETE FROM zotify_schema WHERE name = '9999_Later'"));
    }

    [TestMethod]
    public async Task A_file_that_is_no_database()
    {
        Directory.CreateDirectory(_home.PathOf("logs"));
        await File.WriteAllTextAsync(Database, "no database, but long enough to be looked at: " + new string('x', 4_096), Cancellation);
        await AssertPermanentAsync("file is not a database", () => File.Delete(Database));
    }

    [TestMethod]
    public async Task A_file_that_can_only_be_read()
    {
        await RunAsync();
        var locked = new ReadOnlyDatabase(Database);
        await AssertPermanentAsync(Environment.IsPrivilegedProcess ? "readonly database" : "cannot be read and written", locked.Dispose);
    }

    [TestMethod]
    public async Task What_may_pass_by_itself_is_temporary()
    {
        await File.WriteAllTextAsync(_home.PathOf("blocked"), "a file where a folder is expected", Cancellation);
        await using var host = await _home.Again(("Logging:Zotify:Database:ConnectionString", "Data Source=../blocked/zotify.db"))
            .StartAsync(Cancellation);
        var status = await FailingAsync(host);
        Assert.IsFalse(status.ProjectionFailureIsPermanent, status.ProjectionFailure);
        Assert.Contains("Audit: temporary: The journal audit.log.json cannot be projected now", host.Stderr.ToString());

        File.Delete(_home.PathOf("blocked"));
        while (host.Service.Handlers.Any(handler => handler.Behind > 0))
        {
            host.Time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }
    }

    private async Task RunAsync()
    {
        await using var host = await _home.Again().StartAsync(Cancellation);
        await host.FlushAsync(FlushTo.Database, Cancellation);
    }

    private async Task AssertPermanentAsync(string why, Action mend)
    {
        await using (var ending = await _home.Again().StartAsync(Cancellation))
        {
            await FailingAsync(ending);
            // Its clock stands still: the end does not wait for a database that will not answer.
            await ending.DisposeAsync();
            Assert.Contains("records of the journal audit.log.json are not in the database yet", ending.Stderr.ToString());
        }

        await using var host = await _home.Again().StartAsync(Cancellation);
        var status = await FailingAsync(host);
        Assert.IsTrue(status.ProjectionFailureIsPermanent, status.ProjectionFailure);
        Assert.Contains(why, status.ProjectionFailure!);
        Assert.Contains(
            "Audit: permanent: The journal audit.log.json cannot be projected until somebody fixes this", host.Stderr.ToString());
        var health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancellation);
        var entry = health.Entries["zotify"];
        Assert.AreEqual(HealthStatus.Degraded, entry.Status);
        Assert.AreEqual("permanent", entry.Data["Audit.database_error_kind"]);
        Assert.Contains("Audit does not reach the database until somebody fixes this", entry.Description!);

        mend();
        var flushed = host.FlushAsync(FlushTo.Database, Cancellation);
        host.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.IsFalse(flushed.IsCompleted);
        while (!flushed.IsCompleted)
        {
            host.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await flushed;
        Assert.IsNull(host.Service.Handlers.Single(handler => handler.Name == "Audit").ProjectionFailure);
    }

    private static async Task<HandlerStatus> FailingAsync(TestHost host)
    {
        while (true)
        {
            var handlers = host.Service.Handlers.Where(handler => handler.Name is "Audit" or "Jobs").ToList();
            if (handlers.TrueForAll(handler => handler.ProjectionFailure is not null)) return handlers[0];
            await Task.Yield();
        }
    }
}
