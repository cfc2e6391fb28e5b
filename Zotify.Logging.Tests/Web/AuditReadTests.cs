using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.AspNetCore.Common;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

/// <summary>Reading the audit log is an audit event: one a look, with the filters as they were given and a count of events.</summary>
[TestClass]
public sealed class AuditReadTests
{
    private const string Path = "/api/logs/audit";

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Filters_are_lists_of_values()
    {
        await using var server = await ServerAsync();
        using var client = server.Client(TestServer.AuditKey);
        using var read = await client.GetAsync($"{Path}?event_type=user.test&event_type=a%2Cb&q=x&order=asc&format=json", Cancellation);
        var logged = (await EventsAsync(server)).Single();
        Assert.AreEqual(
            """{"event_type":["user.test","a,b"],"q":["x"],"order":["asc"]}""",
            logged.GetProperty("details").GetProperty("filters").GetRawText());
        Assert.EndsWith(
            " with [event_type, user.test, a,b], [q, x], [order, asc]", logged.GetProperty("message").GetString());
    }

    [TestMethod]
    public async Task Counts_are_of_events()
    {
        await using var server = await ServerAsync();
        using var client = server.Client(TestServer.AuditKey);
        foreach (var counts in (string[])["event-types?event_type=user.*", "histogram?event_type=user.test&from=2h&interval=1h"])
        {
            using var answer = await client.GetAsync($"{Path}/{counts}", Cancellation);
            answer.EnsureSuccessStatusCode();
        }

        CollectionAssert.AreEqual(
            new[] { 3L, 3L }, (await ReadsAsync(server)).Select(read => read.GetProperty("count").GetInt64()).ToArray());
    }

    [TestMethod]
    public async Task A_look_at_the_page_is_one_event()
    {
        await using var server = await ServerAsync();
        using var client = server.Client(TestServer.AuditKey);
        const string filters = "event_type=user.*&from=2h&q=Number";
        foreach (var part in (string[])[$"?{filters}&limit=2&order=asc", $"/facets?{filters}&limit=5", $"/histogram?interval=1h&{filters}"])
        {
            using var answer = await client.GetAsync(Path + part, Cancellation);
            answer.EnsureSuccessStatusCode();
        }

        using (await LogStream.OpenAsync(
            server, $"{Path}/stream?event_type=user.none&tail=0", "text/event-stream", null, Cancellation, TestServer.AuditKey))
        {
            // Another filter: that is another look, though nothing comes.
        }

        // Counts of other events are told by themselves, and those by fewer filters are of more events.
        foreach (var part in (string[])["/histogram?from=3h", "/facets?limit=1000", "/event-types?event_type=user.*&from=2h"])
        {
            using var other = await client.GetAsync(Path + part, Cancellation);
            other.EnsureSuccessStatusCode();
        }

        while ((await ReadsAsync(server)).Length < 5)
        {
        }

        CollectionAssert.AreEquivalent(
            new[]
            {
                """{"event_type":["user.*"],"from":["2h"],"q":["Number"],"limit":["2"],"order":["asc"]}""",
                """{"event_type":["user.none"],"tail":["0"]}""",
                """{"from":["3h"]}""",
                "{}",
                """{"event_type":["user.*"],"from":["2h"]}""",
            },
            (await ReadsAsync(server)).Select(read => read.GetProperty("filters").GetRawText()).ToArray());
    }

    [TestMethod]
    public void Counts_of_events_that_the_caller_follows_belong_to_the_following()
    {
        static Dictionary<string, IReadOnlyList<string>> Filters(params (string Name, string Value)[] given) =>
            given.ToDictionary(one => one.Name, IReadOnlyList<string> (one) => [one.Value]);
        var clock = new RequestClock(new ServiceCollection().BuildServiceProvider());
        var (reads, caller) = (new RecentReads(clock), new Caller("ada", "::1"));
        var followed = Filters(("event_type", "user.*"), ("from", "1h"), ("tail", "0"));
        reads.Begin(caller, followed);
        reads.Begin(caller, Filters(("event_type", "user.*"), ("from", "1h"), ("tail", "0")));
        reads.End(caller, followed);
        var later = clock.Now + TimeSpan.FromHours(9);
        Assert.IsTrue(reads.Covers(caller, Filters(("from", "1h"), ("event_type", "user.*")), later));
        Assert.IsFalse(reads.Covers(caller, Filters(("event_type", "user.*")), later), "more events");
        Assert.IsFalse(reads.Covers(caller, Filters(("event_type", "user.*"), ("from", "2h")), later));
        Assert.IsFalse(reads.Covers(new Caller("bob", "::1"), Filters(("from", "1h"), ("event_type", "user.*")), later));
    }

    private async Task<TestServer> ServerAsync()
    {
        var server = await new TestServer { Settings = [TestServer.WithoutRequests] }.StartAsync(Cancellation);
        for (var i = 0; i < 3; i++) server.Logger("Tests").LogInformation(new EventId(1, "user.test"), "Number {Number}", i);
        await server.FlushAsync(Cancellation);
        return server;
    }

    private async Task<JsonElement[]> ReadsAsync(TestServer server) =>
        [.. (await EventsAsync(server)).Select(item => item.GetProperty("details"))];

    /// <summary>The events so far, read by another caller, whose own reading is not among them.</summary>
    private async Task<JsonElement[]> EventsAsync(TestServer server)
    {
        await server.FlushAsync(Cancellation);
        using var client = server.Client();
        var page = await client.GetFromJsonAsync<JsonElement>(
            $"{Path}?event_type=audit.read&order=asc&user_id={Uri.EscapeDataString($"user of {TestServer.AuditKey}")}", Cancellation);
        return [.. page.GetProperty("items").EnumerateArray()];
    }
}
