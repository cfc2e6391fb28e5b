using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Web.Page.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web.Page;

/// <summary>Small windows, large text, and what moves.</summary>
[TestClass]
public sealed class LayoutTests
{
    private const string Range = "from=2026-01-01T00:00:00Z&to=2126-01-01T00:00:00Z";

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task A_jobs_log_can_be_read_at_twice_the_size()
    {
        await using var server = await StartAsync();
        // A window of 1440 by 900 at 200 %.
        await using var open = await OpenPage.OnAsync(server, "/jobs/import", width: 720, height: 450);
        await open.ShowsAsync("Row 3/4 imported");
        await open.HoldsAsync("document.querySelector('.chart .line')");
        Assert.IsGreaterThan(200, await open.Page.EvaluateAsync<int>("document.querySelector('.viewport').clientHeight"));
        await open.Page.Locator(".viewport").ScrollIntoViewIfNeededAsync();
        Assert.IsGreaterThan(100, await open.Page.EvaluateAsync<double>(
            """
            () => {
              const { top, bottom } = document.querySelector('.viewport').getBoundingClientRect();
              return Math.min(document.querySelector('.strip').getBoundingClientRect().top, bottom) - Math.max(0, top);
            }
            """));
    }

    [TestMethod]
    [DataRow("/?" + Range)]
    [DataRow("/audit?" + Range)]
    [DataRow("/jobs?" + Range)]
    [DataRow("/jobs/import?q=imported")]
    public async Task Nothing_sticks_out_of_a_telephone(string address)
    {
        await using var server = await StartAsync();
        await using var open = await OpenPage.OnAsync(server, address, width: 390, height: 780);
        await open.HoldsAsync("document.querySelector('main .row, main tbody tr, main .job-list li')");
        Assert.AreEqual("", await open.Page.EvaluateAsync<string>(
            """
            () => [...document.querySelectorAll('body *')]
              .filter(element => !element.closest('.viewport, .sr-only, [hidden]'))
              .filter(element => element.getBoundingClientRect().right > innerWidth + 0.5)
              .map(element => `${element.tagName}.${element.className}`).join()
            """));
    }

    [TestMethod]
    [DataRow("/?category=Tests", ".line-message", ".bars button")]
    [DataRow("/audit", "td.what", ".bars button")]
    [DataRow("/jobs/import", ".line-message", ".chart .line")]
    public async Task The_toolbar_stays_where_it_is_when_a_panel_opens(string address, string row, string last)
    {
        await using var server = await StartAsync();
        await using var open = await OpenPage.OnAsync(server, address);
        await open.Page.Locator(row).First.WaitForAsync();
        // What is over and beside the rows may come after them.
        await open.HoldsAsync($"document.querySelector('{last}')");
        const string places = "[...document.querySelectorAll('.bar > *')].map(part => JSON.stringify(part.getBoundingClientRect())).join()";
        var before = await open.Page.EvaluateAsync<string>(places);
        await open.Page.Locator(row).First.ClickAsync();
        await open.Page.Locator(".drawer").WaitForAsync();
        Assert.AreEqual(before, await open.Page.EvaluateAsync<string>(places));
        var width = await open.Page.EvaluateAsync<int>("document.querySelector('.drawer').offsetWidth");
        await open.Page.Locator(".handle").FocusAsync();
        await open.PressAsync("ArrowLeft");
        await open.HoldsAsync($"document.querySelector('.drawer').offsetWidth === {width + 40}");
        await open.Page.ReloadAsync();
        await open.Page.Locator(row).First.ClickAsync();
        await open.HoldsAsync($"document.querySelector('.drawer')?.offsetWidth === {width + 40}");
    }

    [TestMethod]
    [DataRow(1280)]
    [DataRow(390)]
    public async Task The_sign_in_is_in_the_middle(int width)
    {
        await using var server = await StartAsync();
        await using var open = await OpenPage.OnAsync(server, "/", key: null, width: width);
        await open.Page.GetByLabel("API key").WaitForAsync();
        var (left, right) = (await open.Page.EvaluateAsync<double>("document.querySelector('.sign-in form').getBoundingClientRect().left"),
            await open.Page.EvaluateAsync<double>("innerWidth - document.querySelector('.sign-in form').getBoundingClientRect().right"));
        Assert.AreEqual(left, right, 1);
    }

    [TestMethod]
    public async Task Every_target_is_large_enough()
    {
        await using var server = await StartAsync();
        await using var open = await OpenPage.OnAsync(server, "/audit?event_type=user.act&user_id=u1");
        await open.ShowsAsync("Acted");
        // 24 by 24 pixels, as WCAG 2.2 asks for; links and values within a text are exempt there.
        Assert.AreEqual("", await open.Page.EvaluateAsync<string>(
            """
            () => [...document.querySelectorAll('button:not(.value, .link), select, input:not([type=checkbox]), .button, nav a')]
              .filter(target => target.checkVisibility() && !target.closest('.bars') && !target.closest('dialog, [popover]'))
              .filter(target => target.offsetHeight < 24 || target.offsetWidth < 20)
              .map(target => `${target.outerHTML.slice(0, 60)} ${target.offsetWidth}x${target.offsetHeight}`).join('\n')
            """));
    }

    private async Task<TestServer> StartAsync()
    {
        var server = await new TestServer { Settings = [TestServer.WithoutRequests] }.StartAsync(Cancellation);
        server.Logger("Tests").LogInformation(new EventId(1, "user.act"), "Acted {user_id}", "u1");
        var job = new JobLogger(server.Logger("Tests"), "import", "import");
        for (var i = 1; i < 4; i++) job.LogInformation("Row {Done}/{Total} imported", i, 4);
        await server.FlushAsync(Cancellation);
        return server;
    }
}
