using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Web.Page.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web.Page;

/// <summary>The proof of the audit log, and what the page makes of it.</summary>
[TestClass]
public sealed class ProofTests
{
    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task A_proof_goes_on_when_its_view_is_left_and_its_time_stays_in_the_strip()
    {
        await using var server = await StartAsync();
        await using var open = await OpenPage.OnAsync(server, "/audit");
        await open.ShowsAsync("Event 3 of");
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await open.Page.RouteAsync("**/audit/verify", async route =>
        {
            await gate.Task;
            await route.ContinueAsync();
        });
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Verify" }).ClickAsync();
        await open.ShowsAsync("Verifying");
        await open.Page.GetByRole(AriaRole.Link, new() { Name = "Jobs", Exact = true }).ClickAsync();
        await open.ShowsAsync("There is no job yet");
        gate.SetResult();
        await open.Page.Locator("#handlers").GetByText("valid").WaitForAsync();
        await open.Page.GetByRole(AriaRole.Link, new() { Name = "Audit", Exact = true }).ClickAsync();
        await open.Page.Locator("[data-status=valid]").WaitForAsync();
        await open.ShowsAsync("Checked at");
        await open.Page.ReloadAsync();
        await open.Page.Locator("#handlers").GetByText("valid").WaitForAsync();
        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task A_broken_line_is_shown_beside_the_databases_copy()
    {
        await using var server = await StartAsync();
        var file = server.PathOf($"logs/{AuditFiles.Name}");
        var text = await File.ReadAllTextAsync(file, Cancellation);
        await File.WriteAllTextAsync(file, text.Replace("Event 3 ", "Event 8 ", StringComparison.Ordinal), Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/audit");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Verify" }).ClickAsync();
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Compare line" }).ClickAsync();
        var first = open.Page.Locator(".changed tbody tr").First;
        StringAssert.StartsWith(await first.Locator("th").TextContentAsync(), "message", StringComparison.Ordinal);
        StringAssert.StartsWith(await first.Locator("del").TextContentAsync(), "Event 8 of", StringComparison.Ordinal);
        StringAssert.StartsWith(await first.Locator("ins").TextContentAsync(), "Event 3 of", StringComparison.Ordinal);
        await open.Page.Locator("#health").GetByText("The audit log is broken").WaitForAsync();
        await open.Page.GetByRole(AriaRole.Link, new() { Name = "The event in the log" }).ClickAsync();
        await open.ShowsAsync("Line in the audit file");
        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task A_broken_proof_of_the_server_leads_to_the_line()
    {
        await using var server = await StartAsync();
        var file = server.PathOf($"logs/{AuditFiles.Name}");
        var text = await File.ReadAllTextAsync(file, Cancellation);
        await File.WriteAllTextAsync(file, text.Replace("Event 3 ", "Event 8 ", StringComparison.Ordinal), Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/jobs");
        // As if the continuous verification had found it.
        await open.Page.RouteAsync("**/api/logs/handlers", async route =>
        {
            var answer = await route.FetchAsync();
            var handlers = JsonNode.Parse(await answer.TextAsync())!;
            handlers["proof"] = new JsonObject
            {
                ["status"] = "broken", ["at"] = DateTimeOffset.UnixEpoch, ["through_seq"] = 3, ["reason"] = "The line is another one.",
            };
            await route.FulfillAsync(new() { Response = answer, Body = handlers.ToJsonString() });
        });
        await open.Page.ReloadAsync();
        await open.Page.Locator("#health").GetByText("The audit log is broken").ClickAsync();
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Verify now and show the line" }).ClickAsync();
        var first = open.Page.Locator(".drawer .changed tbody tr").First;
        StringAssert.StartsWith(await first.Locator("del").TextContentAsync(), "Event 8 of", StringComparison.Ordinal);
        StringAssert.StartsWith(await first.Locator("ins").TextContentAsync(), "Event 3 of", StringComparison.Ordinal);
        StringAssert.EndsWith(open.Page.Url, "/audit", StringComparison.Ordinal);
        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task Neither_a_verification_that_failed_nor_the_proof_of_another_log_replaces_the_last_proof()
    {
        await using var server = await StartAsync();
        var file = server.PathOf($"logs/{AuditFiles.Name}");
        var text = await File.ReadAllTextAsync(file, Cancellation);
        await File.WriteAllTextAsync(file, text.Replace("Event 3 ", "Event 8 ", StringComparison.Ordinal), Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/audit");
        var health = open.Page.Locator("#health");
        // What another application on the host keeps is not this one's.
        await open.Page.EvaluateAsync(
            """
            for (const key of ['zotify.proof', 'zotify./other/.proof'])
              localStorage.setItem(key, '{"status":"truncated","at":"2100-01-01T00:00:00Z","text":""}');
            """);
        await open.Page.ReloadAsync();
        await health.GetByText("All is well").WaitForAsync();
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Verify" }).ClickAsync();
        await health.GetByText("The audit log is broken").WaitForAsync();

        await open.Page.RouteAsync("**/audit/verify", route => route.FulfillAsync(
            new() { Status = 429, ContentType = "application/problem+json", Body = """{"detail":"Too many."}""" }));
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Broken", Exact = true }).ClickAsync();
        await open.ShowsAsync("The audit log could not be verified: Too many.");
        await open.Page.ReloadAsync();
        await health.GetByText("The audit log is broken").WaitForAsync();

        // Another log is behind the same address now.
        await open.Page.RouteAsync("**/api/logs/handlers", async route =>
        {
            var answer = await route.FetchAsync();
            var body = JsonNode.Parse(await answer.TextAsync())!;
            body["audit_journal"] = Guid.Empty;
            await route.FulfillAsync(new() { Response = answer, Body = body.ToJsonString() });
        });
        await health.GetByText("All is well").WaitForAsync();
        open.AssertNoComplaints();
    }

    private async Task<TestServer> StartAsync()
    {
        var server = await new TestServer().StartAsync(Cancellation);
        for (var i = 0; i < 5; i++)
            server.Logger("Tests").LogInformation(new EventId(1, "user.act"), "Event {Number} of {user_id}", i, "u1");
        await server.FlushAsync(Cancellation);
        return server;
    }
}
