using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Zotify.Logging.Tests.Web.Page.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web.Page;

/// <summary>Many tabs of one browser, which has six connections for a host.</summary>
[TestClass]
public sealed class TabTests
{
    private const int Tabs = 9;

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task More_tabs_than_connections_all_show_the_log()
    {
        await using var server = await StartAsync();
        await using var open = await OpenPage.OnAsync(server, "/?category=Tests");
        await open.IsLiveAsync();
        var tab = open.Page;
        for (var i = 1; i < Tabs; i++)
        {
            await SetHiddenAsync(tab, true);
            tab = await open.Page.Context.NewPageAsync();
            await tab.GotoAsync("/?category=Tests");
            await tab.Locator("#connection[data-kind=live]").WaitForAsync();
            server.Logger("Tests").LogInformation("Seen in tab {Number}.", i);
            await tab.GetByText($"Seen in tab {i.ToString(CultureInfo.InvariantCulture)}.").WaitForAsync();
        }
    }

    [TestMethod]
    public async Task A_tab_that_was_hidden_goes_on_after_its_last_line()
    {
        await using var server = await StartAsync();
        await using var open = await OpenPage.OnAsync(server, "/health/live");
        var streams = StreamsOf(open.Page);
        await open.Page.GotoAsync("/?category=Tests");
        await open.IsLiveAsync();
        for (var i = 0; i < 30; i++) server.Logger("Tests").LogInformation("Line {Number}.", i);
        await open.ShowsAsync("Line 29.");
        await SetHiddenAsync(open.Page, true);
        for (var i = 30; i < 60; i++) server.Logger("Tests").LogInformation("Line {Number}.", i);
        Assert.AreEqual(0, await open.Page.GetByText("Line 30.").CountAsync());
        await SetHiddenAsync(open.Page, false);
        await open.ShowsAsync("Line 59.");
        var live = streams.Where(stream => !stream.Contains("before=", StringComparison.Ordinal)).ToArray();
        Assert.HasCount(2, live);
        StringAssert.EndsWith(live[1], "resumed", StringComparison.Ordinal);
        CollectionAssert.AreEqual(Enumerable.Range(0, 60).Select(number => $"Line {number}.").ToArray(), await open.LinesAsync());
        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task A_tab_that_was_opened_hidden_has_its_bars_when_it_is_shown()
    {
        await using var server = await StartAsync();
        for (var i = 0; i < 20; i++) server.Logger("Tests").LogInformation("Line {Number}.", i);
        await using var open = await OpenPage.OnAsync(server, "/health/live");
        await open.Page.AddInitScriptAsync("Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });");
        await open.Page.GotoAsync("/?category=Tests&from=1h&to=2100-01-01T00:00:00Z");
        await open.HoldsAsync("document.querySelector('#views a[aria-current]')");
        Assert.IsTrue(await open.Page.Locator("[data-part=histogram]").IsHiddenAsync());
        await SetHiddenAsync(open.Page, false);
        await open.ShowsAsync("Line 19.");
        await open.HoldsAsync("document.querySelector('[data-part=histogram] b')?.textContent === '20'");
        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task A_filtered_job_has_one_stream()
    {
        await using var server = await StartAsync();
        var job = new JobLogger(server.Logger("Tests"), "import", "import");
        job.LogInformation("Row {Done}/{Total} imported", 3, 4);
        job.LogError("Row {Done}/{Total} is broken", 4, 4);
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/health/live");
        var streams = StreamsOf(open.Page);
        await open.Page.GotoAsync("/jobs/import?level=Error");
        await open.ShowsAsync("is broken");
        await open.HoldsAsync("document.querySelector('.chart .line')");
        // Older entries are read by an answer that ends by itself.
        Assert.HasCount(1, streams.Where(stream => !stream.Contains("before=", StringComparison.Ordinal)).ToArray());
    }

    /// <summary>The streams that a page opens from now on, each with whether it goes on after a position.</summary>
    private static ConcurrentQueue<string> StreamsOf(IPage page)
    {
        var streams = new ConcurrentQueue<string>();
        page.Request += (_, request) =>
        {
            if (request.Url.Contains("/api/", StringComparison.Ordinal) && request.Url.Contains("/stream", StringComparison.Ordinal))
                streams.Enqueue(request.Url + (request.Headers.ContainsKey("last-event-id") ? " resumed" : " new"));
        };
        return streams;
    }

    /// <summary>A browser without a window never hides a tab by itself.</summary>
    private static async Task SetHiddenAsync(IPage page, bool isHidden) => await page.EvaluateAsync(
        """
        isHidden => {
          Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
          document.dispatchEvent(new Event('visibilitychange'));
        }
        """,
        isHidden);

    private Task<TestServer> StartAsync() => new TestServer { Settings = [TestServer.WithoutRequests] }.StartAsync(Cancellation);
}
