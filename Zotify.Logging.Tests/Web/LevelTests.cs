using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

/// <summary>Overrides of levels over HTTP: set, listed, ended, audited, and only with the scope.</summary>
[TestClass]
public sealed class LevelTests
{
    private const string Path = "/api/logs/levels";

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task An_override_is_set_replaced_listed_and_ended_and_each_change_is_an_audit_event()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        using var client = server.Client(TestServer.AdminKey);
        var before = TimeProvider.System.GetUtcNow();
        using var set = await PutAsync(client, """{"match":{"user_id":"u42"},"level":"debug","expires":"15m"}""");
        var answer = await set.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.AreEqual(HttpStatusCode.OK, set.StatusCode, $"{answer}");
        Assert.AreEqual("""{"user_id":"u42","job_id":null,"trace_id":null,"category":null}""", answer.GetProperty("match").GetRawText());
        Assert.AreEqual("Debug", answer.GetProperty("level").GetString());
        var lasts = answer.GetProperty("expires").GetDateTimeOffset() - before;
        Assert.IsTrue(lasts >= TimeSpan.FromMinutes(15) && lasts < TimeSpan.FromMinutes(16), $"{lasts}");
        server.Logger("Shop").LogDebug("{user_id} at work", "u42");
        server.Logger("Shop").LogDebug("{user_id} at work", "u43");

        var until = before.AddHours(2);
        using var replaced = await PutAsync(client, $$"""{"match":{"user_id":"u42","job_id":null},"level":"Trace","expires":"{{until:O}}"}""");
        Assert.AreEqual(HttpStatusCode.OK, replaced.StatusCode);
        var items = (await client.GetFromJsonAsync<JsonElement>(Path, Cancellation)).GetProperty("items");
        Assert.AreEqual("Trace", items.EnumerateArray().Single().GetProperty("level").GetString());
        server.Logger("Shop").LogTrace("{user_id} at play", "u42");

        using var other = await client.DeleteAsync($"{Path}?user_id=u42&category=Shop", Cancellation);
        Assert.AreEqual(HttpStatusCode.NotFound, other.StatusCode);
        using var ended = await client.DeleteAsync($"{Path}?user_id=u42", Cancellation);
        Assert.AreEqual(HttpStatusCode.NoContent, ended.StatusCode);
        using var again = await client.DeleteAsync($"{Path}?user_id=u42", Cancellation);
        Assert.AreEqual(HttpStatusCode.NotFound, again.StatusCode);
        server.Logger("Shop").LogDebug("{user_id} after the end", "u42");
        await server.App.StopAsync(Cancellation);

