using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

/// <summary>Terms, exclusions and counts over HTTP, alike for all logs.</summary>
[TestClass]
public sealed class FilterTests
{
    private const string Logs = "/api/logs";

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [DataRow("user_id.not=u1", "3 2")]
    [DataRow("user_id.not=u1&user_id.not=u2", "3")]
    [DataRow("USER_ID.NOT=u1", "3 2")]
    [DataRow("event_type.not=user.lo*", "3")]
    [DataRow("details[Color].not=red", "3 2")]
    [DataRow("details.not[Color]=red", "3 2")]
    [DataRow("details.Color.not=red", "3 2")]
    [DataRow("details[Color].not=red&details.not[Color]=blue", "3")]
    [DataRow("details[Color]=red&details[Color].not=red", "")]
    [DataRow("details[Color]=", "")]
    [DataRow("details[Color].not=", "3 2 1")]
    [DataRow("q=%22of+u1%22", "1")]
    [DataRow("q=number+-%22of+u1%22", "3 2")]
    [DataRow("q=USER.LOGOUT", "2")]
    [DataRow("q=color+-BLUE", "1")]
    public async Task An_audit_search_its_file_its_stream_and_its_counts_take_the_same_filters(string query, string expected)
    {
        await using var server = await ServerAsync();
        using var client = server.Client();
        var numbers = expected.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var page = await client.GetFromJsonAsync<JsonElement>($"{Logs}/audit?event_type=user.*&{query}", Cancellation);
        Assert.AreEqual(expected, string.Join(' ', page.GetProperty("items").EnumerateArray().Select(Number)));

        var file = await client.GetStringAsync($"{Logs}/audit?format=ndjson&event_type=user.*&{query}", Cancellation);
        Assert.AreEqual(expected, string.Join(' ', file.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Number(JsonElement.Parse(line)))));

        var stream = await client.GetStringAsync($"{Logs}/audit/stream?follow=false&event_type=user.*&{query}", Cancellation);
        Assert.HasCount(numbers.Length, stream.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.IsTrue(numbers.All(number => stream.Contains($"Number {number} of", StringComparison.Ordinal)), stream);

        var facets = await client.GetFromJsonAsync<JsonElement>($"{Logs}/audit/facets?field=event_type&event_type=user.*&{query}", Cancellation);
        Assert.AreEqual(numbers.Length, facets.GetProperty("counted").GetInt32());
        Assert.AreEqual(numbers.Length, facets.GetProperty("items")[0].GetProperty("values").EnumerateArray().Sum(value => value.GetProperty("count").GetInt32()));
        var histogram = await client.GetFromJsonAsync<JsonElement>($"{Logs}/audit/histogram?event_type=user.*&{query}", Cancellation);
        Assert.AreEqual(numbers.Length, histogram.GetProperty("items").EnumerateArray().Sum(item => item.GetProperty("count").GetInt32()));
    }

    [TestMethod]
    [DataRow("category.not=Other", 3)]
    [DataRow("level.not=Information&level.not=Warning", 0)]
    [DataRow("level.not=warning", 3)]
    [DataRow("q=%22number+2%22", 1)]
    [DataRow("q=number+-u1", 2)]
    [DataRow("q=user.login", 1)]
    [DataRow("q=%22hello+%5bwrn%5d%22", 0)]
    public async Task The_system_log_and_its_counts_take_the_same_filters(string query, int expected)
    {
        await using var server = await ServerAsync();
        using var client = server.Client();
        var filter = $"category=Tests&category=Other&{query}";
        var lines = await client.GetStringAsync($"{Logs}/system/stream?follow=false&tail=1000&{filter}", Cancellation);
        Assert.HasCount(expected, lines.Split('\n', StringSplitOptions.RemoveEmptyEntries), lines);
        var histogram = await client.GetFromJsonAsync<JsonElement>($"{Logs}/system/histogram?from=1h&{filter}", Cancellation);
        Assert.AreEqual(expected, histogram.GetProperty("items").EnumerateArray().Sum(item => item.GetProperty("count").GetInt32()));
        Assert.AreEqual(
            expected,
            histogram.GetProperty("items").EnumerateArray().Sum(item => item.GetProperty("information").GetInt32() + item.GetProperty("warning").GetInt32()));
        Assert.AreEqual("1m", histogram.GetProperty("interval").GetString());
        Assert.IsFalse(histogram.TryGetProperty("complete", out _));
    }

