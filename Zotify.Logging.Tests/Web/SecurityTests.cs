using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Zotify.Logging.AspNetCore.Security;
using Zotify.Logging.Tests.Web.Support;
using Zotify.Logging.Web.SignIn;

namespace Zotify.Logging.Tests.Web;

[TestClass]
public sealed class SecurityTests
{
    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Every_answer_has_the_headers_that_keep_a_browser_safe_those_to_faults_too()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        server.App.MapGet("/fault", IResult () => throw new InvalidOperationException("a fault of ours")).AllowAnonymous();
        using var client = server.Client();
        (string Path, HttpStatusCode Status)[] answers =
        [
            ("/", HttpStatusCode.OK), ("/files/v1/js/main.js", HttpStatusCode.OK), ("/audit", HttpStatusCode.OK),
            ("/jobs/import%2F7", HttpStatusCode.OK), ("/health/live", HttpStatusCode.OK), ("/api/logs/audit", HttpStatusCode.OK),
            ("/openapi/v1.json", HttpStatusCode.OK), ("/api/logs/audit?limit=0", HttpStatusCode.BadRequest),
            ("/nowhere", HttpStatusCode.NotFound), ("/fault", HttpStatusCode.InternalServerError),
        ];
        // The page and its files hold nothing of the logs. A browser asks whether they are still the same.
        string[] ofThePage = ["/", "/files/v1/js/main.js", "/audit", "/jobs/import%2F7"];
        foreach (var (path, status) in answers)
        {
            using var answer = await client.GetAsync(path, Cancellation);
            Assert.AreEqual(status, answer.StatusCode, path);
            Assert.AreEqual("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single(), path);
            Assert.AreEqual("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single(), path);
            Assert.AreEqual(!ofThePage.Contains(path), answer.Headers.CacheControl?.NoStore, path);
            Assert.AreEqual(ofThePage.Contains(path) || status == HttpStatusCode.InternalServerError, answer.Headers.CacheControl?.NoCache, path);
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            StringAssert.Contains(policy, "default-src 'self'", StringComparison.Ordinal);
            StringAssert.Contains(policy, "frame-ancestors 'none'", StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.IsFalse(answer.Headers.Contains("Server"), path);
            Assert.IsFalse(answer.Headers.Contains("Access-Control-Allow-Origin"), path);
        }

        using var fault = await client.GetAsync("/fault", Cancellation);
        Assert.AreEqual("application/problem+json", fault.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("a fault of ours", await fault.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task An_unknown_caller_gets_the_name_of_the_credential()
    {
        await using var server =
            await new TestServer { Settings = ["Authentication:Schemes:Bearer:ValidIssuer=tests"] }.StartAsync(Cancellation);
        foreach (var key in (string?[])[null, "wrong"])
        {
            using var client = server.Client(key);
            using var refused = await client.GetAsync("/api/logs/audit", Cancellation);
            CollectionAssert.AreEqual(
                new[] { "ApiKey", "Bearer" }, refused.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme).ToArray());
        }

        using var other = server.Client(key: null);
        other.DefaultRequestHeaders.Authorization = new("Bearer", "x");
        using var invalid = await other.GetAsync("/api/logs/audit", Cancellation);
        StringAssert.Contains(invalid.Headers.WwwAuthenticate.ToString(), "invalid_token", StringComparison.Ordinal);
        using var failed = await other.PostAsJsonAsync("/session", new { key = "wrong" }, Cancellation);
        Assert.HasCount(2, failed.Headers.WwwAuthenticate);
    }

    [TestMethod]
    public async Task An_address_that_fails_to_sign_in_too_often_has_to_wait_and_no_other_does()
    {
        await using var server = await new TestServer { Settings = ["Zotify:Access:Proxies:0=127.0.0.1"] }.StartAsync(Cancellation);
        using var client = server.Client(key: null);
        for (var i = 0; i < FailedSignIns.MostFailures; i++)
        {
            // A successful sign-in is not counted.
            using var right = await SignInAsync(client, TestServer.AuditKey, "192.0.2.1");
            Assert.AreEqual(HttpStatusCode.OK, right.StatusCode);
            using var failed = await SignInAsync(client, "wrong", "192.0.2.1");
            Assert.AreEqual(HttpStatusCode.Unauthorized, failed.StatusCode);
        }

        foreach (var key in (string[])["wrong", TestServer.AuditKey])
        {
            using var refused = await SignInAsync(client, key, "192.0.2.1");
            Assert.AreEqual(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.AreEqual("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
            Assert.IsTrue(refused.Headers.RetryAfter?.Delta is { TotalSeconds: > 0 and <= 60 });
        }

        using var other = await SignInAsync(client, TestServer.AuditKey, "192.0.2.2");
        Assert.AreEqual(HttpStatusCode.OK, other.StatusCode);
        await server.App.StopAsync(Cancellation);
        Assert.AreEqual(FailedSignIns.MostFailures, server.AuditFile().Count(type => type == "user.login_failed"));
    }

    [TestMethod]
    public async Task Costly_queries_of_one_user_are_bounded_and_do_not_hold_up_another()
    {
        await using var server = new TestServer();
        await server.StartAsync(Cancellation);
        var gate = new TaskCompletionSource();
        server.App.MapGet("/costly", async () => { await gate.Task; })
            .RequireAuthorization(Scopes.AnyPolicy).RequireRateLimiting(CostlyQueries.Policy);
        using var busy = server.Client(TestServer.AuditKey);
        var running = Enumerable.Range(0, CostlyQueries.AtOnce + CostlyQueries.Waiting + 1)
            .Select(_ => busy.GetAsync("/costly", Cancellation)).ToList();
        var refused = await await Task.WhenAny(running);
        Assert.AreEqual(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.AreEqual(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        Assert.AreEqual("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        using var queried = await busy.GetAsync("/api/logs/audit", Cancellation);
        Assert.AreEqual(HttpStatusCode.TooManyRequests, queried.StatusCode);
        using var other = server.Client(TestServer.AllKey);
        using var answer = await other.GetAsync("/api/logs/audit", Cancellation);
        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode);

        gate.SetResult();
        var done = await Task.WhenAll(running);
        Assert.AreEqual(1, done.Count(one => one.StatusCode == HttpStatusCode.TooManyRequests));
        foreach (var one in done) one.Dispose();
    }

    [TestMethod]
    [DataRow("Sec-Fetch-Site", "same-origin", HttpStatusCode.OK)]
    [DataRow("Sec-Fetch-Site", "none", HttpStatusCode.OK)]
    [DataRow("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [DataRow("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [DataRow("Origin", "http://127.0.0.1:1", HttpStatusCode.Forbidden)]
    [DataRow("Origin", "null", HttpStatusCode.Forbidden)]
    [DataRow("Origin", "{own}", HttpStatusCode.OK)]
    [DataRow("X-Other", "a program keeps its cookie itself", HttpStatusCode.OK)]
    public async Task A_session_changes_something_only_from_the_page_itself(string header, string value, HttpStatusCode expected)
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        using var client = server.Client(key: null);
        using var opened = await client.PostAsJsonAsync("/session", new { key = TestServer.JobsKey }, Cancellation);
        client.DefaultRequestHeaders.Add(header, value.Replace("{own}", server.Url, StringComparison.Ordinal));
        using var read = await client.GetAsync("/api/demo/settings", Cancellation);
        Assert.AreEqual(HttpStatusCode.OK, read.StatusCode);
        using var changed = await client.PutAsJsonAsync("/api/demo/settings", new { pause_ms = 0 }, Cancellation);
        Assert.AreEqual(expected, changed.StatusCode);
        using var signedIn = await client.PostAsJsonAsync("/session", new { key = TestServer.JobsKey }, Cancellation);
        Assert.AreEqual(expected, signedIn.StatusCode);
        // A browser never adds a key by itself.
        client.DefaultRequestHeaders.Add("X-API-Key", TestServer.JobsKey);
        using var byKey = await client.PutAsJsonAsync("/api/demo/settings", new { pause_ms = 0 }, Cancellation);
        Assert.AreEqual(HttpStatusCode.OK, byKey.StatusCode);
    }

    [TestMethod]
    [DataRow("127.0.0.1", "192.0.2.9", "192.0.2.9")]
    [DataRow("127.0.0.0/8", "198.51.100.1, 192.0.2.9", "192.0.2.9")]
    [DataRow("127.0.0.0/8", "192.0.2.9, 127.0.0.7", "192.0.2.9")]
    [DataRow("10.0.0.1", "192.0.2.9", "127.0.0.1")]
    [DataRow(null, "192.0.2.9", "127.0.0.1")]
    public async Task The_callers_address_is_taken_from_configured_proxies_only(string? proxy, string forwarded, string expected)
    {
        await using var server =
            await new TestServer { Settings = proxy is null ? [] : [$"Zotify:Access:Proxies:0={proxy}"] }.StartAsync(Cancellation);
        using var client = server.Client();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", forwarded);
        using var changed = await client.PutAsJsonAsync("/api/demo/settings", new { pause_ms = 0 }, Cancellation);
        await server.FlushAsync(Cancellation);
        var page = await client.GetFromJsonAsync<JsonElement>("/api/logs/audit", Cancellation);
        Assert.AreEqual(expected, page.GetProperty("items")[0].GetProperty("source_ip").GetString());
    }

    [TestMethod]
    public async Task Scripts_of_configured_origins_may_read_by_a_key_and_no_others()
    {
        await using var server =
            await new TestServer { Settings = ["Zotify:Access:Origins:0=https://ops.example.org"] }.StartAsync(Cancellation);
        using var client = server.Client(TestServer.AuditKey);
        foreach (var (origin, allowed) in ((string, string?)[])[("https://ops.example.org", "https://ops.example.org"), ("https://evil.example.org", null)])
        {
            using var asked = await SendAsync(
                client,
                HttpMethod.Options,
                origin,
                ("Access-Control-Request-Method", "GET"),
                ("Access-Control-Request-Headers", "x-api-key"));
            Assert.AreEqual(allowed, Allowed(asked, "Origin"));
            using var read = await SendAsync(client, HttpMethod.Get, origin);
            Assert.AreEqual(allowed, Allowed(read, "Origin"));
            Assert.IsNull(Allowed(read, "Credentials"));
        }
    }

    [TestMethod]
    [DataRow("Zotify:Access:ApiKey:0:Name", "Zotify:Access:ApiKey", "x")]
    [DataRow("Zotify:Access:ApiKeys:0:Scope:0", "Zotify:Access:ApiKeys:0:Scope", "logs:audit")]
    [DataRow("Zotify:Access:Proxies:0", "Zotify:Access:Proxies:0", "proxy.example.org")]
    [DataRow("Zotify:Access:Origins:0", "Zotify:Access:Origins:0", "https://ops.example.org/page")]
    [DataRow("Zotify:Access:Origins:0", "Zotify:Access:Origins:0", "*")]
    public async Task A_faulty_or_misspelled_key_of_the_access_is_named(string key, string named, string value)
    {
        await using var server = new TestServer { Settings = [$"{key}={value}"] };
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => server.StartAsync(Cancellation));
        Assert.ContainsSingle(fault => fault.StartsWith($"{named}: ", StringComparison.Ordinal), refused.Failures);
    }

    private static string? Allowed(HttpResponseMessage answer, string what) =>
        answer.Headers.TryGetValues($"Access-Control-Allow-{what}", out var values) ? values.Single() : null;

    private async Task<HttpResponseMessage> SignInAsync(HttpClient client, string key, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/session") { Content = JsonContent.Create(new { key }) };
        request.Headers.Add("X-Forwarded-For", address);
        return await client.SendAsync(request, Cancellation);
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpClient client, HttpMethod method, string origin, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, "/api/logs/audit");
        request.Headers.Add("Origin", origin);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return await client.SendAsync(request, Cancellation);
    }
}
