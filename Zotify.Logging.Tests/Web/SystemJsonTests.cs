using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

/// <summary>The system log over HTTP where its lines are JSON, after lines of text.</summary>
[TestClass]
public sealed class SystemJsonTests
{
    private const string Logs = "/api/logs/system";

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Ndjson_has_the_structure_of_a_line_in_json()
    {
        await using var server = await ServerAsync();
        using var client = server.Client();
        var (text, json) = (await ItemsAsync(client, "q=order") is [var first, var second]) ? (first, second) : throw new AssertFailedException();
        Assert.AreEqual(@"Order 1\npaid", text.GetProperty("message").GetString(), "escaped as in the file");
        Assert.AreEqual("host/app", text.GetProperty("instance").GetString());
        foreach (var name in (string[])["job_id", "span_id", "properties", "scope", "format"]) Assert.IsFalse(text.TryGetProperty(name, out _), name);

        Assert.AreEqual("Json", json.GetProperty("format").GetString());
        Assert.AreEqual("Order 2\npaid", json.GetProperty("message").GetString());
        Assert.AreEqual("import 7", json.GetProperty("job_id").GetString());
        Assert.AreEqual("""{"Id":2,"Secret":"[REDACTED]"}""", json.GetProperty("properties").GetRawText());
        Assert.AreEqual("""{"tenant":"t1"}""", json.GetProperty("scope").GetRawText());
        Assert.AreEqual("host/app", json.GetProperty("instance").GetString());
        Assert.AreEqual(16, json.GetProperty("span_id").GetString()!.Length);
        Assert.AreEqual(1002, json.GetProperty("event_id").GetInt32());
        Assert.AreEqual("order.paid", json.GetProperty("event_name").GetString());
        Assert.AreEqual("System.InvalidOperationException: no", json.GetProperty("exception").GetString());
        var trace = json.GetProperty("trace_id").GetString();
        StringAssert.Contains(
            json.GetProperty("text").GetString(), $@"[WRN] {trace} Tests[1002:order.paid] Order 2\npaid" + "\n\tSystem.Inv", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task Text_is_text_whatever_the_file_has()
    {
        await using var server = await ServerAsync();
        using var client = server.Client();
        var lines = await client.GetStringAsync($"{Logs}/stream?follow=false&tail=100&q=order", Cancellation);
        StringAssert.Contains(lines, @"[INF] - Tests[0] Order 1\npaid" + "\n", StringComparison.Ordinal);
        StringAssert.Contains(lines, @" Tests[1002:order.paid] Order 2\npaid" + "\n\tSystem.InvalidOperationException: no\n", StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("job_id=import+7", "2")]
    [DataRow("job_id=import+7&job_id=none", "2")]
    [DataRow("job_id=none", "")]
    [DataRow("job_id.not=import+7", "1")]
    [DataRow("job_id.not=none", "1 2")]
    [DataRow("instance=host/app", "1 2")]
    [DataRow("instance=other&instance=host/app", "1 2")]
    [DataRow("instance=other", "")]
    [DataRow("instance.not=host/app", "")]
    [DataRow("instance.not=other", "1 2")]
    [DataRow("q=t1", "2")]
    [DataRow("q=tenant+-nothing", "2")]
    public async Task Jobs_and_instances_are_filters_of_the_stream_and_the_counts(string filter, string expected)
    {
        await using var server = await ServerAsync();
        using var client = server.Client();
        var found = (await ItemsAsync(client, $"category=Tests&{filter}")).Select(item => item.GetProperty("message").GetString()![6].ToString());
        Assert.AreEqual(expected, string.Join(' ', found));
        var histogram = await client.GetFromJsonAsync<JsonElement>($"{Logs}/histogram?from=1h&category=Tests&{filter}", Cancellation);
        Assert.AreEqual(
            expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length,
            histogram.GetProperty("items").EnumerateArray().Sum(item => item.GetProperty("count").GetInt32()));
    }

    [TestMethod]
    [DataRow("job_id")]
    [DataRow("instance")]
    [DataRow("job_id.not")]
    [DataRow("instance.not")]
    public async Task Too_many_values_are_refused_by_name(string name)
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        using var client = server.Client();
        var values = string.Join('&', Enumerable.Range(0, 101).Select(i => $"{name}=v{i}"));
        using var answer = await client.GetAsync($"{Logs}/stream?follow=false&{values}", Cancellation);
        Assert.AreEqual(HttpStatusCode.BadRequest, answer.StatusCode);
        StringAssert.Contains(await answer.Content.ReadAsStringAsync(Cancellation), $"\"{name}", StringComparison.Ordinal);
    }

    /// <summary>A server that logged an order in text, and after a start another one in JSON.</summary>
    private async Task<TestServer> ServerAsync()
    {
        string[] settings = ["Logging:Zotify:Instance=host/app", "Logging:Zotify:Redact:0=secret", TestServer.WithoutRequests];
        var server = await new TestServer { Settings = settings }.StartAsync(Cancellation);
        server.Logger("Tests").LogInformation("Order {Id}\npaid", 1);
        server.Settings = [.. settings, "Logging:Zotify:Handlers:System:Format=Json"];
        await server.RestartAsync(Cancellation);
        var logger = server.Logger("Tests");
        using var activity = new Activity("order").SetIdFormat(ActivityIdFormat.W3C).Start();
        using var tenant = logger.BeginScope(new Dictionary<string, object> { ["tenant"] = "t1", ["job_id"] = "import 7" });
        logger.Log(
            LogLevel.Warning,
            new EventId(1002, "order.paid"),
            new[] { KeyValuePair.Create<string, object?>("Id", 2), new("Secret", "s3cret") },
            new InvalidOperationException("no"),
            (_, _) => "Order 2\npaid");
        await server.FlushAsync(Cancellation);
        return server;
    }

    private async Task<JsonElement[]> ItemsAsync(HttpClient client, string filter)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Logs}/stream?follow=false&tail=100&{filter}");
        request.Headers.Accept.ParseAdd("application/x-ndjson");
        using var answer = await client.SendAsync(request, Cancellation);
        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode);
        var body = await answer.Content.ReadAsStringAsync(Cancellation);
        return [.. body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
    }
}