    [TestMethod]
    public async Task Jobs_have_totals_an_order_exclusions_and_progress()
    {
        await using var server = await ServerAsync();
        using var client = server.Client();
        var jobs = await client.GetFromJsonAsync<JsonElement>($"{Logs}/jobs?order=ended&status.not=failed&q=-nothing", Cancellation);
        Assert.AreEqual("done running", Ids(jobs));
        Assert.AreEqual("""{"running":1,"stalled":0,"completed":1,"failed":1,"interrupted":0}""", jobs.GetProperty("totals").GetRawText());
        Assert.AreEqual("running", Ids(await client.GetFromJsonAsync<JsonElement>($"{Logs}/jobs?job_type.not=import&status=running", Cancellation)));

        var log = await client.GetFromJsonAsync<JsonElement>($"{Logs}/jobs/done?q=-%22half+way%22&level.not=Warning", Cancellation);
        Assert.AreEqual("Began done|Ended done", string.Join('|', log.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("message").GetString())));
        var tail = await client.GetFromJsonAsync<JsonElement>($"{Logs}/jobs/done?tail=1", Cancellation);
        var before = tail.GetProperty("next_before").GetString();
        var text = await client.GetStringAsync($"{Logs}/jobs/done?format=text&tail=1&before={before}", Cancellation);
        Assert.Contains("half way", text);
        Assert.HasCount(1, text.Split('\n', StringSplitOptions.RemoveEmptyEntries));

        var progress = await client.GetFromJsonAsync<JsonElement>($"{Logs}/jobs/done/progress", Cancellation);
        Assert.AreEqual("done", progress.GetProperty("job").GetProperty("job_id").GetString());
        Assert.AreEqual(5, progress.GetProperty("items").EnumerateArray().Last().GetProperty("progress_done").GetInt64());
        Assert.AreEqual(3, progress.GetProperty("items").EnumerateArray().Sum(item => item.GetProperty("entries").GetInt32()));
        Assert.AreEqual(progress.GetRawText(), await client.GetStringAsync($"{Logs}/jobs/-/progress?job_id=done", Cancellation));
    }

    private static string Number(JsonElement item) => $"{item.GetProperty("details").GetProperty("Number").GetInt32()}";

    private static string Ids(JsonElement jobs) =>
        string.Join(' ', jobs.GetProperty("items").EnumerateArray().Select(job => job.GetProperty("job_id").GetString()));

    private async Task<TestServer> ServerAsync()
    {
        var server = await new TestServer { Settings = [TestServer.WithoutRequests] }.StartAsync(Cancellation);
        var (logger, other) = (server.Logger("Tests"), server.Logger("Other"));
        logger.LogInformation(new EventId(1, "user.login"), "Number {Number} of {user_id} is {Color}", 1, "u1", "red");
        logger.LogInformation(new EventId(2, "user.logout"), "Number {Number} of {user_id} is {Color}", 2, "u2", "blue");
        logger.LogInformation(new EventId(3, "user.other"), "Number {Number} of nobody", 3);
        other.LogWarning("Hello");
        var jobs = server.Logger("Jobs");
        jobs.LogInformation("Began {job_id}", "done");
        jobs.LogWarning("{job_id} is half way at {done}/{total}", "done", 5, 10);
        jobs.LogInformation(new EventId(4, "job.completed"), "Ended {job_id}", "done");
        jobs.LogInformation(new EventId(5, "job.failed"), "Ended {job_id}", "bad");
        jobs.LogInformation("Began {job_id}", "running");
        await server.FlushAsync(Cancellation);
        return server;
    }
}
