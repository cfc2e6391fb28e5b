using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

[TestClass]
public sealed class AuditStreamTests
{
    private const string Path = "/api/logs/audit/stream";

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task A_browser_gets_events_as_they_are_logged_and_goes_on_where_it_was()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        Log(server, 0);
        string? id = null;
        for (var i = 0; i < 6; i += 3)
        {
            using var stream = await OpenAsync(server, "text/event-stream", "?event_type=user.test&tail=1", id);
            for (var j = i; j < i + 3; j++)
            {
                (id, _, var data) = await stream.EventAsync();
                Assert.AreEqual(
                    (j, id), (data.GetProperty("details").GetProperty("Number").GetInt32(), data.GetProperty("position").GetString()));
                Log(server, j + 1);
            }
        }
    }

    [TestMethod]
    public async Task Programs_and_terminals_get_what_matches()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        for (var i = 0; i < 5; i++) Log(server, i);
        await server.FlushAsync(Cancellation);
        using var lines = await OpenAsync(server, "application/x-ndjson", "?follow=false&details[Number]=2&details%5BNumber%5D=4&user_id=u1");
        CollectionAssert.AreEqual(
            new[] { 2, 4 },
            (await lines.RestAsync())
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonElement.Parse(line).GetProperty("details").GetProperty("Number").GetInt32()).ToArray());
        using var text = await OpenAsync(server, "text/plain", "?follow=false&q=number+3&event_type=user.test");
        StringAssert.Matches(
            await text.RestAsync(),
            new(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z \[INF\] user\.test u1 - Number 3 of u1\\n \{""Number"":3\}\n$"));
    }

    [TestMethod]
    public async Task Reading_is_one_event_at_the_end_of_the_stream_whoever_ends_it()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        for (var i = 0; i < 3; i++) Log(server, i);
        await server.FlushAsync(Cancellation);
        using (var watch = await OpenAsync(server, "application/x-ndjson", "?event_type=audit.read&tail=0"))
        {
            using (var left = await OpenAsync(server, "application/x-ndjson", "?event_type=user.test"))
            {
                for (var i = 0; i < 3; i++) await left.LineAsync();
            }

            var read = (await watch.ObjectAsync()).GetProperty("details");
            Assert.AreEqual(
                (3, "user.test"),
                (read.GetProperty("count").GetInt32(), read.GetProperty("filters").GetProperty("event_type")[0].GetString()));
        }

        using var open = await OpenAsync(server, "text/plain", "?event_type=user.test");
        await open.LineAsync();
        await server.App.StopAsync(Cancellation);
        await Assert.ThrowsAsync<IOException>(() => open.RestAsync());
        Assert.HasCount(3, server.AuditFile().Where(type => type == "audit.read"));
    }

    [TestMethod]
    public async Task It_begins_with_the_database_or_not_at_all()
    {
        await using var server = new TestServer { Settings = ["Logging:Zotify:Database:ConnectionString=Data Source=../blocked/zotify.db"] };
        await File.WriteAllTextAsync(server.PathOf("blocked"), "a file where a folder is expected", Cancellation);
        await server.StartAsync(Cancellation);
        using var stream = await OpenAsync(server, "text/event-stream");
        Assert.AreEqual(HttpStatusCode.ServiceUnavailable, stream.Status);
    }

    private Task<LogStream> OpenAsync(TestServer server, string accept, string query = "", string? lastEventId = null) =>
        LogStream.OpenAsync(server, Path + query, accept, lastEventId, Cancellation, TestServer.AuditKey);

    private static void Log(TestServer server, int number) =>
        server.Logger("Tests").LogInformation(new EventId(1, "user.test"), "Number {Number} of {user_id}\n", number, "u1");
}
