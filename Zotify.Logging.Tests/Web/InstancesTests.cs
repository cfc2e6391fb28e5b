using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;
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
        Assert.AreEqual("running own running, left running", await JobsAsync(client));

        await writer.KillAsync(Cancellation);
        var killed = await ReadAsync(client, items => items.Any(item => Text(item, "state") == "gone"));
        Assert.AreEqual("running, gone", string.Join(", ", killed.Select(item => Text(item, "state"))));
        Assert.AreEqual("running own running, left stalled instance_gone", await JobsAsync(client));
        Assert.AreEqual("left stalled instance_gone", (await JobsAsync(client, "?status=stalled"))[8..]);
        var totals = (await client.GetFromJsonAsync<JsonElement>("/api/logs/jobs", Cancellation)).GetProperty("totals");
        Assert.AreEqual("""{"running":1,"stalled":1,"completed":0,"failed":0,"interrupted":0}""", totals.GetRawText());
        var wait = await client.GetFromJsonAsync<JsonElement>("/api/logs/jobs/left/wait?timeout=0s", Cancellation);
        Assert.IsFalse(wait.GetProperty("ended").GetBoolean());

        await writer.StartAgainAsync(Cancellation);
        await ReadAsync(client, items => items.All(item => Text(item, "state") == "running"));
        Assert.AreEqual("running own running, left interrupted, next running", await JobsAsync(client));
        await writer.StopAsync(Cancellation);
        var stopped = await ReadAsync(client, items => items.Any(item => Text(item, "state") == "stopped"));
        Assert.AreEqual(JsonValueKind.String, stopped[1].GetProperty("stopped_at").ValueKind);
    }

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();

    /// <summary>The jobs in the order of their beginning, after the status of the first.</summary>
    private async Task<string> JobsAsync(HttpClient client, string query = "")
    {
        var items = (await client.GetFromJsonAsync<JsonElement>($"/api/logs/jobs{query}", Cancellation)).GetProperty("items").EnumerateArray()
            .Reverse().ToArray();
        return $"{Text(items[0], "status")} " + string.Join(", ", items.Select(
            item => string.Join(' ', new[] { "job_id", "status", "stalled_reason" }.Select(name => Text(item, name)).OfType<string>())));
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
