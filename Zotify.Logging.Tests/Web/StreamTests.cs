using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Zotify.Logging.AspNetCore.Endpoints;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

[TestClass]
public sealed class StreamTests
{
    private const string Path = "/api/logs/system/stream";

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task A_line_is_shown_as_it_is_logged_and_the_stream_ends_with_the_host()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        using var reader = await OpenAsync(server, "text/plain", "?tail=0&category=Tests");
        for (var i = 0; i < 3; i++)
        {
            server.Logger("Tests").LogInformation("Line {Number}", i);
            StringAssert.EndsWith(await reader.ReadLineAsync(Cancellation), $"[INF] - Tests[0] Line {i}", StringComparison.Ordinal);
        }

        await server.App.StopAsync(Cancellation);
        await Assert.ThrowsAsync<IOException>(() => reader.ReadLineAsync(Cancellation).AsTask());
    }

    [TestMethod]
    public async Task It_goes_on_over_rotations_without_a_line_lost_or_twice()
    {
        await using var server =
            await new TestServer { Settings = ["Logging:Zotify:Handlers:System:MaxFileSize=4096"] }.StartAsync(Cancellation);
        using var reader = await OpenAsync(server, "text/plain", "?tail=0&category=Tests");
        for (var i = 0; i < 500; i++)
        {
            server.Logger("Tests").LogInformation("Line {Number}", i);
            StringAssert.EndsWith(await reader.ReadLineAsync(Cancellation), $"Line {i}", StringComparison.Ordinal);
        }

        Assert.IsGreaterThan(3, Directory.GetFiles(server.PathOf("logs"), "zotify_api*.log").Length);
    }

    [TestMethod]
    public async Task Events_have_the_id_to_go_on_after()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        for (var i = 0; i < 5; i++) server.Logger("Tests").LogWarning("Line {Number}", i);
        await server.FlushAsync(Cancellation);
        string position;
        using (var reader = await OpenAsync(server, "text/event-stream", "?tail=3&category=Tests&since=1h"))
        {
            await StartAsync(reader);
            var (id, data) = await EventAsync(reader);
            Assert.AreEqual("Line 2", data.GetProperty("message").GetString());
            Assert.AreEqual("Warning", data.GetProperty("level").GetString());
            Assert.AreEqual(id, data.GetProperty("position").GetString());
            position = id;
        }

        using var resumed = await OpenAsync(server, "text/event-stream", "?tail=1&category=Tests", position);
        Assert.AreEqual(position, await StartAsync(resumed));
        Assert.AreEqual("Line 3", (await EventAsync(resumed)).Data.GetProperty("message").GetString());
        Assert.AreEqual("Line 4", (await EventAsync(resumed)).Data.GetProperty("message").GetString());
    }

    [TestMethod]
    public async Task A_cursor_that_is_gone_gives_a_gap()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        server.Logger("Tests").LogInformation("Line");
        using var reader = await OpenAsync(server, "text/event-stream", "?category=Tests", "0123456789abcdef.100");
        // Who is cut right here is told of the gap the next time.
        Assert.AreEqual("0123456789abcdef.100", await StartAsync(reader));
        StringAssert.StartsWith(await reader.ReadLineAsync(Cancellation), "id: ", StringComparison.Ordinal);
        Assert.AreEqual("event: gap", await reader.ReadLineAsync(Cancellation));
    }

    [TestMethod]
    public async Task A_position_of_a_merged_stream_is_good_after_its_sources_are_gone()
    {
        await using var server = await new TestServer
        {
            Settings = ["Zotify:Sources:0:Name=web-2", "Zotify:Sources:0:Directory=nowhere", "Logging:Zotify:Instance=web-1"],
        }.StartAsync(Cancellation);
        server.Logger("Tests").LogInformation("Line 1");
        await server.FlushAsync(Cancellation);
        string? position;
        using (var merged = await LogStream.OpenAsync(
            server, $"{Path}?category=Tests&from=1h&instance=web-1", "text/event-stream", null, Cancellation, TestServer.SystemKey))
        {
            string? type;
            do (position, type, _) = await merged.EventAsync();
            while (type != "message");
        }

        server.Settings = ["Logging:Zotify:Instance=web-1"];
        await server.RestartAsync(Cancellation);
        server.Logger("Tests").LogInformation("Line 2");
        using var resumed = await OpenAsync(server, "text/event-stream", "?category=Tests", position);
        await StartAsync(resumed);
        Assert.AreEqual("Line 2", (await EventAsync(resumed)).Data.GetProperty("message").GetString());
    }

    [TestMethod]
    public void Two_ids_to_go_on_after_are_refused()
    {
        var request = new DefaultHttpContext().Request;
        Assert.IsNull(LastEventId.Of(request));
        request.Headers["Last-Event-ID"] = "0123456789abcdef.100";
        Assert.AreEqual("0123456789abcdef.100", LastEventId.Of(request));
        request.Headers["Last-Event-ID"] = new StringValues(["0123456789abcdef.100", "0123456789abcdef.200"]);
        Assert.AreEqual("Last-Event-ID", Assert.ThrowsExactly<InvalidParameterException>(() => LastEventId.Of(request)).ParamName);
    }

    [TestMethod]
    public async Task Programs_get_an_object_a_line()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        server.Logger("Tests").LogError(new EventId(7, "it.failed"), new InvalidOperationException("no"), "It failed");
        await server.FlushAsync(Cancellation);
        using var reader = await OpenAsync(server, "application/x-ndjson", "?follow=false&level=Error&q=IT+failed");
        var entry = JsonElement.Parse((await reader.ReadToEndAsync(Cancellation)).TrimEnd('\n'));
        Assert.AreEqual("it.failed", entry.GetProperty("event_name").GetString());
        StringAssert.Contains(entry.GetProperty("exception").GetString(), "InvalidOperationException: no", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task Nobody_holds_a_stream_back_or_keeps_it()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        using var client = server.Client(TestServer.SystemKey);
        using var answer = await client.GetAsync($"{Path}?follow=false", Cancellation);
        Assert.AreEqual("no-store", answer.Headers.CacheControl?.ToString());
        Assert.AreEqual("no", answer.Headers.GetValues("X-Accel-Buffering").Single());
        Assert.AreEqual("text/plain; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
    }

    [TestMethod]
    [DataRow("image/png", HttpStatusCode.NotAcceptable, null)]
    [DataRow("text/event-stream;q=0, image/png", HttpStatusCode.NotAcceptable, null)]
    [DataRow("*/*", HttpStatusCode.OK, "text/plain")]
    [DataRow("text/plain;q=0, */*;q=0.5", HttpStatusCode.OK, "application/x-ndjson")]
    [DataRow("text/*;q=0.5, application/x-ndjson", HttpStatusCode.OK, "application/x-ndjson")]
    public async Task The_client_selects_the_format(string accept, HttpStatusCode status, string? type)
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        using var client = server.Client(TestServer.SystemKey);
        client.DefaultRequestHeaders.Add("Accept", accept);
        using var answer = await client.GetAsync($"{Path}?follow=false", Cancellation);
        Assert.AreEqual(status, answer.StatusCode);
        Assert.AreEqual(type ?? "application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    private async Task<StreamReader> OpenAsync(TestServer server, string accept, string query, string? lastEventId = null)
    {
        var client = server.Client(TestServer.SystemKey);
        using var request = new HttpRequestMessage(HttpMethod.Get, Path + query);
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        answer.EnsureSuccessStatusCode();
        return new StreamReader(await answer.Content.ReadAsStreamAsync(Cancellation));
    }

    /// <summary>Reads what comes before the first item, and returns the position.</summary>
    private async Task<string> StartAsync(StreamReader reader)
    {
        Assert.AreEqual("retry: 2000", await reader.ReadLineAsync(Cancellation));
        Assert.AreEqual("", await reader.ReadLineAsync(Cancellation));
        var id = (await reader.ReadLineAsync(Cancellation))!;
        Assert.AreEqual("", await reader.ReadLineAsync(Cancellation));
        return id["id: ".Length..];
    }

    private async Task<(string Id, JsonElement Data)> EventAsync(StreamReader reader)
    {
        var id = (await reader.ReadLineAsync(Cancellation))!;
        var data = (await reader.ReadLineAsync(Cancellation))!;
        Assert.AreEqual("", await reader.ReadLineAsync(Cancellation));
        return (id["id: ".Length..], JsonElement.Parse(data["data: ".Length..]));
    }
}
