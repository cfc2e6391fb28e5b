using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.AspNetCore.Common;
using Zotify.Logging.Common;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Web.Support;
using Zotify.Logging.Web.SignIn;

namespace Zotify.Logging.Tests.Web;

/// <summary>Sessions of the page: how they end, and what may use them.</summary>
[TestClass]
public sealed class SessionTests
{
    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Signing_out_ends_the_session_for_every_copy_of_its_cookie_and_its_open_streams()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        var cookie = await SignInAsync(server);
        var other = await SignInAsync(server);
        using var client = ClientOf(server, cookie);
        using var stream = await client.GetAsync("/api/logs/system/stream", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        using var body = new StreamReader(await stream.Content.ReadAsStreamAsync(Cancellation));
        Assert.AreEqual(HttpStatusCode.OK, stream.StatusCode);

        using var signOut = ClientOf(server, cookie);
        using var closed = await signOut.DeleteAsync("/session", Cancellation);
        Assert.AreEqual(HttpStatusCode.NoContent, closed.StatusCode);

        await Assert.ThrowsAsync<IOException>(() => body.ReadToEndAsync(Cancellation));
        using var copy = ClientOf(server, cookie);
        using var refused = await copy.GetAsync("/api/logs/system/stream?follow=false", Cancellation);
        Assert.AreEqual(HttpStatusCode.Unauthorized, refused.StatusCode);
        // The same key's other session goes on.
        using var unaffected = ClientOf(server, other);
        using var read = await unaffected.GetAsync("/api/logs/system/stream?follow=false", Cancellation);
        Assert.AreEqual(HttpStatusCode.OK, read.StatusCode);
    }

    [TestMethod]
    public async Task A_session_that_was_ended_stays_so_after_a_restart()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        var (cookie, other) = (await SignInAsync(server), await SignInAsync(server));
        using (var client = ClientOf(server, cookie))
        using (var closed = await client.DeleteAsync("/session", Cancellation))
            Assert.AreEqual(HttpStatusCode.NoContent, closed.StatusCode);

        await server.RestartAsync(Cancellation);

