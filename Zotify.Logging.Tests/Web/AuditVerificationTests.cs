using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

[TestClass]
public sealed class AuditVerificationTests
{
    private const string Path = "/api/logs/audit/verify";

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task A_log_as_it_was_written_is_valid_and_asking_is_an_audit_event()
    {
        await using var server = await StartAsync();
        using var client = server.Client(TestServer.AuditKey);
        var lines = Files(server).Lines.Length;
        var answer = await client.GetFromJsonAsync<JsonElement>(Path, Cancellation);
        Assert.AreEqual("valid", answer.GetProperty("status").GetString());
        Assert.AreEqual(JsonValueKind.Null, answer.GetProperty("first_bad_seq").ValueKind);
        Assert.AreEqual(JsonValueKind.Null, answer.GetProperty("reason").ValueKind);
        Assert.AreEqual(lines, answer.GetProperty("checked").GetInt64());
        Assert.AreEqual(lines, answer.GetProperty("last_seq").GetInt64());
        Assert.AreEqual(lines, answer.GetProperty("database").GetProperty("checked").GetInt64());
        Assert.IsTrue(answer.GetProperty("anchored").GetBoolean());

        await server.FlushAsync(Cancellation);
        Assert.AreEqual(1, server.Scalar(
            $"""
            SELECT COUNT(*) FROM audit_events WHERE event_type = 'audit.read' AND user_id = 'user of {TestServer.AuditKey}'
            AND details ->> '$.status' = 'Valid' AND details ->> '$.count' = {lines}
            """));
    }

    [TestMethod]
    public async Task Events_logged_before_are_verified()
    {
        await using var server = await StartAsync();
        using var client = server.Client();
        for (var n = 0; n < 500; n++) server.Logger("Tests").LogInformation(new EventId(1, "user.test"), "Later event {n}", n);
        // On a busy machine, 500 lines may take more than the moment that an answer waits for them.
        var answer = await client.GetFromJsonAsync<JsonElement>(Path, Cancellation);
        while (answer.TryGetProperty("complete", out _)) answer = await client.GetFromJsonAsync<JsonElement>(Path, Cancellation);
        await server.FlushAsync(Cancellation);
        var last = Array.FindLastIndex(Files(server).Lines, line => line.Contains("Later event 499", StringComparison.Ordinal)) + 1;
        Assert.IsGreaterThanOrEqualTo(last, answer.GetProperty("checked").GetInt64());
    }

    [TestMethod]
    public async Task A_changed_log_is_broken_at_the_first_changed_line()
    {
        await using var server = await StartAsync();
        var text = await File.ReadAllTextAsync(Files(server).Active, Cancellation);
        await File.WriteAllTextAsync(Files(server).Active, text.Replace("Event 2", "Event 9", StringComparison.Ordinal), Cancellation);
        var answer = await server.Client().GetFromJsonAsync<JsonElement>(Path, Cancellation);
        Assert.AreEqual("broken", answer.GetProperty("status").GetString());
        Assert.AreEqual(
            Array.FindIndex(text.Split('\n'), line => line.Contains("Event 2", StringComparison.Ordinal)) + 1,
            answer.GetProperty("first_bad_seq").GetInt64());
        StringAssert.Contains(answer.GetProperty("reason").GetString(), "its hash does not follow", StringComparison.Ordinal);
        Assert.AreEqual(AuditFiles.Name, answer.GetProperty("file").GetString());
    }

    [TestMethod]
    public async Task A_changed_row_is_broken_though_the_files_are_valid()
    {
        await using var server = await StartAsync();
        var row = Array.FindIndex(Files(server).Lines, line => line.Contains("Event 2", StringComparison.Ordinal)) + 1;
        DatabaseFile.Execute(server.PathOf("logs/zotify.db"), $"UPDATE audit_events SET user_id = 'somebody' WHERE seq = {row}");
        var answer = await server.Client().GetFromJsonAsync<JsonElement>(Path, Cancellation);
        string?[] texts =
        [
            .. ((string[])["status", "files", "rows", "rows_reason", "reason"]).Select(name => answer.GetProperty(name).GetString())
        ];
        var reason = $"row {row}: its user_id differs from its line";
        CollectionAssert.AreEqual(new[] { "broken", "valid", "broken", reason, reason }, texts);
        Assert.AreEqual(
            (JsonValueKind.Null, row), (answer.GetProperty("first_bad_seq").ValueKind, answer.GetProperty("first_bad_row").GetInt64()));
    }

    [TestMethod]
    public async Task A_log_that_lost_its_end_is_truncated()
    {
        await using var server = await StartAsync();
        var lines = Files(server).Lines.Length;
        Files(server).CutAfter(lines - 1);
        var answer = await server.Client().GetFromJsonAsync<JsonElement>(Path, Cancellation);
        Assert.AreEqual(("truncated", lines), (answer.GetProperty("status").GetString(), answer.GetProperty("first_bad_seq").GetInt64()));
    }

    [TestMethod]
    public async Task It_requires_the_scope_of_the_audit_log_and_accepts_no_parameter()
    {
        await using var server = await StartAsync();
        foreach (var key in (string[])[TestServer.SystemKey, TestServer.JobsKey])
        {
            using var refused = await server.Client(key).GetAsync(Path, Cancellation);
            Assert.AreEqual(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        using var unknown = await server.Client().GetAsync($"{Path}?from=1", Cancellation);
        Assert.AreEqual(HttpStatusCode.BadRequest, unknown.StatusCode);
        var problem = await unknown.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.AreEqual("from", problem.GetProperty("parameter").GetString());
    }

    private static AuditFiles Files(TestServer server) => new(server.PathOf("logs"));

    /// <summary>A server with some audit events in its files and its database.</summary>
    private async Task<TestServer> StartAsync()
    {
        var server = await new TestServer().StartAsync(Cancellation);
        for (var n = 1; n <= 5; n++)
            server.Logger("Tests").LogInformation(new EventId(1, "user.test"), "Event {n} of {job_id}", n, "a job");
        await server.FlushAsync(Cancellation);
        return server;
    }
}