        var lines = (await File.ReadAllLinesAsync(server.PathOf("logs/zotify_api.log"), Cancellation))
            .Where(line => line.Contains(" Shop[0] ", StringComparison.Ordinal)).Select(line => line.Split(' ', 5)[^1]);
        CollectionAssert.AreEqual(new[] { "u42 at work", "u42 at play" }, lines.ToArray());
        CollectionAssert.AreEqual(
            new[] { "config.level_override", "config.level_override", "config.level_override_ended" }, server.AuditFile());
        var audited = (await File.ReadAllLinesAsync(server.PathOf("logs/audit.log.json"), Cancellation)).Select(line => JsonElement.Parse(line))
            .First(line => line.GetProperty("event_type").GetString() == "config.level_override");
        Assert.AreEqual($"user of {TestServer.AdminKey}", audited.GetProperty("user_id").GetString());
        Assert.AreEqual("127.0.0.1", audited.GetProperty("source_ip").GetString());
        Assert.AreEqual("u42", audited.GetProperty("details").GetProperty("match").GetProperty("user_id").GetString());
        Assert.AreEqual("Debug", audited.GetProperty("details").GetProperty("level").GetString());
    }

    [TestMethod]
    [DataRow("", "body")]
    [DataRow("[]", "body")]
    [DataRow("""{"match":{"user_id":"u"},"match":{"user_id":"v"},"level":"Debug","expires":"1m"}""", "body")]
    [DataRow("""{"match":{"user_id":"u"},"level":"Debug","expires":"1m","for":"1m"}""", "body")]
    [DataRow("""{"match":{"user_id":"u"},"level":"Debug","expires":"1m","\ud800":1}""", "body")]
    [DataRow("""{"level":"Debug","expires":"1m"}""", "match")]
    [DataRow("""{"match":{},"level":"Debug","expires":"1m"}""", "match")]
    [DataRow("""{"match":{"user_id":null},"level":"Debug","expires":"1m"}""", "match")]
    [DataRow("""{"match":"u42","level":"Debug","expires":"1m"}""", "match")]
    [DataRow("""{"match":{"user":"u42"},"level":"Debug","expires":"1m"}""", "match")]
    [DataRow("""{"match":{"user_id":42},"level":"Debug","expires":"1m"}""", "match.user_id")]
    [DataRow("""{"match":{"user_id":""},"level":"Debug","expires":"1m"}""", "match.user_id")]
    [DataRow("""{"match":{"user_id":"\ud800"},"level":"Debug","expires":"1m"}""", "match.user_id")]
    [DataRow("""{"match":{"trace_id":"4711"},"level":"Debug","expires":"1m"}""", "match.trace_id")]
    [DataRow("""{"match":{"user_id":"u"},"expires":"1m"}""", "level")]
    [DataRow("""{"match":{"user_id":"u"},"level":"None","expires":"1m"}""", "level")]
    [DataRow("""{"match":{"user_id":"u"},"level":1,"expires":"1m"}""", "level")]
    [DataRow("""{"match":{"user_id":"u"},"level":"Debug"}""", "expires")]
    [DataRow("""{"match":{"user_id":"u"},"level":"Debug","expires":"soon"}""", "expires")]
    [DataRow("""{"match":{"user_id":"u"},"level":"Debug","expires":"0s"}""", "expires")]
    [DataRow("""{"match":{"user_id":"u"},"level":"Debug","expires":"25h"}""", "expires")]
    [DataRow("""{"match":{"user_id":"u"},"level":"Debug","expires":"2020-01-01T00:00:00Z"}""", "expires")]
    [DataRow("""{"match":{"user_id":"u"},"level":"Debug","expires":"9999-12-31T23:59:59Z"}""", "expires")]
    public async Task A_field_that_cannot_be_used_is_named_and_changes_nothing(string body, string field)
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        using var client = server.Client(TestServer.AdminKey);
        using var answer = await PutAsync(client, body);
        Assert.AreEqual(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.AreEqual("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.AreEqual(field, problem.GetProperty("parameter").GetString());
        StringAssert.StartsWith(problem.GetProperty("detail").GetString(), $"{field}: ", StringComparison.Ordinal);
        Assert.IsEmpty(server.App.Services.GetRequiredService<LoggingService>().Overrides);
    }

    [TestMethod]
    public async Task One_more_than_there_may_be_is_a_conflict()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        var service = server.App.Services.GetRequiredService<LoggingService>();
        for (var i = 0; i < 100; i++) service.Override(new LevelOverrideMatch { UserId = "u" }, LogLevel.Debug, TimeSpan.FromHours(1));
        using var client = server.Client(TestServer.AdminKey);
        using var answer = await PutAsync(client, """{"match":{"user_id":"v"},"level":"Debug","expires":"1m"}""");
        Assert.AreEqual(HttpStatusCode.Conflict, answer.StatusCode);
    }

    [TestMethod]
    public async Task A_session_changes_levels_from_the_page_itself_alone()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        using var client = server.Client(key: null);
        using var opened = await client.PostAsJsonAsync("/session", new { key = TestServer.AdminKey }, Cancellation);
        client.DefaultRequestHeaders.Add("Origin", "http://127.0.0.1:1");
        using var refused = await PutAsync(client, """{"match":{"user_id":"u"},"level":"Debug","expires":"1m"}""");
        Assert.AreEqual(HttpStatusCode.Forbidden, refused.StatusCode);
        using var ended = await client.DeleteAsync($"{Path}?user_id=u", Cancellation);
        Assert.AreEqual(HttpStatusCode.Forbidden, ended.StatusCode);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task An_application_that_lets_everybody_read_lets_nobody_change_levels(bool hasUsers)
    {
        await using var shop =
            await new OtherApplication { HasUsers = hasUsers, Map = app => app.MapZotifyLogs().AllowAnonymous() }.StartAsync(Cancellation);
        using var nobody = shop.Client();
        using var read = await nobody.GetAsync("/api/logs/handlers", Cancellation);
        Assert.AreEqual(HttpStatusCode.OK, read.StatusCode);
        using var refused = await PutAsync(nobody, """{"match":{"user_id":"u"},"level":"Debug","expires":"1m"}""");
        Assert.AreEqual(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.AreEqual("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        if (!hasUsers) return;
        using var admin = shop.Client("ada", "scope=logs:admin");
        using var set = await PutAsync(admin, """{"match":{"user_id":"u"},"level":"Debug","expires":"1m"}""");
        Assert.AreEqual(HttpStatusCode.OK, set.StatusCode);
    }

    [TestMethod]
    public async Task An_applications_own_policy_decides_who_may()
    {
        await using var shop = await new OtherApplication
        {
            Add = builder =>
            {
                builder.AddZotifyLogs();
                builder.Services.AddAuthorizationBuilder().AddPolicy("logs:admin", policy => policy.RequireClaim("role", "operator"));
            },
        }.StartAsync(Cancellation);
        using var scoped = shop.Client("bob", "scope=logs:admin");
        using var refused = await scoped.GetAsync(Path, Cancellation);
        Assert.AreEqual(HttpStatusCode.Forbidden, refused.StatusCode);
        using var admin = shop.Client("eve", "role=operator");
        using var set = await PutAsync(admin, """{"match":{"category":"Shop"},"level":"Debug","expires":"1m"}""");
        Assert.AreEqual("Debug", (await set.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("level").GetString());
        // The application's JSON options and error handling have no effect.
        using var faulty = await PutAsync(admin, "{");
        Assert.AreEqual("body", (await faulty.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("parameter").GetString());
    }

    private Task<HttpResponseMessage> PutAsync(HttpClient client, string body) => client.PutAsync(Path, ApiOperation.Body(body), Cancellation);
}
