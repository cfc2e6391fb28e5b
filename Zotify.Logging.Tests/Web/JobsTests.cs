using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

/// <summary>The list of jobs, their ends, and jobs that are not in the database yet.</summary>
[TestClass]
public sealed class JobsTests
{
    private static readonly EventId Completed = new(1, "job.completed");

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task The_jobs_are_listed_by_pages_that_follow_their_links()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        for (var i = 1; i <= 7; i++)
            server.Logger("Tests").LogInformation(i % 2 == 0 ? Completed : default, "Of {job_id} {job_type}", $"job {i}", "import");
        await server.FlushAsync(Cancellation);
        using var client = server.Client(TestServer.JobsKey);
        var found = new List<string>();
        for (string? next = "/api/logs/jobs?job_type=import&status=running&status=failed&limit=3&q=job"; next is not null;)
        {
            using var answer = await client.GetAsync(next, Cancellation);
            var page = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
            found.AddRange(page.GetProperty("items").EnumerateArray().Select(job => job.GetProperty("job_id").GetString()!));
            next = answer.Headers.TryGetValues("Link", out var links)
                ? new Uri(answer.RequestMessage!.RequestUri!, links.Single().Split('<', '>')[1]).PathAndQuery
                : null;
            Assert.AreEqual(next is null, page.GetProperty("next_cursor").ValueKind == JsonValueKind.Null);
            Assert.IsFalse(page.TryGetProperty("complete", out _));
        }

        CollectionAssert.AreEqual(new[] { "job 7", "job 5", "job 3", "job 1" }, found);
        using var other = server.Client(TestServer.AuditKey);
        using var refused = await other.GetAsync("/api/logs/jobs", Cancellation);
        Assert.AreEqual(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [TestMethod]
    [DataRow("plain")]
    [DataRow("with/slash and %2F")]
    public async Task A_wait_is_answered_when_the_job_ends(string job)
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        server.Logger("Tests").LogInformation("Begins {job_id}", job);
        await server.FlushAsync(Cancellation);
        using var client = server.Client(TestServer.JobsKey);
        var path = $"/api/logs/jobs/{Uri.EscapeDataString(job)}/wait";
        var running = await client.GetFromJsonAsync<JsonElement>($"{path}?timeout=0s", Cancellation);
        Assert.AreEqual(
            (false, "running"), (running.GetProperty("ended").GetBoolean(), running.GetProperty("job").GetProperty("status").GetString()));

        var waiting = client.GetFromJsonAsync<JsonElement>($"{path}?timeout=5m", Cancellation);
        server.Logger("Tests").LogInformation(Completed, "Ends {job_id}", job);
        var ended = await waiting;
        Assert.AreEqual(
            (true, "completed", 2),
            (ended.GetProperty("ended").GetBoolean(), ended.GetProperty("job").GetProperty("status").GetString(), ended.GetProperty("job").GetProperty("entries").GetInt32()));
    }

    [TestMethod]
    public async Task A_wait_ends_when_the_program_stops()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        server.Logger("Tests").LogInformation("Begins {job_id}", "j");
        await server.FlushAsync(Cancellation);
        using var client = server.Client(TestServer.JobsKey);
        // Its request is being served when its log has the first line of it.
        var waiting = client.GetAsync("/api/logs/jobs/j/wait?timeout=5m", Cancellation);
        using (
            var lines = new StreamReader(
                await server.Client().GetStreamAsync("/api/logs/system/stream?tail=100&q=jobs/j/wait", Cancellation)))
        {
            await lines.ReadLineAsync(Cancellation);
        }

        await server.App.StopAsync(Cancellation);
        using var answer = await waiting;
        Assert.AreEqual((HttpStatusCode.ServiceUnavailable, "1"), (answer.StatusCode, answer.Headers.RetryAfter?.ToString()));
    }

    [TestMethod]
    public async Task A_job_in_the_journal_that_the_database_does_not_have_is_not_reported_as_unknown()
    {
        await using var server =
            await new TestServer { Settings = ["Logging:Zotify:Database:ConnectionString=Data Source=zotify.db;Default Timeout=1"] }.StartAsync(Cancellation);
        await server.FlushAsync(Cancellation);
        using var client = server.Client(TestServer.JobsKey);
        using (DatabaseFile.HoldWrites(server.PathOf("logs/zotify.db")))
        {
            server.Logger("Tests").LogInformation("Of {job_id}", "on its way");
            foreach (var path in (string[])["/api/logs/jobs/on%20its%20way", "/api/logs/jobs/on%20its%20way/wait?timeout=1s", "/api/logs/jobs/unknown"])
            {
                using var behind = await client.GetAsync(path, Cancellation);
                Assert.AreEqual((HttpStatusCode.ServiceUnavailable, "1"), (behind.StatusCode, behind.Headers.RetryAfter?.ToString()), path);
                var problem = await behind.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
                Assert.AreEqual(
                    (false, 1L), (problem.GetProperty("complete").GetBoolean(), problem.GetProperty("behind").GetInt64()), path);
            }

            var list = await client.GetFromJsonAsync<JsonElement>("/api/logs/jobs", Cancellation);
            Assert.AreEqual(
                (0, false, 1L),
                (list.GetProperty("items").GetArrayLength(), list.GetProperty("complete").GetBoolean(), list.GetProperty("behind").GetInt64()));
        }

        await server.FlushAsync(Cancellation);
        using var there = await client.GetAsync("/api/logs/jobs/on%20its%20way", Cancellation);
        Assert.AreEqual(HttpStatusCode.OK, there.StatusCode);
        using var unknown = await client.GetAsync("/api/logs/jobs/unknown", Cancellation);
        Assert.AreEqual(HttpStatusCode.NotFound, unknown.StatusCode);
    }
}
