using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

/// <summary><c>GET /api/logs/instances</c>, and what a killed writer leaves behind.</summary>
[TestClass]
public sealed class InstancesTests
{
    private const string Path = "/api/logs/instances";

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Any_scope_opens_it_and_nothing_else_does()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        foreach (var key in (string[])[TestServer.SystemKey, TestServer.AuditKey, TestServer.JobsKey, TestServer.AllKey])
        {
            using var client = server.Client(key);
            using var answer = await client.GetAsync(Path, Cancellation);
            Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode, key);
        }

        foreach (var key in (string?[])[null, "a key that nobody has"])
        {
            using var client = server.Client(key);
            using var answer = await client.GetAsync(Path, Cancellation);
            Assert.AreEqual(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        using var all = server.Client();
        using var refused = await all.GetAsync($"{Path}?state=gone", Cancellation);
        Assert.AreEqual(HttpStatusCode.BadRequest, refused.StatusCode, "no parameter is ignored");
    }

    [TestMethod]
    public async Task Without_a_database_it_shows_the_process_that_answers()
    {
        await using var server = await new TestServer
        {
            Settings = ["Logging:Zotify:Database:Provider=None", "Logging:Zotify:Instance=web-1/shop"],
        }.StartAsync(Cancellation);
        using var client = server.Client();
        var own = (await client.GetFromJsonAsync<JsonElement>(Path, Cancellation)).GetProperty("items").EnumerateArray().Single();
        Assert.AreEqual(("web-1/shop", "running"), (own.GetProperty("instance").GetString(), own.GetProperty("state").GetString()));
        Assert.AreEqual(JsonValueKind.Null, own.GetProperty("running_jobs").ValueKind);
        Assert.IsLessThan(own.GetProperty("seen_at").GetDateTime(), own.GetProperty("started_at").GetDateTime());
    }

    [TestMethod]
    [Timeout(300_000, CooperativeCancellation = true)]
    public async Task A_killed_writer_is_gone_its_jobs_are_stalled_and_interrupted_when_it_starts_again()
    {
        await using var server = await new TestServer { Settings = ["Logging:Zotify:Instance=web-1/shop"] }.StartAsync(Cancellation);
        server.Logger("Tests").LogInformation("Of the server: {job_id}", "own");
        await server.FlushAsync(Cancellation);
        using var client = server.Client();
        await using var writer = await KilledWriter.StartAsync(server, Cancellation);
        await writer.LogAsync("job left job.started", Cancellation);
        var both = await ReadAsync(client, items => items.Count == 2 && items.All(item => Text(item, "state") == "running"));
        Assert.AreEqual("web-1/shop 1, writer/shop 1", string.Join(", ", both.Select(item => $"{Text(item, "instance")} {item.GetProperty("running_jobs")}")));
        await ShowsAsync(client, "own running, left running");

        await writer.KillAsync(Cancellation);
        var killed = await ReadAsync(client, items => items.Any(item => Text(item, "state") == "gone"));
        Assert.AreEqual("running, gone", string.Join(", ", killed.Select(item => Text(item, "state"))));
        await ShowsAsync(client, "own running, left stalled instance_gone");
        await ShowsAsync(client, "left stalled instance_gone", "?status=stalled");
        var wait = await client.GetFromJsonAsync<JsonElement>("/api/logs/jobs/left/wait?timeout=0s", Cancellation);
        Assert.IsFalse(wait.GetProperty("ended").GetBoolean());

        await writer.StartAgainAsync(Cancellation);
        await ReadAsync(client, items => items.All(item => Text(item, "state") == "running"));
        await ShowsAsync(client, "own running, left interrupted, next running");
        await writer.StopAsync(Cancellation);
        var stopped = await ReadAsync(client, items => items.Any(item => Text(item, "state") == "stopped"));
        Assert.AreEqual(JsonValueKind.String, stopped[1].GetProperty("stopped_at").ValueKind);
    }

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();

    /// <summary>Reads the jobs, in the order of their beginning, until they are as expected; the test's timeout ends the wait.</summary>
    private async Task ShowsAsync(HttpClient client, string expected, string query = "")
    {
        while (true)
        {
            var answer = await client.GetFromJsonAsync<JsonElement>($"/api/logs/jobs{query}", Cancellation);
            var items = answer.GetProperty("items").EnumerateArray().Reverse();
            var jobs = string.Join(", ", items.Select(
                item => string.Join(' ', new[] { "job_id", "status", "stalled_reason" }.Select(name => Text(item, name)).OfType<string>())));
            if (jobs == expected)
            {
                var stalled = jobs.Split(", ").Count(job => job.Contains(" stalled ", StringComparison.Ordinal));
                Assert.AreEqual(stalled, answer.GetProperty("totals").GetProperty("stalled").GetInt32());
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation);
        }
    }

    /// <summary>Reads until the instances are as expected; the test's timeout ends the wait.</summary>
    private async Task<IReadOnlyList<JsonElement>> ReadAsync(HttpClient client, Func<IReadOnlyList<JsonElement>, bool> until)
    {
        while (true)
        {
            JsonElement[] items = [.. (await client.GetFromJsonAsync<JsonElement>(Path, Cancellation)).GetProperty("items").EnumerateArray()];
            if (until(items)) return items;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation);
        }
    }
}
