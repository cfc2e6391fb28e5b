using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

[TestClass]
public sealed class JobStreamTests
{
    private const string Path = "/api/logs/jobs/a%2Fjob/stream";
    private const string Job = "a/job";

    private static readonly EventId Completed = new(2, "job.completed");

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task A_browser_gets_every_entry_then_the_end_and_stays_away()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        Log(server, "Track {Done}/{Total}", 1, 3);
        using var stream = await OpenAsync(server, "text/event-stream");
        Assert.AreEqual("retry: 2000", await stream.LineAsync());
        for (var i = 1; i <= 3; i++)
        {
            var (id, type, data) = await stream.EventAsync();
            Assert.AreEqual(
                ("message", $"Track {i}/3", Job), (type, data.GetProperty("message").GetString(), data.GetProperty("job_id").GetString()));
            Assert.AreEqual(id, data.GetProperty("position").GetString());
            Log(server, "Track {Done}/{Total}", i + 1, 3);
        }

        await stream.EventAsync();
        Log(server, Completed, "Done");
        var last = await stream.EventAsync();
        Assert.AreEqual("Done", last.Data.GetProperty("message").GetString());
        var end = await stream.EventAsync();
        Assert.AreEqual(
            ("end", "completed", 5L), (end.Type, end.Data.GetProperty("status").GetString(), end.Data.GetProperty("entries").GetInt64()));
        Assert.AreEqual("", await stream.RestAsync());

