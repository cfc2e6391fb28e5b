using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

[TestClass]
public sealed class DatabaseAwayTests
{
    public required TestContext TestContext { get; set; }

    [TestMethod]
    public async Task The_program_is_ready_and_its_journals_wait_while_the_database_is_away()
    {
        await using var server = new TestServer { Settings = ["Logging:Zotify:Database:ConnectionString=Data Source=../blocked/zotify.db"] };
        await File.WriteAllTextAsync(server.PathOf("blocked"), "a file where a folder is expected", TestContext.CancellationToken);
        await server.StartAsync(TestContext.CancellationToken);
        using var client = server.Client();
        // One for each journal, so that the flush below waits for both.
        server.Logger("Tests").LogInformation(new EventId(1, "user.test"), "In the journal of {job_id}", "a job");

        using var query = await client.GetAsync("/api/logs/audit", TestContext.CancellationToken);
        Assert.AreEqual(HttpStatusCode.ServiceUnavailable, query.StatusCode);
        Assert.AreEqual("application/problem+json", query.Content.Headers.ContentType?.MediaType);
        await FailsAsync(server, "Audit", "Jobs");
        using var ready = await client.GetAsync("/health/ready", TestContext.CancellationToken);
        Assert.AreEqual(HttpStatusCode.OK, ready.StatusCode);
        Assert.AreEqual("Degraded", await ready.Content.ReadAsStringAsync(TestContext.CancellationToken));

        File.Delete(server.PathOf("blocked"));
        await server.FlushAsync(TestContext.CancellationToken);
        using var again = await client.GetAsync("/api/logs/audit?event_type=user.test", TestContext.CancellationToken);
        StringAssert.Contains(
            await again.Content.ReadAsStringAsync(TestContext.CancellationToken), "In the journal", StringComparison.Ordinal);
        using var healthy = await client.GetAsync("/health/ready", TestContext.CancellationToken);
        Assert.AreEqual("Healthy", await healthy.Content.ReadAsStringAsync(TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task A_server_that_is_away_holds_up_nobody_and_its_password_is_nowhere()
    {
        const string Password = "top-secret-1";
        await using var server = new TestServer
        {
            Settings =
            [
                "Logging:Zotify:Database:Provider=SqlServer",
                $"Logging:Zotify:Database:ConnectionString=Server=127.0.0.1,1;Database=zotify;User Id=u;Password={Password};Connect "
                    + "Timeout=1",
                "Logging:Zotify:ShutdownTimeout=00:00:01",
            ],
        };
        await server.StartAsync(TestContext.CancellationToken);
        using var client = server.Client();
        server.Logger("Tests").LogInformation(new EventId(1, "user.test"), "In the journal");
        await server.App.Services.GetRequiredService<LoggingService>().FlushAsync(FlushTo.Disk, TestContext.CancellationToken);

        using var query = await client.GetAsync("/api/logs/audit", TestContext.CancellationToken);
        Assert.AreEqual(HttpStatusCode.ServiceUnavailable, query.StatusCode);
        Assert.DoesNotContain(Password, await query.Content.ReadAsStringAsync(TestContext.CancellationToken));
        await FailsAsync(server, "Audit");
        using var ready = await client.GetAsync("/health/ready", TestContext.CancellationToken);
        Assert.AreEqual("Degraded", await ready.Content.ReadAsStringAsync(TestContext.CancellationToken));
        Assert.Contains("user.test", server.AuditFile());
    }

    /// <summary>Waits until handlers have noticed that the database is away.</summary>
    private async Task FailsAsync(TestServer server, params string[] names)
    {
        var service = server.App.Services.GetRequiredService<LoggingService>();
        while (service.Handlers.Any(handler => names.Contains(handler.Name) && handler.ProjectionFailure is null))
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.CancellationToken);
    }
}
