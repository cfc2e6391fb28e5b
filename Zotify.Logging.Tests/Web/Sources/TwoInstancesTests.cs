using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web.Sources;

/// <summary>Two instances that know each other, over real connections.</summary>
[TestClass]
public sealed class TwoInstancesTests
{
    private const string Path = "/api/logs/system/stream?category=Tests";
    private const string Events = "text/event-stream";

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public async Task Each_shows_the_lines_of_both_once_and_either_goes_on_after_a_position_of_the_other()
    {
        await using var both = await new TwoInstances().StartAsync(Cancellation);
        string? position = null;
        var read = new MergedReads();
        using (var stream = await LogStream.OpenAsync(both.One, $"{Path}&tail=0", Events, null, Cancellation))
        {
            both.Log(0, 10);
            while (read.Count < 14)
            {
                var (id, type, data) = await stream.EventAsync();
                position = id;
                // On a busy machine the other one may be away for a moment.
                if (type == "message") read.Add(data);
                else Assert.AreEqual("source", type, data.ToString());
            }
        }

        both.Log(10, 5);
        await both.StopTwoAsync(Cancellation);
        await both.StartTwoAsync(Cancellation);
        both.Log(15, 5);
        foreach (var server in (TestServer[])[both.Two, both.One])
        {
            var rest = new MergedReads();
            using var stream = await LogStream.OpenAsync(server, Path, Events, position, Cancellation);
            while (rest.Count < 26)
            {
                var (_, type, data) = await stream.EventAsync();
                // The other one may still have been away when the stream began.
                if (type == "message") rest.Add(data);
                else Assert.AreEqual("source", type, data.ToString());
            }

            foreach (var (instance, name) in ((string, string)[])[("web-1", "one"), ("web-2", "two")])
            {
                var lines = read.Of(instance).Concat(rest.Of(instance))
                    .Select(text => text[text.IndexOf("Line", StringComparison.Ordinal)..]);
                Assert.AreEqual(
                    string.Join(' ', Enumerable.Range(0, 20).Select(i => $"Line {i} of {name}")), string.Join(' ', lines));
            }
        }
    }

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public async Task One_that_is_away_is_told_and_goes_on_where_it_was()
    {
        await using var both = await new TwoInstances().StartAsync(Cancellation);
        using var client = both.One.Client();
        using var stream = await LogStream.OpenAsync(both.One, $"{Path}&tail=0&instance=web-2", Events, null, Cancellation);
        both.Log(0, 2);
        for (var i = 0; i < 2; i++) AssertLine($"Line {i} of two", await LineAsync(stream));
        both.CutTwo();
        var change = await ChangeAsync(stream, "away");
        Assert.AreEqual("web-2", change.GetProperty("name").GetString());
        Assert.IsGreaterThan(10, change.GetProperty("reason").GetString()!.Length);
        both.Log(2, 3);
        await both.One.FlushAsync(Cancellation);
        var counts = await HistogramAsync(client);
        Assert.AreEqual(
            (false, "web-2", 5), (
                counts.GetProperty("complete").GetBoolean(), counts.GetProperty("away")[0].GetString(), CountOf(counts, "information")));
        Assert.AreEqual(0, CountOf(counts, "warning"));
        var text = await client.GetStringAsync($"{Path}&follow=false&tail=1", Cancellation);
        StringAssert.StartsWith(text, "--- web-2 is away: ", StringComparison.Ordinal);
        StringAssert.EndsWith(text, "Line 4 of one\n", StringComparison.Ordinal);

        both.ConnectTwo();
        await ChangeAsync(stream, "back");
        for (var i = 2; i < 5; i++) AssertLine($"Line {i} of two", await LineAsync(stream));
        do counts = await HistogramAsync(client);
        while (counts.TryGetProperty("complete", out _));
        Assert.AreEqual((5, 5), (CountOf(counts, "information"), CountOf(counts, "warning")));
    }

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public async Task The_parameters_are_those_of_one_log()
    {
        await using var both = await new TwoInstances().StartAsync(Cancellation);
        using var client = both.One.Client();
        both.Log(0, 3);
        await UntilAllAsync(client, 6);
        Assert.AreEqual(
            "web-1 0 web-2 0 web-1 1 web-2 1 web-1 2 web-2 2", await LinesAsync(client, "&follow=false"));
        Assert.AreEqual("web-1 2 web-2 2", await LinesAsync(client, "&follow=false&tail=2"));
        Assert.AreEqual("web-1 0 web-2 0", await LinesAsync(client, "&follow=false&limit=2"));
        Assert.AreEqual("web-2 0 web-2 1 web-2 2", await LinesAsync(client, "&follow=false&level=Warning"));
        Assert.AreEqual("web-2 0 web-2 1 web-2 2", await LinesAsync(client, "&follow=false&instance.not=web-1"));
        Assert.AreEqual("web-1 1", await LinesAsync(client, "&follow=false&q=\"Line 1\"&instance=web-1&instance=web-3"));
        Assert.AreEqual("", await LinesAsync(client, "&follow=false&instance=web-3"));
        foreach (var line in (await TextAsync(client, "&follow=false")).TrimEnd('\n').Split('\n'))
            StringAssert.Matches(line, new("^web-[12] [|~] 2.*Z \\[(INF|WRN)\\] - Tests\\[0\\] Line [0-2] of (one|two)$"));
        // The own log alone, as it is without sources.
        var own = await client.GetStringAsync($"{Path}&follow=false&sources=own&tail=1", Cancellation);
        StringAssert.Matches(own, new("^2.*Z \\[INF\\] - Tests\\[0\\] Line 2 of one\n$"));
        foreach (var (parameter, name) in ((string, string)[])[("sources=both", "sources"), ("limit=0", "limit"), ("after=x", "after"),
            ("through=x", "through"), ("before=x", "before"), ("tail=-1", "tail")])
        {
            using var refused = await client.GetAsync($"{Path}&{parameter}", Cancellation);
            Assert.AreEqual(HttpStatusCode.BadRequest, refused.StatusCode);
            var problem = await refused.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
            Assert.AreEqual(name, problem.GetProperty("parameter").GetString());
        }
    }

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public async Task A_key_that_is_refused_is_told_as_such_and_never_shown()
    {
        const string key = "no such key";
        await using var both = await new TwoInstances(key).StartAsync(Cancellation);
        using var client = both.One.Client();
        both.Log(0, 1);
        await both.One.FlushAsync(Cancellation);
        string text;
        // On a busy machine it may not answer for a moment.
        do text = await client.GetStringAsync($"{Path}&follow=false", Cancellation);
        while (text.Contains("it does not answer", StringComparison.Ordinal));
        StringAssert.StartsWith(text, "--- web-2 is away: it does not know the API key (401) ---\n", StringComparison.Ordinal);
        Assert.DoesNotContain(key, text);
        Assert.Contains("Line 0 of one", text);
    }