        using var copy = ClientOf(server, cookie);
        using var refused = await copy.GetAsync("/api/logs/audit", Cancellation);
        Assert.AreEqual(HttpStatusCode.Unauthorized, refused.StatusCode);
        // Where the machine keeps no keys of cookies, no session outlives a restart.
        using var unaffected = ClientOf(server, other);
        using var read = await unaffected.GetAsync("/api/logs/audit", Cancellation);
        if (read.StatusCode is HttpStatusCode.Unauthorized) Assert.Inconclusive("The machine keeps no keys of cookies.");
        Assert.AreEqual(HttpStatusCode.OK, read.StatusCode);
    }

    [TestMethod]
    public async Task An_ended_session_is_forgotten_when_its_cookie_is_no_longer_valid_and_a_damaged_file_is_read_on()
    {
        using var folder = new TemporaryFolder();
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var services = new ServiceCollection().AddKeyedSingleton<TimeProvider>(LoggingClock.Key, time).BuildServiceProvider();
        EndedSessions Open() => new(new RequestClock(services), folder.Path, NullLogger<EndedSessions>.Instance);
        Open().Add("first");
        time.Advance(Sessions.Lifetime - TimeSpan.FromMinutes(1));
        var second = Open();
        second.Add("second");
        var file = Path.Combine(folder.Path, "zotify.sessions");
        await File.AppendAllTextAsync(file, "third 2026-\n\nfourth", Cancellation);
        Assert.AreEqual((true, true, false), (Open().Contains("first"), Open().Contains("second"), Open().Contains("third")));
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.AreEqual((false, true), (Open().Contains("first"), Open().Contains("second")));
        second.Add("fifth");
        Assert.DoesNotContain("first", await File.ReadAllTextAsync(file, Cancellation), StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task Two_programs_on_one_host_have_cookies_of_their_own()
    {
        await using var one = await new TestServer().StartAsync(Cancellation);
        await using var two = await new TestServer().StartAsync(Cancellation);
        var (first, second) = (await SignInAsync(one), await SignInAsync(two));
        Assert.AreNotEqual(first.Split('=')[0], second.Split('=')[0]);
        // A browser sends both to both.
        foreach (var server in (TestServer[])[one, two])
        {
            using var client = ClientOf(server, $"{first}; {second}");
            using var read = await client.GetAsync("/session", Cancellation);
            Assert.AreEqual(HttpStatusCode.OK, read.StatusCode);
        }
    }

    [TestMethod]
    [DataRow("Basic b3BzOm9wcw==")]
    [DataRow("Bearer x")]
    public async Task A_header_that_authenticates_nobody_does_not_let_the_cookie_pass(string authorization)
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        using var client = ClientOf(server, await SignInAsync(server));
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        client.DefaultRequestHeaders.Add("Origin", "http://127.0.0.1:1");
        using var changed = await client.PutAsJsonAsync("/api/demo/settings", new { pause_ms = 0 }, Cancellation);
        Assert.AreEqual(HttpStatusCode.Forbidden, changed.StatusCode);
    }

    [TestMethod]
    public async Task A_link_that_is_looked_at_first_still_signs_in_and_opened_again_it_goes_to_the_page()
    {
        await using var server = await new TestServer { HasKeys = false }.StartAsync(Cancellation);
        var link = $"/sign-in?token={server.App.Services.GetRequiredService<SignInLink>().Issue()}";
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(server.Url) };
        using var look = new HttpRequestMessage(HttpMethod.Head, link);
        using var looked = await client.SendAsync(look, Cancellation);
        Assert.AreEqual(HttpStatusCode.OK, looked.StatusCode);
        for (var i = 0; i < 2; i++)
        {
            using var opened = await client.GetAsync(link, Cancellation);
            Assert.AreEqual((HttpStatusCode.Redirect, "./"), (opened.StatusCode, opened.Headers.Location?.ToString()));
        }

        using var other = server.Client(key: null);
        using var refused = await other.GetAsync(link, Cancellation);
        Assert.AreEqual(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [TestMethod]
    public async Task A_rejected_key_is_an_audit_event_and_many_are_a_few()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        using var wrong = server.Client("a key that nobody has");
        for (var i = 0; i < RejectedKeys.MostEvents + 5; i++)
        {
            using var refused = await wrong.GetAsync("/api/logs/audit", Cancellation);
            Assert.AreEqual(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        await server.FlushAsync(Cancellation);
        using var client = server.Client();
        var events = (await client.GetFromJsonAsync<JsonElement>("/api/logs/audit?event_type=user.login_failed", Cancellation))
            .GetProperty("items").EnumerateArray().ToArray();
        Assert.HasCount(RejectedKeys.MostEvents, events);
        Assert.AreEqual(
            ("127.0.0.1", "api key"),
            (events[0].GetProperty("source_ip").GetString(), events[0].GetProperty("details").GetProperty("method").GetString()));
        Assert.DoesNotContain("nobody has", events[0].GetRawText(), StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("/docs")]
    [DataRow("/docs/scalar")]
    public async Task Nothing_redirects_to_the_host_that_a_request_names(string path)
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(server.Url) };
        client.DefaultRequestHeaders.Host = "evil.example.org";
        using var answer = await client.GetAsync(path, Cancellation);
        Assert.DoesNotContain("evil", $"{answer.Headers.Location}", StringComparison.Ordinal);
        Assert.DoesNotContain("evil", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("/api/logs/audit?limit=0")]
    [DataRow("/nowhere")]
    [DataRow("/session")]
    public async Task A_problem_has_one_trace_id(string path)
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        using var client = path == "/session" ? server.Client(key: null) : server.Client();
        using var answer = await client.GetAsync(path, Cancellation);
        var traces = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).EnumerateObject()
            .Where(member => member.Name.Contains("trace", StringComparison.OrdinalIgnoreCase)).ToArray();
        Assert.AreEqual("trace_id", traces.Single().Name);
        Assert.AreEqual(32, traces[0].Value.GetString()!.Length);
    }

    [TestMethod]
    [DataRow("/health/live")]
    [DataRow("/health/ready")]
    [DataRow("/openapi/v1.json")]
    [DataRow("/")]
    [DataRow("/audit")]
    [DataRow("/docs/")]
    public async Task Health_the_description_and_the_pages_are_asked_for_by_HEAD_too(string path)
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        using var client = server.Client(path == "/openapi/v1.json" ? TestServer.AllKey : null);
        using var ask = new HttpRequestMessage(HttpMethod.Head, path);
        using var answer = await client.SendAsync(ask, Cancellation);
        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode);
        Assert.AreEqual("", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    /// <summary>Opens a session; its cookie.</summary>
    private async Task<string> SignInAsync(TestServer server)
    {
        using var client = server.Client(key: null);
        using var opened = await client.PostAsJsonAsync("/session", new { key = TestServer.AllKey }, Cancellation);
        return opened.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private static HttpClient ClientOf(TestServer server, string cookie)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(server.Url) };
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        return client;
    }
}
