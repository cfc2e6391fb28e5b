using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Zotify.Logging.AspNetCore.Endpoints;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

[TestClass]
public sealed class ParameterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 15, 0, 0, TimeSpan.Zero);

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public async Task A_parameter_that_cannot_be_used_is_named()
    {
        await using var server = await new TestServer().StartAsync(TestContext.CancellationToken);
        using var client = server.Client();
        (string Path, string[] Queries)[] endpoints =
        [
            ("/api/logs/system/stream", ["unknown=1", "follow=yes", "tail=-1", "tail=many", "since=yesterday", "until=2026-11-23", "from=yesterday", "to=2026-11-23", "since=1h&from=2h", "until=2h&to=1h", "level=Loud", "level=2", "level=%2B3", "level=+3", "level=Debug,Information", "q=", "tail=1&tail=2", "after=here", "before=12.x", $"q={new string('x', 1001)}"]),
            ("/api/logs/audit", ["unknown=1", "details=1", "from=soon", "to=2026-13-01T00:00:00Z", "order=up", "limit=0", "limit=1001", "limit=1.5", "cursor=here", "user_id=", "order=asc&order=asc", "format=xml", "format=", "details.=1", "details[=1", "details[a=1", "details[a].b=1", $"details.{string.Join('.', Enumerable.Repeat("a", 101))}=1"]),
            ("/api/logs/audit", ["q=%22a", "q=a+-%22", "q=%22%22", "q=%22a%22b", $"q={string.Join('+', Enumerable.Repeat("-a", 101))}", "user_id.not=", "unknown.not=1", "event_type.not=", "details.not[a=1", "details[a.not=1", "from.not=1h", "q.not=a", $"user_id.not={string.Join("&user_id.not=", Enumerable.Range(0, 101))}", $"details.not[{string.Join("][", Enumerable.Repeat("a", 101))}]=1"]),
            ("/api/logs/audit/facets", ["unknown=1", "from=soon", "user_id=", "q=%22a", "field=scope", "field=", "limit=0", "limit=1001", "interval=1h"]),
            ("/api/logs/system/histogram", ["unknown=1", "follow=true", "tail=1", "level=Loud", "level.not=Loud", "level.not=Debug,Error", "interval=0m", "interval=1h&from=0001-01-01T00:00:00Z&to=2026-11-23T15:06:10Z", "q=%22a", $"category.not={string.Join("&category.not=", Enumerable.Range(0, 101))}"]),
            ("/api/logs/system/stream", ["level.not=Loud", "category.not=", "q=%22a"]),
            ("/api/logs/jobs", ["q=%22a", "status.not=done", "job_type.not=", "order=asc"]),
            ("/api/logs/jobs/x", ["q=%22a", "level.not=Loud"]),
            ("/api/logs/jobs/x/progress", ["unknown=1", "limit=0", "limit=201"]),
            ("/api/logs/jobs/x/stream", ["q=%22a", "level.not="]),
            ("/api/logs/audit/event-types", ["unknown=1", "from=soon", "event_type=", "user_id=u1"]),
            ("/api/logs/audit/histogram", ["unknown=1", "interval=0h", "interval=0m", "interval=5s", "interval=h", "interval=-1d", "interval=99999999999999999999h", "interval=99999999999d", "interval=1h&from=0001-01-01T00:00:00Z&to=2026-11-23T15:06:10Z"]),
            ("/api/logs/audit/0198c7f3-5a10-7c3e-9d41-6f0a2b7c8d9e", ["unknown=1"]),
            ("/api/logs/jobs", ["unknown=1", "status=done", "status=", "status=running&status=Failed", "job_type=", "from=soon", "to=5y", "q=", "limit=0", "limit=1001", "cursor=here", "cursor=a&cursor=b"]),
            ("/api/logs/jobs/x/wait", ["unknown=1", "timeout=", "timeout=30", "timeout=-1s", "timeout=301s", "timeout=6m", "timeout=soon", "timeout=1.5s", "timeout=99999999999999999999s", "timeout=999999999999d", "timeout=1s&timeout=2s"]),
            ("/api/logs/jobs/x", ["unknown=1", "after=here", "tail=x", "level=None", "q=", "from=2026-11-23T15:06:10", "to=5y", "limit=10001"]),
        ];
        foreach (var (path, queries) in endpoints)
        {
            foreach (var query in queries)
            {
                using var answer = await client.GetAsync($"{path}?{query}", TestContext.CancellationToken);
                Assert.AreEqual(HttpStatusCode.BadRequest, answer.StatusCode, $"{path}?{query}");
                Assert.AreEqual("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
                var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.CancellationToken);
                var name = query.Split('=')[0];
                Assert.AreEqual(name, problem.GetProperty("parameter").GetString(), $"{path}?{query}");
                StringAssert.StartsWith(problem.GetProperty("detail").GetString(), $"{name}: ", StringComparison.Ordinal);
            }
        }
    }

    [TestMethod]
    [DataRow("{bad", "application/json", HttpStatusCode.BadRequest, "body")]
    [DataRow("", "application/json", HttpStatusCode.BadRequest, "body")]
    [DataRow("null", "application/json", HttpStatusCode.BadRequest, "body")]
    [DataRow("[]", "application/json", HttpStatusCode.BadRequest, "body")]
    [DataRow("{\"pause_ms\":\"soon\"}", "application/json", HttpStatusCode.BadRequest, "pause_ms")]
    [DataRow("{\"pause_ms\":-1}", "application/json", HttpStatusCode.BadRequest, "pause_ms")]
    [DataRow("{}", "text/plain", HttpStatusCode.UnsupportedMediaType, "Content-Type")]
    [DataRow("{large}", "application/json", HttpStatusCode.RequestEntityTooLarge, "body")]
    public async Task A_body_that_cannot_be_read_is_the_callers_fault_and_the_field_is_named(
        string body, string type, HttpStatusCode expected, string field)
    {
        await using var server = await new TestServer().StartAsync(TestContext.CancellationToken);
        using var client = server.Client();
        using var content = new StringContent(
            body.Replace("{large}", new string(' ', 70_000), StringComparison.Ordinal), Encoding.UTF8, type);
        using var answer = await client.PutAsync("/api/demo/settings", content, TestContext.CancellationToken);
        Assert.AreEqual(expected, answer.StatusCode);
        Assert.AreEqual("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.CancellationToken);
        Assert.AreEqual(field, problem.GetProperty("parameter").GetString());
        StringAssert.StartsWith(problem.GetProperty("detail").GetString(), $"{field}: ", StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("POST", "/session", "{\"key\":\"x\"}", HttpStatusCode.Unauthorized)]
    [DataRow("PUT", "/api/demo/settings", "{\"pause_ms\":0}", HttpStatusCode.OK)]
    [DataRow("PUT", "/api/logs/levels", "{\"match\":{\"user_id\":\"u\"},\"level\":\"debug\",\"expires\":\"1m\"}", HttpStatusCode.OK)]
    public async Task Every_body_is_read_in_UTF8_and_refused_in_any_other_charset(
        string method, string path, string body, HttpStatusCode read)
    {
        await using var server = await new TestServer().StartAsync(TestContext.CancellationToken);
        using var client = path == "/session" ? server.Client(key: null) : server.Client();
        foreach (var (charset, expected) in ((string, HttpStatusCode)[])[
            ("utf-8", read), ("\"UTF-8\"", read), ("us-ascii", read), ("foo", HttpStatusCode.UnsupportedMediaType),
            ("utf-7", HttpStatusCode.UnsupportedMediaType), ("\"utf-16\"", HttpStatusCode.UnsupportedMediaType),
            ("", HttpStatusCode.UnsupportedMediaType), (";", HttpStatusCode.UnsupportedMediaType)])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", $"application/json; charset={charset}");
            using var answer = await client.SendAsync(request, TestContext.CancellationToken);
            Assert.AreEqual(expected, answer.StatusCode, charset);
            if (expected == read) continue;
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.CancellationToken);
            Assert.AreEqual("Content-Type", problem.GetProperty("parameter").GetString());
        }
    }

    [TestMethod]
    public async Task A_cursor_that_came_by_a_header_is_named_by_it()
    {
        await using var server = await new TestServer().StartAsync(TestContext.CancellationToken);
        using var client = server.Client();
        client.DefaultRequestHeaders.Add("Last-Event-ID", "garbage");
        using var answer = await client.GetAsync("/api/logs/system/stream?follow=false", TestContext.CancellationToken);
        Assert.AreEqual(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.AreEqual(
            "Last-Event-ID",
            (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.CancellationToken)).GetProperty("parameter").GetString());
    }

    [TestMethod]
    public async Task A_problem_names_the_trace_that_the_logs_have()
    {
        await using var server = await new TestServer().StartAsync(TestContext.CancellationToken);
        using var client = server.Client();
        foreach (var path in (string[])["/api/logs/audit?limit=0", "/nowhere"])
        {
            using var refused = await client.GetAsync(path, TestContext.CancellationToken);
            await server.FlushAsync(TestContext.CancellationToken);
            var trace = (await refused.Content.ReadFromJsonAsync<JsonElement>(TestContext.CancellationToken))
                .GetProperty("trace_id").GetString();
            var lines = await client.GetStringAsync(
                $"/api/logs/system/stream?follow=false&trace_id={trace}", TestContext.CancellationToken);
            StringAssert.Contains(lines, $"GET {server.Url}{path} ", StringComparison.Ordinal);
        }
    }

    [TestMethod]
    [DataRow("2026-11-23T15:06:10Z", "2026-11-23T15:06:10.0000000+00:00")]
    [DataRow("2026-11-23T15:06:10.1234567Z", "2026-11-23T15:06:10.1234567+00:00")]
    [DataRow("2026-11-23T15:06:10.123456789Z", "2026-11-23T15:06:10.1234567+00:00")]
    [DataRow("2026-11-23T16:06:10.123456789+01:00", "2026-11-23T15:06:10.1234567+00:00")]
    [DataRow("2026-11-23t15:06:10.5z", "2026-11-23T15:06:10.5000000+00:00")]
    [DataRow("2026-11-23T16:06:10+01:00", "2026-11-23T15:06:10.0000000+00:00")]
    [DataRow("15m", "2026-11-23T14:45:00.0000000+00:00")]
    [DataRow("30s", "2026-11-23T14:59:30.0000000+00:00")]
    [DataRow("2h", "2026-11-23T13:00:00.0000000+00:00")]
    [DataRow("7d", "2026-11-16T15:00:00.0000000+00:00")]
    [DataRow("999999999999d", "0001-01-01T00:00:00.0000000+00:00")]
    public void Times_are_absolute_or_back_from_now(string text, string expected)
    {
        Assert.IsTrue(TimeParameter.TryParse(text, Now, out var time));
        Assert.AreEqual(expected, time.ToUniversalTime().ToString("o"));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("m")]
    [DataRow("-5m")]
    [DataRow("5 m")]
    [DataRow("5y")]
    [DataRow("2026-11-23")]
    [DataRow("2026-11-23T15:06:10")]
    [DataRow("23.11.2026 15:06:10Z")]
    [DataRow("2026-11-23T15:06:10.12345678xZ")]
    [DataRow("99999999999999999999d")]
    public void A_value_that_is_no_time_is_refused(string text) => Assert.IsFalse(TimeParameter.TryParse(text, Now, out _));
}