    private static int CountOf(JsonElement counts, string level) =>
        counts.GetProperty("items").EnumerateArray().Sum(bucket => bucket.GetProperty(level).GetInt32());

    private static void AssertLine(string message, JsonElement line) =>
        Assert.AreEqual(message, line.GetProperty("message").GetString(), line.ToString());

    /// <summary>The next line. On a busy machine the other one may be away for a moment before.</summary>
    private static async Task<JsonElement> LineAsync(LogStream stream)
    {
        while (true)
        {
            if (await stream.EventAsync() is (_, "message", var line)) return line;
        }
    }

    /// <summary>The next change of a source to this state, before the next line.</summary>
    private static async Task<JsonElement> ChangeAsync(LogStream stream, string state)
    {
        while (true)
        {
            var (_, type, change) = await stream.EventAsync();
            Assert.AreEqual("source", type, change.ToString());
            if (change.GetProperty("state").GetString() == state) return change;
        }
    }

    private Task<JsonElement> HistogramAsync(HttpClient client) =>
        client.GetFromJsonAsync<JsonElement>("/api/logs/system/histogram?category=Tests", Cancellation)!;

    /// <summary>The lines, as instance and number.</summary>
    private async Task<string> LinesAsync(HttpClient client, string parameters)
    {
        var text = await TextAsync(client, parameters, "application/x-ndjson");
        return string.Join(' ', text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))
            .Select(line => $"{line.GetProperty("instance")} {line.GetProperty("message").GetString()!.Split(' ')[1]}"));
    }

    /// <summary>An answer in which no instance is away, as one may be for a moment on a busy machine.</summary>
    private async Task<string> TextAsync(HttpClient client, string parameters, string format = "text/plain")
    {
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{Path}{parameters}");
            request.Headers.Accept.ParseAdd(format);
            using var answer = await client.SendAsync(request, Cancellation);
            var text = await answer.Content.ReadAsStringAsync(Cancellation);
            if (!text.Contains("--- web-", StringComparison.Ordinal) && !text.Contains("\"event\":\"source\"", StringComparison.Ordinal))
                return text;
        }
    }

    /// <summary>The other instance's lines are in its file a moment after they were logged.</summary>
    private async Task UntilAllAsync(HttpClient client, int count)
    {
        while ((await LinesAsync(client, "&follow=false")).Split(' ').Length < 2 * count) Cancellation.ThrowIfCancellationRequested();
    }
}
