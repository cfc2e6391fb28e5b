using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Zotify.Logging.Tests.Web.Page.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

/// <summary>The page in another application, below paths of its choice and under its authentication.</summary>
[TestClass]
public sealed partial class PageElsewhereTests
{
    private static readonly string[] Everything = ["scope=logs:system logs:audit logs:jobs"];

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [DataRow("/ops/logs/", "./", "../../api/logs/")]
    [DataRow("/ops/logs/audit", "./", "../../api/logs/")]
    [DataRow("/ops/logs/audit/", "../", "../../api/logs/")]
    [DataRow("/ops/logs/jobs/a", "../", "../../api/logs/")]
    [DataRow("/ops/logs/jobs/a%2Fb", "../", "../../api/logs/")]
    [DataRow("/ops/logs/jobs/a/b", "../../", "../../api/logs/")]
    [DataRow("/base/ops/logs/jobs/a", "../", "../../api/logs/")]
    public async Task Every_view_has_the_addresses_of_the_page_and_its_endpoints(string address, string page, string logs)
    {
        await using var shop = await StartAsync(app =>
        {
            app.UsePathBase("/base");
            app.UseRouting();
            app.UseAuthentication();
            app.UseAuthorization();
            app.MapZotifyLogs();
            app.MapZotifyLogsPage("/ops/logs");
        });
        using var client = shop.Client();
        using var answer = await client.GetAsync(address, Cancellation);
        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode);
        StringAssert.Contains(answer.Headers.GetValues("Content-Security-Policy").Single(), "default-src 'self'", StringComparison.Ordinal);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.AreEqual((page, logs), (Base().Match(text).Groups[1].Value, Logs().Match(text).Groups[1].Value));
        var root = new Uri(new Uri(shop.App.Urls.Single() + address), page);
        using var script = await client.GetAsync(new Uri(root, "files/v1/js/main.js"), Cancellation);
        Assert.AreEqual("text/javascript", script.Content.Headers.ContentType?.MediaType);
        using var endpoint = await client.GetAsync(new Uri(root, logs + "handlers"), Cancellation);
        Assert.AreEqual(HttpStatusCode.Unauthorized, endpoint.StatusCode);
    }

    [TestMethod]
    public async Task An_address_without_its_slash_leads_to_the_page()
    {
        await using var shop = await StartAsync(app => { app.MapZotifyLogs(); app.MapGroup("/{tenant}").MapZotifyLogsPage("logs"); });
        using var client = shop.Client();
        using var answer = await client.GetAsync("/acme/logs?level=Error", Cancellation);
        Assert.AreEqual($"{shop.App.Urls.Single()}/acme/logs/?level=Error", answer.RequestMessage!.RequestUri!.ToString());
        Assert.AreEqual("text/html", answer.Content.Headers.ContentType?.MediaType);
    }

    [TestMethod]
    public async Task The_applications_policies_decide_what_a_user_may_read()
    {
        await using var shop = await new OtherApplication
        {
            Add = builder =>
            {
                builder.AddZotifyLogs();
                builder.Services.AddAuthorizationBuilder().AddPolicy("logs:audit", policy => policy.RequireClaim("role", "auditor"));
            },
            Map = MapBoth,
        }.StartAsync(Cancellation);
        using var auditor = shop.Client("ada", "role=auditor", "scope=logs:jobs");
        var reader = await auditor.GetFromJsonAsync<JsonElement>("/ops/session", Cancellation);
        Assert.AreEqual("ada", reader.GetProperty("user").GetString());
        var scopes = reader.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString());
        Assert.AreEqual("logs:audit logs:jobs", string.Join(' ', scopes));
        using var nobody = shop.Client();
        using var refused = await nobody.GetAsync("/ops/session", Cancellation);
        Assert.AreEqual(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [TestMethod]
    public async Task A_browser_goes_through_its_views_and_comes_back_to_them_by_their_addresses()
    {
        await using var shop = await StartAsync(MapBoth);
        await shop.FillAsync(Cancellation);
        shop.Logger("Shop").LogInformation("Of {job_id}", "import/7");
        await using var open = await OpenPage.OnAsync(shop, "/ops", OtherApplication.Credential("ada", Everything));
        await open.IsLiveAsync();
        await open.Page.GetByRole(AriaRole.Link, new() { Name = "Jobs" }).ClickAsync();
        await open.Page.GetByRole(AriaRole.Link, new() { Name = "import/7" }).ClickAsync();
        await open.ShowsAsync("Of import/7");
        StringAssert.EndsWith(open.Page.Url, "/ops/jobs/import%2F7", StringComparison.Ordinal);
        await open.Page.ReloadAsync();
        await open.ShowsAsync("Of import/7");
        await open.Page.GetByRole(AriaRole.Link, new() { Name = "Audit" }).ClickAsync();
        await open.ShowsAsync("user.order");
        StringAssert.EndsWith(open.Page.Url, "/ops/audit", StringComparison.Ordinal);
        Assert.IsFalse(await open.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).IsVisibleAsync());
        open.AssertNoComplaints();
    }

    [TestMethod]
    [DataRow(null, "Sign in to the application that serves this page")]
    [DataRow("Shop sub=bob", "The application's policy logs:system decides who may read it")]
    public async Task A_user_who_may_not_read_sees_what_to_do(string? credential, string advice)
    {
        await using var shop = await StartAsync(MapBoth);
        await using var open = await OpenPage.OnAsync(shop, "/ops/", credential);
        await open.ShowsAsync(advice);
        Assert.AreEqual(0, await open.Page.GetByLabel("API key").CountAsync());
    }

    [TestMethod]
    public async Task Without_authentication_the_start_fails_with_a_message_unless_everybody_may_read()
    {
        await using var closed = new OtherApplication { HasUsers = false };
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => closed.StartAsync(Cancellation));
        StringAssert.Contains(refused.Message, "AddAuthentication", StringComparison.Ordinal);
        await using var open = new OtherApplication { HasUsers = false, Map = app => app.MapZotifyLogs().AllowAnonymous() };
        await open.StartAsync(Cancellation);
        using var client = open.Client();
        using var answer = await client.GetAsync("/api/logs/handlers", Cancellation);
        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode);
    }

    [TestMethod]
    public async Task A_page_without_the_endpoints_that_it_reads_fails_the_start()
    {
        await using var shop = new OtherApplication { Map = app => app.MapZotifyLogsPage("/ops") };
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => shop.StartAsync(Cancellation));
        StringAssert.Contains(refused.Message, "MapZotifyLogs()", StringComparison.Ordinal);
    }

    private static void MapBoth(WebApplication app)
    {
        app.MapZotifyLogs();
        app.MapZotifyLogsPage("/ops");
    }

    private Task<OtherApplication> StartAsync(Action<WebApplication> map) => new OtherApplication { Map = map }.StartAsync(Cancellation);

    [GeneratedRegex("<base href=\"([^\"]*)\">")]
    private static partial Regex Base();

    [GeneratedRegex("<meta name=\"logs\" content=\"([^\"]*)\">")]
    private static partial Regex Logs();
}
