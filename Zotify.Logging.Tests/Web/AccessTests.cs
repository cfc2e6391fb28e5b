using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Zotify.Logging.Tests.Web.Support;
using Zotify.Logging.Web.Commands;
using Zotify.Logging.Web.SignIn;
using Zotify.Logging.Web.Startup;

namespace Zotify.Logging.Tests.Web;

[TestClass]
public sealed class AccessTests
{
    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Without_a_credential_only_health_and_the_page_answer()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        using var nobody = server.Client(key: null);
        using var wrong = server.Client("a key that nobody has");
        foreach (var path in (string[])["/api/logs/system/stream", "/api/logs/audit", "/api/logs/jobs/x", "/openapi/v1.json", "/session", "/api/demo/settings", "/nowhere"])
        {
            foreach (var client in (HttpClient[])[nobody, wrong])
            {
                using var refused = await client.GetAsync(path, Cancellation);
                Assert.AreEqual(HttpStatusCode.Unauthorized, refused.StatusCode, path);
                Assert.AreEqual("application/problem+json", refused.Content.Headers.ContentType?.MediaType, path);
            }
        }

        using var sync = await nobody.PostAsync("/api/demo/sync", null, Cancellation);
        Assert.AreEqual(HttpStatusCode.Unauthorized, sync.StatusCode);
        foreach (var path in (string[])["/health/live", "/health/ready", "/", "/audit", "/jobs", "/jobs/import%2F7", "/files/v1/js/main.js", "/files/v1/css/base.css"])
        {
            using var answer = await nobody.GetAsync(path, Cancellation);
            Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode, path);
        }
    }

    [TestMethod]
    [DataRow("/api/logs/system/stream?follow=false", TestServer.SystemKey, HttpStatusCode.OK)]
    [DataRow("/api/logs/audit", TestServer.AuditKey, HttpStatusCode.OK)]
    [DataRow("/api/logs/jobs/x", TestServer.JobsKey, HttpStatusCode.NotFound)]
    [DataRow("/api/demo/settings", TestServer.JobsKey, HttpStatusCode.OK)]
    public async Task A_scope_opens_its_own_log_only(string path, string rightKey, HttpStatusCode expected)
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        foreach (var key in (string[])[TestServer.SystemKey, TestServer.AuditKey, TestServer.JobsKey])
        {
            using var client = server.Client(key);
            using var answer = await client.GetAsync(path, Cancellation);
            Assert.AreEqual(key == rightKey ? expected : HttpStatusCode.Forbidden, answer.StatusCode, key);
        }
    }

    [TestMethod]
    public async Task Any_scope_opens_the_api_description_and_it_names_the_parameters()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        using var client = server.Client(TestServer.JobsKey);
        var description = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Cancellation);
        var names = description.GetProperty("paths").GetProperty("/api/logs/audit").GetProperty("get").GetProperty("parameters")
            .EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()).ToArray();
        CollectionAssert.IsSubsetOf(new[] { "user_id", "event_type", "from", "cursor" }, names);
    }

    [TestMethod]
    public async Task The_api_description_has_the_types_of_values()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        using var client = server.Client();
        var description = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Cancellation);
        JsonElement Get(string path) => description.GetProperty("paths").GetProperty(path).GetProperty("get");
        JsonElement Schema(string path, string parameter) => Get(path).GetProperty("parameters").EnumerateArray()
            .Single(known => known.GetProperty("name").GetString() == parameter).GetProperty("schema");

        const string stream = "/api/logs/system/stream";
        Assert.AreEqual("boolean", Schema(stream, "follow").GetProperty("type").GetString());
        Assert.AreEqual("array", Schema(stream, "category").GetProperty("type").GetString());
        Assert.HasCount(6, Schema(stream, "level").GetProperty("enum").EnumerateArray());
        Assert.HasCount(3, Get(stream).GetProperty("responses").GetProperty("200").GetProperty("content").EnumerateObject());
        Assert.AreEqual("integer", Schema("/api/logs/audit", "limit").GetProperty("type").GetString());
        Assert.AreEqual(1_000, Schema("/api/logs/audit", "limit").GetProperty("maximum").GetInt32());

        var schemas = description.GetProperty("components").GetProperty("schemas");
        CollectionAssert.AreEqual(
            new[] { "items", "next_cursor", "prev_cursor" }, schemas.GetProperty("AuditAnswer")
                .GetProperty("required").EnumerateArray().Select(name => name.GetString()).ToArray());
        Assert.AreEqual(
            "integer", schemas.GetProperty("AuditEvent").GetProperty("properties").GetProperty("seq").GetProperty("type").GetString());
    }

    [TestMethod]
    public async Task The_page_signs_in_with_a_key_and_keeps_a_strict_cookie()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        using var client = server.Client(key: null);
        using var refused = await client.PostAsJsonAsync("/session", new { key = "wrong" }, Cancellation);
        Assert.AreEqual(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var opened = await client.PostAsJsonAsync("/session", new { key = TestServer.AuditKey }, Cancellation);
        Assert.AreEqual(HttpStatusCode.OK, opened.StatusCode);
        var cookie = opened.Headers.GetValues("Set-Cookie").Single();
        StringAssert.Contains(cookie, "httponly", StringComparison.Ordinal);
        StringAssert.Contains(cookie, "samesite=strict", StringComparison.Ordinal);

        // HttpClient keeps cookies by itself.
        using var read = await client.GetAsync("/api/logs/audit", Cancellation);
        Assert.AreEqual(HttpStatusCode.OK, read.StatusCode);
        using var other = await client.GetAsync("/api/logs/jobs/x", Cancellation);
        Assert.AreEqual(HttpStatusCode.Forbidden, other.StatusCode);
        using var closed = await client.DeleteAsync("/session", Cancellation);
        Assert.AreEqual(HttpStatusCode.NoContent, closed.StatusCode);
        using var after = await client.GetAsync("/api/logs/audit", Cancellation);
        Assert.AreEqual(HttpStatusCode.Unauthorized, after.StatusCode);
        await server.App.StopAsync(Cancellation);
        CollectionAssert.AreEqual(new[] { "user.login_failed", "user.login", "audit.read", "user.logout" }, server.AuditFile());
    }

    [TestMethod]
    public async Task The_link_signs_in_once_where_nothing_is_configured()
    {
        await using var server = await new TestServer { HasKeys = false }.StartAsync(Cancellation);
        var token = server.App.Services.GetRequiredService<SignInLink>().Issue();
        using var client = server.Client(key: null);
        using var wrong = await client.GetAsync("/sign-in?token=guessed", Cancellation);
        Assert.AreEqual(HttpStatusCode.Unauthorized, wrong.StatusCode);
        using var page = await client.GetAsync($"/sign-in?token={token}", Cancellation);
        StringAssert.Contains(
            await page.Content.ReadAsStringAsync(Cancellation), "<title>Zotify logging</title>", StringComparison.Ordinal);
        using var read = await client.GetAsync("/api/logs/audit", Cancellation);
        Assert.AreEqual(HttpStatusCode.OK, read.StatusCode);
        using var again = server.Client(key: null);
        using var used = await again.GetAsync($"/sign-in?token={token}", Cancellation);
        Assert.AreEqual(HttpStatusCode.Unauthorized, used.StatusCode);
        // The log has the requests, but no credential.
        await server.FlushAsync(Cancellation);
        var log = await client.GetStringAsync("/api/logs/system/stream?follow=false&tail=1000", Cancellation);
        StringAssert.Contains(log, "/sign-in", StringComparison.Ordinal);
        Assert.DoesNotContain("token", log, StringComparison.Ordinal);
        Assert.DoesNotContain(token, log, StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("http://0.0.0.0:0")]
    [DataRow("http://*:0")]
    [DataRow("http://127.0.0.1:0;http://[::]:0")]
    public async Task With_nothing_configured_it_listens_on_this_machine_only(string urls)
    {
        await using var server = new TestServer { HasKeys = false, Settings = [$"urls={urls}"] };
        var refused = await Assert.ThrowsAsync<InvalidSettingException>(() => server.StartAsync(Cancellation));
        StringAssert.Contains(refused.Message, "Zotify:Access:ApiKeys", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task Ports_count_only_where_no_urls_are_set()
    {
        // Container images set the port; Kestrel ignores it.
        await using var server = await new TestServer { HasKeys = false, Settings = ["http_ports=8080"] }.StartAsync(Cancellation);
        StringAssert.StartsWith(server.Url, "http://127.0.0.1:", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task A_faulty_key_is_named_in_full()
    {
        await using var server =
            new TestServer { HasKeys = false, Settings = ["Zotify:Access:ApiKeys:0:Sha256=12", "Zotify:Access:ApiKeys:0:Scopes:0=logs:all"] };
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => server.StartAsync(Cancellation));
        foreach (var key in (string[])["Name", "Sha256", "Scopes:0"])
        {
            Assert.ContainsSingle(
                fault => fault.StartsWith($"Zotify:Access:ApiKeys:0:{key}: ", StringComparison.Ordinal), refused.Failures);
        }
    }

    [TestMethod]
    [DataRow("key", "new", "--name", "ops", "--scopes", "logs:audit")]
    [DataRow("key", "new", "--scopes=logs:audit", "--name=ops")]
    public async Task The_command_creates_a_key_that_works_with_the_printed_configuration(params string[] args)
    {
        using var output = new StringWriter();
        Assert.AreEqual(0, await CommandLine.RunAsync(args, NotServed, output, TextWriter.Null, Cancellation));
        var lines = output.ToString().Split(Environment.NewLine);
        var settings = lines.Where(line => line.StartsWith("Zotify__", StringComparison.Ordinal))
            .Select(line => line.Replace("__", ":", StringComparison.Ordinal));
        await using var server = await new TestServer { HasKeys = false, Settings = [.. settings] }.StartAsync(Cancellation);
        using var client = server.Client(lines[0].Split(": ")[1]);
        using var answer = await client.GetAsync("/api/logs/audit", Cancellation);
        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode);
    }

    [TestMethod]
    [DataRow("key", "old", "--name", "ops", "--scopes", "logs:audit")]
    [DataRow("key", "new", "--name", "ops", "--scopes", "logs:everything")]
    [DataRow("key", "new", "--name", "", "--scopes", "logs:audit")]
    [DataRow("key", "new", "--name", "ops")]
    public async Task The_command_refuses_what_it_does_not_understand(params string[] args)
    {
        using var error = new StringWriter();
        using var output = new StringWriter();
        Assert.AreEqual(2, await CommandLine.RunAsync(args, NotServed, output, error, Cancellation));
        Assert.AreEqual("", output.ToString());
        Assert.AreNotEqual("", error.ToString());
    }

    private static Task<int> NotServed(string[] settings) => throw new InvalidOperationException("The program was started.");
}
