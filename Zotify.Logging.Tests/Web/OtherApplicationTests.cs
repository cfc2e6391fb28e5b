using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

[TestClass]
public sealed class OtherApplicationTests
{
    private static readonly string[] Paths =
    [
        "/api/logs/system/stream?follow=false",
        "/api/logs/audit",
        "/api/logs/jobs/a",
        "/api/logs/handlers"
    ];

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task Its_own_policies_decide_who_reads_added_before_or_after(bool before)
    {
        await using var shop = await new OtherApplication
        {
            Add = builder =>
            {
                if (!before) builder.AddZotifyLogs();
                builder.Services.AddAuthorizationBuilder().AddPolicy("logs:audit", policy => policy.RequireClaim("role", "auditor"));
                if (before) builder.AddZotifyLogs();
            },
        }.StartAsync(Cancellation);
        await shop.FillAsync(Cancellation);
        using var auditor = shop.Client("ada", "role=auditor");
        using var scoped = shop.Client("bob", "scope=logs:audit logs:system other");
        using var nobody = shop.Client();
        Assert.AreEqual("403 200 403 200", await StatusesAsync(auditor));
        // The policies that it does not define require scopes.
        Assert.AreEqual("200 403 403 200", await StatusesAsync(scoped));
        Assert.AreEqual("401 401 401 401", await StatusesAsync(nobody));
    }

    [TestMethod]
    public async Task Times_of_requests_count_back_from_the_loggings_clock_not_from_the_applications()
    {
        await using var shop = await new OtherApplication
        {
            Add = builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(100)));
                builder.AddZotifyLogs();
            },
        }.StartAsync(Cancellation);
        await shop.FillAsync(Cancellation);
        using var user = shop.Client("ada", "scope=logs:audit");
        Assert.Contains("user.order", await user.GetStringAsync("/api/logs/audit?from=1h", Cancellation));
    }

    [TestMethod]
    public async Task It_may_ask_for_more_and_serve_them_elsewhere()
    {
        await using var shop = await new OtherApplication
        {
            Add = builder =>
            {
                builder.AddZotifyLogs().AddZotifyLogs();
                builder.Services.AddAuthorizationBuilder().AddPolicy("operators", policy => policy.RequireClaim("role", "operator"));
            },
            Map = app => app.MapGroup("/ops").MapZotifyLogs().RequireAuthorization("operators"),
        }.StartAsync(Cancellation);
        await shop.FillAsync(Cancellation);
        using var user = shop.Client("bob", "scope=logs:audit");
        using var refused = await user.GetAsync("/ops/api/logs/audit", Cancellation);
        Assert.AreEqual(HttpStatusCode.Forbidden, refused.StatusCode);
        using var operators = shop.Client("eve", "scope=logs:audit", "role=operator");
        using var answer = await operators.GetAsync("/ops/api/logs/audit", Cancellation);
        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode);
    }

    [TestMethod]
    public async Task Its_own_json_changes_nothing_in_the_answers()
    {
        await using var shop =
            await new OtherApplication { Map = app => { app.MapZotifyLogs(); app.MapGet("/orders", () => new Order(1, null)); } }.StartAsync(Cancellation);
        await shop.FillAsync(Cancellation);
        using var client = shop.Client("ada", "scope=logs:audit logs:jobs");
        var page = await client.GetFromJsonAsync<JsonElement>("/api/logs/audit", Cancellation);
        CollectionAssert.AreEqual(
            new[] { "items", "next_cursor", "prev_cursor" }, page.EnumerateObject().Select(member => member.Name).ToArray());
        Assert.AreEqual(JsonValueKind.Null, page.GetProperty("next_cursor").ValueKind);
        Assert.AreEqual(JsonValueKind.Number, page.GetProperty("items")[0].GetProperty("seq").ValueKind);
        using var unknown = await client.GetAsync("/api/logs/jobs/a?limit=0", Cancellation);
        Assert.AreEqual("limit", (await unknown.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("parameter").GetString());
        Assert.AreEqual("{\"ORDER-ID\":\"1\"}", await client.GetStringAsync("/orders", Cancellation));
    }

    [TestMethod]
    public async Task Its_requests_are_scopes_that_audit_events_take_their_user_and_source_from()
    {
        await using var shop = await new OtherApplication
        {
            Map = app =>
            {
                app.UseZotifyLogContext();
                app.MapPost("/order", (ILogger<OtherApplication> logger, HttpContext context) =>
                {
                    logger.LogInformation(new EventId(1001, "user.order"), "An order");
                    return context.TraceIdentifier;
                });
            },
        }.StartAsync(Cancellation);
        using var ada = shop.Client("ada");
        using var ordered = await ada.PostAsync("/order", null, Cancellation);
        using var nobody = shop.Client();
        using var other = await nobody.PostAsync("/order", null, Cancellation);
        await shop.App.StopAsync(Cancellation);

        var lines = (await File.ReadAllLinesAsync(shop.PathOf("logs/audit.log.json"), Cancellation)).Select(line => JsonElement.Parse(line))
            .Where(line => line.GetProperty("event_type").GetString() == "user.order").ToArray();
        Assert.AreEqual("ada", lines[0].GetProperty("user_id").GetString());
        Assert.AreEqual("127.0.0.1", lines[0].GetProperty("source_ip").GetString());
        Assert.AreEqual(
            await ordered.Content.ReadAsStringAsync(Cancellation), lines[0].GetProperty("scope").GetProperty("request_id").GetString());
        Assert.IsTrue(lines[0].TryGetProperty("trace_id", out _));
        Assert.IsFalse(lines[1].TryGetProperty("user_id", out _));
        Assert.AreEqual("127.0.0.1", lines[1].GetProperty("source_ip").GetString());
    }

    [TestMethod]
    public async Task Work_that_a_request_leaves_behind_keeps_the_requests_scope()
    {
        var gate = new TaskCompletionSource();
        Task? left = null;
        await using var shop = await new OtherApplication
        {
            Map = app =>
            {
                app.UseZotifyLogContext();
                app.MapPost("/import", (ILogger<OtherApplication> logger) => { left = ImportAsync(logger); });
            },
        }.StartAsync(Cancellation);
        async Task ImportAsync(ILogger logger)
        {
            await gate.Task;
            logger.LogInformation(new EventId(1002, "user.imported"), "Imported");
        }

        using var ada = shop.Client("ada");
        using var asked = await ada.PostAsync("/import", null, Cancellation);
        using var bob = shop.Client("bob");
        using var another = await bob.GetAsync("/nowhere", Cancellation);
        gate.SetResult();
        await left!;
        await shop.App.StopAsync(Cancellation);
        StringAssert.Contains(
            await File.ReadAllTextAsync(shop.PathOf("logs/audit.log.json"), Cancellation), "\"user_id\":\"ada\"", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task Mapping_without_adding_is_reported()
    {
        await using var shop = new OtherApplication { Add = _ => { } };
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => shop.StartAsync(Cancellation));
        StringAssert.Contains(refused.Message, "AddZotifyLogs", StringComparison.Ordinal);
    }

    private async Task<string> StatusesAsync(HttpClient client)
    {
        var statuses = new List<int>();
        foreach (var path in Paths)
        {
            using var answer = await client.GetAsync(path, Cancellation);
            statuses.Add((int)answer.StatusCode);
        }

        return string.Join(' ', statuses);
    }

    private sealed record Order(int OrderId, string? Note);
}
