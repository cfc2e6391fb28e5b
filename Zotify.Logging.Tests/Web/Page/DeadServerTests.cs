using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Zotify.Logging.Tests.Web.Page.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web.Page;

/// <summary>What the page says about a server that does not answer, about silence, and by which clock.</summary>
[TestClass]
public sealed class DeadServerTests
{
    private const string Dots = "[...document.querySelectorAll('#handlers .dot')].map(dot => dot.className)";

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [DataRow("/")]
    [DataRow("/audit")]
    [DataRow("/jobs")]
    [DataRow("/jobs/import")]
    public async Task Every_view_says_that_the_server_does_not_answer_and_that_it_does_again(string address)
    {
        await using var server = await new TestServer { MayBeAway = true }.StartAsync(Cancellation);
        Begin(server);
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, address, asksOften: true);
        await open.HoldsAsync($"{Dots}.length === 3 && {Dots}.every(name => name === 'dot running')");
        await server.StopForAWhileAsync(Cancellation);
        await open.Page.Locator("#banner").GetByText("The server has not answered since").WaitForAsync();
        await open.HoldsAsync($"{Dots}.every(name => name === 'dot unknown')");
        await open.HoldsAsync("document.querySelector('#handlers button').title.includes('unknown')");
        await open.HoldsAsync("!document.querySelector('main').textContent.includes('/s ·')");
        await server.StartAsync(Cancellation);
        await open.Page.Locator("#banner").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await open.HoldsAsync($"{Dots}.every(name => name === 'dot running')");
    }

    [TestMethod]
    public async Task A_running_job_that_logs_nothing_has_no_rate_and_no_end()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        var job = Begin(server);
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/jobs", asksOften: true);
        var row = open.Page.Locator(".job-list li");
        await row.WaitForAsync();
        job.LogInformation("Row {Done}/{Total} imported", 5, 400);
        await row.GetByText("left").WaitForAsync();
        await LetServersClockBeAsync(open, TimeSpan.FromMinutes(2));
        await row.GetByText("nothing logged for 2 min").WaitForAsync();
        Assert.AreEqual(0, await row.GetByText("left").CountAsync());
        Assert.AreEqual(1, await row.Locator(".status.running.silent").CountAsync());
    }

    [TestMethod]
    public async Task A_jobs_time_is_by_the_servers_clock()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/", key: null);
        await open.Page.Context.AddInitScriptAsync("const now = Date.now; Date.now = () => now() + 3_600_000;");
        await open.Page.Context.APIRequest.PostAsync("/session", new() { DataObject = new { key = TestServer.AllKey } });
        // Begun now: a minute later, its time would be in minutes.
        Begin(server);
        await server.FlushAsync(Cancellation);
        await open.Page.GotoAsync("/jobs");
        await open.Page.Locator(".job-list .time").WaitForAsync();
        await open.HoldsAsync("/^\\d+(\\.\\d)? (s|ms)/.test(document.querySelector('.job-list .time').textContent)");
    }

    [TestMethod]
    public async Task An_application_that_is_read_from_its_files_is_not_green_when_it_wrote_nothing_for_long()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/audit", key: null);
        await open.Page.Context.APIRequest.PostAsync("/session", new() { DataObject = new { key = TestServer.AllKey } });
        await open.Page.RouteAsync("**/api/logs/handlers", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = """{"items":[],"pending":[],"sources":[{"writer":"shop","system_written_at":"2026-01-01T00:00:00Z","journals":[]}]}""",
        }));
        await open.Page.GotoAsync("/audit");
        await open.Page.Locator("#handlers").GetByText("wrote nothing for").WaitForAsync();
        await open.HoldsAsync($"{Dots}.join() === 'dot silent'");
    }

    [TestMethod]
    public async Task A_proxy_that_answers_for_a_dead_application_is_no_answer()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        Begin(server);
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/jobs", asksOften: true);
        await open.HoldsAsync($"{Dots}.length === 3 && {Dots}.every(name => name === 'dot running')");
        await open.Page.RouteAsync("**/api/logs/**", route => route.FulfillAsync(
            new() { Status = 503, ContentType = "text/html", Body = "<h1>No server is available</h1>" }));
        await open.Page.Locator("#banner").GetByText("The server has not answered since").WaitForAsync();
        await open.HoldsAsync($"{Dots}.length === 3 && {Dots}.every(name => name === 'dot unknown')");
        await open.Page.Locator("#health").GetByText("No answer").WaitForAsync();
        await open.Page.Locator("#connection").GetByText("Disconnected").WaitForAsync();
        await open.Page.Locator(".job-list li").GetByText("not known now").WaitForAsync();
        await open.Page.UnrouteAsync("**/api/logs/**");
        await open.Page.Locator("#banner").WaitForAsync(new() { State = WaitForSelectorState.Hidden });

        // The application itself says what it cannot do now: it is there.
        await open.Page.RouteAsync("**/api/logs/jobs**", route => route.FulfillAsync(new()
        {
            Status = 503, ContentType = "application/problem+json", Body = """{"detail":"The database is away."}""",
        }));
        await open.ShowsAsync("The database is away.");
        await open.Page.Locator("#banner").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await open.HoldsAsync($"{Dots}.every(name => name === 'dot running')");
    }

    private static JobLogger Begin(TestServer server)
    {
        var job = new JobLogger(server.Logger("Tests"), "import", "import");
        job.LogInformation(new EventId(1, "job.started"), "Import started: {Total} rows", 400);
        job.LogInformation("Row {Done}/{Total} imported", 3, 400);
        return job;
    }

    /// <summary>Lets every answer say that it is later.</summary>
    private static async Task LetServersClockBeAsync(OpenPage open, TimeSpan later) => await open.Page.RouteAsync("**/api/logs/**", async route =>
    {
        var answer = await route.FetchAsync();
        var headers = new Dictionary<string, string>(answer.Headers, StringComparer.OrdinalIgnoreCase)
        {
            ["date"] = (TimeProvider.System.GetUtcNow() + later).ToString("r", System.Globalization.CultureInfo.InvariantCulture),
        };
        await route.FulfillAsync(new() { Response = answer, Headers = headers });
    });
}