        using var past = await OpenAsync(server, "text/event-stream", lastEventId: end.Id);
        Assert.AreEqual(HttpStatusCode.NoContent, past.Status);
        // That is for a client that would follow. A client that requests the existing entries gets them, even if only the end.
        using var rest = await OpenAsync(server, "application/x-ndjson", $"?follow=false&after={end.Id}");
        Assert.AreEqual(
            (HttpStatusCode.OK, "completed"),
            (rest.Status, (await rest.ObjectAsync()).GetProperty("end").GetProperty("status").GetString()));
        // A client that never got the end gets it.
        using var before = await OpenAsync(server, "text/event-stream", lastEventId: last.Id);
        Assert.AreEqual("end", (await before.EventAsync()).Type);
    }

    [TestMethod]
    public async Task Programs_get_an_object_a_line_and_the_end_as_the_last()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        Log(server, "one");
        using var stream = await OpenAsync(server, "application/x-ndjson");
        var one = await stream.ObjectAsync();
        Assert.AreEqual("one", one.GetProperty("message").GetString());
        Log(server, new EventId(3, "job.failed"), "two");
        Assert.AreEqual("two", (await stream.ObjectAsync()).GetProperty("message").GetString());
        Assert.AreEqual("failed", (await stream.ObjectAsync()).GetProperty("end").GetProperty("status").GetString());
        Assert.IsNull(await stream.LineAsync());

        using var resumed = await OpenAsync(
            server, "application/x-ndjson", $"?follow=false&after={one.GetProperty("position").GetString()}");
        Assert.AreEqual("two", (await resumed.ObjectAsync()).GetProperty("message").GetString());
    }

    [TestMethod]
    public async Task What_comes_before_a_cursor_is_read_without_following_and_is_no_end()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        for (var i = 0; i < 5; i++) Log(server, "Track {Number}", i);
        Log(server, Completed, "Done");
        await server.FlushAsync(Cancellation);
        using var client = server.Client(TestServer.JobsKey);
        // Before a page without entries is all that there is.
        var page = await client.GetFromJsonAsync<JsonElement>($"{Path[..^"/stream".Length]}?tail=0", Cancellation);
        foreach (var (cursor, query, expected) in ((JsonElement, string, string)[])
        [
            (page, "", "Track 0, Track 1, Track 2, Track 3, Track 4, Done"), (page, "&tail=2", "Track 4, Done"),
            (page, "&tail=2&q=Track", "Track 3, Track 4"),
        ])
        {
            using var before = await OpenAsync(
                server, "application/x-ndjson", $"?before={cursor.GetProperty("next_before").GetString()}{query}");
            var lines = (await before.RestAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.AreEqual(expected, string.Join(", ", lines.Select(line => JsonElement.Parse(line).GetProperty("message").GetString())));
        }
    }

    [TestMethod]
    [DataRow("/api/logs/system/stream", TestServer.SystemKey)]
    [DataRow(Path, TestServer.JobsKey)]
    public async Task Before_the_cursor_of_an_entry_means_the_same_in_every_log(string path, string key)
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        for (var i = 0; i < 5; i++) Log(server, "Track {Number}", i);
        await server.FlushAsync(Cancellation);
        Assert.AreEqual("Track 0, Track 1, Track 2", await ReadAsync($"before={await CursorOfAsync("Track 3")}"));
        Assert.AreEqual("Track 1, Track 2", await ReadAsync($"tail=2&before={await CursorOfAsync("Track 3")}"));
        Assert.AreEqual("", await ReadAsync($"before={await CursorOfAsync("Track 0")}"));

        async Task<string?> CursorOfAsync(string message) => (await LinesAsync("follow=false&tail=100"))
            .Single(line => line.GetProperty("message").GetString() == message).GetProperty("position").GetString();

        async Task<string> ReadAsync(string query) =>
            string.Join(", ", (await LinesAsync(query)).Select(line => line.GetProperty("message").GetString()));

        async Task<IEnumerable<JsonElement>> LinesAsync(string query)
        {
            using var stream = await LogStream.OpenAsync(
                server, $"{path}?q=track&{query}", "application/x-ndjson", null, Cancellation, key: key);
            return (await stream.RestAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line));
        }
    }

    [TestMethod]
    public async Task A_terminal_gets_escaped_lines_with_their_exceptions()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        using (server.Logger("Tests").BeginScope(new Dictionary<string, object> { ["job_id"] = Job }))
            server.Logger("Tests").LogWarning(new InvalidOperationException("no\n2026-11-23T15:06:10.0000000Z [INF] forged"), "one\r\ntwo");
        Log(server, Completed, "three");
        using var stream = await OpenAsync(server, "text/plain");
        var lines = (await stream.RestAsync()).Split('\n');
        StringAssert.Matches(lines[0], new(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z \[WRN\] one\\r\\ntwo$"));
        Assert.AreEqual("\tSystem.InvalidOperationException: no", lines[1]);
        Assert.AreEqual("\t2026-11-23T15:06:10.0000000Z [INF] forged", lines[2]);
        StringAssert.EndsWith(lines[3], "[INF] three", StringComparison.Ordinal);
        Assert.HasCount(5, lines);
    }

    [TestMethod]
    public async Task An_unknown_job_is_reported_and_so_is_an_invalid_cursor()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        Log(server, "one");
        await server.FlushAsync(Cancellation);
        using var unknown = await LogStream.OpenAsync(server, "/api/logs/jobs/another/stream", "*/*", null, Cancellation);
        Assert.AreEqual(HttpStatusCode.NotFound, unknown.Status);
        using var odd = await OpenAsync(server, "text/event-stream", lastEventId: "here");
        Assert.AreEqual(HttpStatusCode.BadRequest, odd.Status);
        StringAssert.Contains(await odd.RestAsync(), "Last-Event-ID", StringComparison.Ordinal);
        using var format = await OpenAsync(server, "image/png");
        Assert.AreEqual(HttpStatusCode.NotAcceptable, format.Status);
    }

    [TestMethod]
    public async Task It_ends_at_once_with_the_host()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        Log(server, "one");
        using var stream = await OpenAsync(server, "text/plain");
        await stream.LineAsync();
        await server.App.StopAsync(Cancellation);
        await Assert.ThrowsAsync<IOException>(() => stream.LineAsync());
    }

    [TestMethod]
    public async Task More_streams_at_once_than_costly_queries_may_be()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        Log(server, "0");
        var streams = new List<LogStream>();
        for (var i = 0; i < 70; i++) streams.Add(await OpenAsync(server, "text/event-stream", "?tail=0"));
        for (var i = 1; i <= 5; i++) Log(server, $"{i}");
        foreach (var stream in streams)
        {
            for (var i = 1; i <= 5; i++) Assert.AreEqual($"{i}", (await stream.EventAsync()).Data.GetProperty("message").GetString());
            stream.Dispose();
        }
    }

    private Task<LogStream> OpenAsync(TestServer server, string accept, string query = "", string? lastEventId = null) =>
        LogStream.OpenAsync(server, Path + query, accept, lastEventId, Cancellation, TestServer.JobsKey);

    private static void Log(TestServer server, string message, params object[] values) => Log(server, default, message, values);

    private static void Log(TestServer server, EventId eventId, string message, params object[] values)
    {
        var logger = server.Logger("Tests");
        using (logger.BeginScope(new Dictionary<string, object> { ["job_id"] = Job }))
#pragma warning disable CA2254 // The templates are the test's.
            logger.LogInformation(eventId, message, values);
#pragma warning restore CA2254
    }
}
