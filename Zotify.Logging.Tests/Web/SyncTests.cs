using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

[TestClass]
public sealed class SyncTests
{
    private const int Tracks = 30;

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Every_progress_line_of_a_sync_is_there_once_and_in_order()
    {
        await using var server = new TestServer();
        for (var i = 0; i < Tracks; i++)
            await File.WriteAllTextAsync(Path.Combine(server.SourceFolder, $"track {i:D2}.ogg"), $"sound {i % 20}", Cancellation);
        // A file that nobody can read, whoever runs the test.
        File.CreateSymbolicLink(Path.Combine(server.SourceFolder, "track 99.ogg"), "gone");
        await server.StartAsync(Cancellation);
        using var client = server.Client();
        await PauseAsync(client, 0);
        var job = await TestServer.SyncAsync(client, Cancellation);

        await server.FlushAsync(Cancellation);
        var entries = await ReadAllAsync(client, $"/api/logs/jobs/{job}?limit=7");
        var progress = entries.Where(entry => entry.GetProperty("progress_done").ValueKind == JsonValueKind.Number).ToArray();
        CollectionAssert.AreEqual(
            Enumerable.Range(1, Tracks + 1).ToArray(), progress.Select(entry => entry.GetProperty("progress_done").GetInt32()).ToArray());
        Assert.AreEqual("job.started", entries[0].GetProperty("event_name").GetString());
        Assert.AreEqual("job.completed", entries[^1].GetProperty("event_name").GetString());
        StringAssert.EndsWith(
            entries[^1].GetProperty("message").GetString(),
            "20 tracks downloaded, 10 were there, 1 could not be read",
            StringComparison.Ordinal);
        Assert.AreEqual(entries.Count, server.Scalar($"SELECT COUNT(*) FROM job_logs WHERE job_id = '{job}'"));
        Assert.AreEqual(
            1,
            server.Scalar($"SELECT warnings FROM jobs WHERE job_id = '{job}' AND status = 'completed' AND progress_total = {Tracks + 1}"));
        Assert.HasCount(20, Directory.GetFiles(server.PathOf("data/cache")));
    }

    [TestMethod]
    public async Task A_sync_and_a_changed_setting_are_audit_events()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        using var client = server.Client();
        using var accepted = await client.PostAsync("/api/demo/sync", null, Cancellation);
        Assert.AreEqual(HttpStatusCode.Accepted, accepted.StatusCode);
        var job = (await accepted.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("job_id").GetString();
        Assert.AreEqual($"/api/logs/jobs/{job}", new Uri(accepted.RequestMessage!.RequestUri!, accepted.Headers.Location!).AbsolutePath);
        await PauseAsync(client, 3);
        using var refused = await client.PutAsJsonAsync("/api/demo/settings", new { pause_ms = -1 }, Cancellation);
        Assert.AreEqual(HttpStatusCode.BadRequest, refused.StatusCode);

        await server.FlushAsync(Cancellation);
        var events = (
            await client.GetFromJsonAsync<JsonElement>(
                "/api/logs/audit?order=asc&event_type=user.*&event_type=config.*",
                Cancellation)).GetProperty("items").EnumerateArray().ToArray();
        CollectionAssert.AreEqual(
            new[] { "user.sync_requested", "config.update" }, events.Select(e => e.GetProperty("event_type").GetString()).ToArray());
        Assert.AreEqual(job, events[0].GetProperty("details").GetProperty("requested_job").GetString());
        Assert.AreEqual("{\"setting\":\"pause_ms\",\"old_value\":10,\"new_value\":3}", events[1].GetProperty("details").GetRawText());
        Assert.AreEqual($"user of {TestServer.AllKey}", events[1].GetProperty("user_id").GetString());
        Assert.AreEqual("127.0.0.1", events[1].GetProperty("source_ip").GetString());
        await server.App.StopAsync(Cancellation);
        CollectionAssert.AreEqual(new[] { "user.sync_requested", "config.update", "audit.read" }, server.AuditFile());
    }

    [TestMethod]
    public async Task Pages_of_the_audit_log_follow_their_links()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        using var client = server.Client();
        for (var i = 1; i <= 9; i++) server.Logger("Tests").LogInformation(new EventId(1, "user.test"), "Number {Number}", i);
        await server.FlushAsync(Cancellation);
        var numbers = new List<int>();
        string? next = "/api/logs/audit?event_type=user.test&limit=4";
        while (next is not null)
        {
            using var answer = await client.GetAsync(next, Cancellation);
            var page = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
            numbers.AddRange(
                page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("details").GetProperty("Number").GetInt32()));
            next = NextOf(answer);
            Assert.AreEqual(next is null, page.GetProperty("next_cursor").ValueKind == JsonValueKind.Null);
        }

        CollectionAssert.AreEqual(Enumerable.Range(1, 9).Reverse().ToArray(), numbers);
    }

    [TestMethod]
    [DataRow("plain")]
    [DataRow("with/slash")]
    [DataRow("with%2Fescaped slash")]
    [DataRow("\u00fcml\u00e4ut \ud83d\ude00?#&+")]
    public async Task A_job_is_found_by_whatever_id_it_has(string job)
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        server.Logger("Tests").LogInformation("Of {job_id}", job);
        await server.FlushAsync(Cancellation);
        using var client = server.Client(TestServer.JobsKey);
        var answer = await client.GetFromJsonAsync<JsonElement>($"/api/logs/jobs/{Uri.EscapeDataString(job)}", Cancellation);
        Assert.AreEqual(job, answer.GetProperty("job").GetProperty("job_id").GetString());
        Assert.AreEqual(1, answer.GetProperty("items").GetArrayLength());
    }

    private async Task PauseAsync(HttpClient client, int milliseconds)
    {
        using var changed = await client.PutAsJsonAsync("/api/demo/settings", new { pause_ms = milliseconds }, Cancellation);
        Assert.AreEqual(HttpStatusCode.OK, changed.StatusCode);
    }

    private async Task<List<JsonElement>> ReadAllAsync(HttpClient client, string path)
    {
        var entries = new List<JsonElement>();
        for (string? next = path; next is not null;)
        {
            using var answer = await client.GetAsync(next, Cancellation);
            entries.AddRange((await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("items").EnumerateArray());
            next = NextOf(answer);
        }

        return entries;
    }

    private static string? NextOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Link", out var links)
            && links.SingleOrDefault(link => link.EndsWith("rel=\"next\"", StringComparison.Ordinal)) is { } next
            ? new Uri(answer.RequestMessage!.RequestUri!, next.Split('<', '>')[1]).PathAndQuery
            : null;
}
