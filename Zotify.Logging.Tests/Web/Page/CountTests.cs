using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Zotify.Logging.Tests.Web.Page.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web.Page;

/// <summary>Counts, facets and bars under all filters; and what is hidden unless it is asked for.</summary>
[TestClass]
public sealed class CountTests
{
    private const string Types =
        "[...document.querySelectorAll('.facets fieldset:first-child li label')].map(label => label.textContent).sort().join()";

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Facets_bars_and_pages_count_what_the_filters_select()
    {
        await using var server = await StartAsync();
        for (var i = 0; i < 120; i++)
            server.Logger("Tests").LogInformation(
                new EventId(1, i % 3 == 0 ? "user.ordered" : "user.viewed"), "{user_id} acted on {Item}", $"u{i % 2}", i % 4);
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/audit?event_type=user.ordered&event_type=user.viewed");
        await open.Page.Locator(".pages").GetByText("1–50 of 120", new() { Exact = true }).WaitForAsync();
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await open.Page.Locator(".pages").GetByText("51–100 of 120", new() { Exact = true }).WaitForAsync();
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Previous" }).ClickAsync();
        await open.Page.Locator(".pages").GetByText("1–50 of 120", new() { Exact = true }).WaitForAsync();
        await open.Page.GotoAsync("/audit?user_id=u0&q=3&event_type=user.*");
        // Of u0 there are items 0 and 2 alone.
        await open.ShowsAsync("No event matches");
        await open.Page.GotoAsync("/audit?user_id=u1&details[Item]=3");
        await open.HoldsAsync($"{Types} === 'user.ordered10,user.viewed20'");
        await open.HoldsAsync("document.querySelector('[data-part=histogram] b').textContent === '30'");
        await open.Page.Locator(".pages").GetByText("1–30 of 30", new() { Exact = true }).WaitForAsync();
        Assert.AreEqual(1, await open.Page.GetByRole(AriaRole.Group, new() { Name = "Item 3" }).CountAsync());
        await open.Page.GetByLabel("Exclude user.viewed").ClickAsync();
        await open.HoldsAsync("document.querySelectorAll('tbody tr').length === 10");
        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task Reads_of_the_audit_log_are_hidden_until_they_are_asked_for()
    {
        await using var server = await StartAsync();
        server.Logger("Tests").LogInformation(new EventId(1, "user.act"), "Acted");
        using (var client = server.Client()) (await client.GetAsync("/api/logs/audit?q=nothing", Cancellation)).Dispose();
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/audit");
        await open.ShowsAsync("Acted");
        const string reads = "[...document.querySelectorAll('.type')].some(type => type.textContent === 'audit.read')";
        await open.HoldsAsync($"!{reads}");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Reads", Exact = true }).ClickAsync();
        await open.HoldsAsync(reads);
        await open.Page.GotoAsync("/audit?event_type=audit.*");
        await open.HoldsAsync(reads);
    }

    [TestMethod]
    public async Task New_events_are_counted_and_pages_begin_anew_in_another_order()
    {
        await using var server = await StartAsync();
        void Log(int events)
        {
            for (var i = 0; i < events; i++) server.Logger("Tests").LogInformation(new EventId(1, "user.act"), "Acted");
        }

        Log(60);
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/health/live");
        await open.Page.Clock.InstallAsync();
        await open.Page.GotoAsync("/audit?event_type=user.act");
        var pages = open.Page.Locator(".pages");
        await pages.GetByText("1–50 of 60", new() { Exact = true }).WaitForAsync();
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await pages.GetByText("51–60 of 60", new() { Exact = true }).WaitForAsync();
        await open.Page.Locator("th button").ClickAsync();
        await pages.GetByText("1–50 of 60", new() { Exact = true }).WaitForAsync();
        await open.Page.GotoAsync("/audit?event_type=user.act&at=abc");
        await pages.GetByText("1–50 of 60", new() { Exact = true }).WaitForAsync();

        await open.Page.GotoAsync("/audit?event_type=user.act&live=true");
        await open.IsLiveAsync();
        await pages.GetByText("1–50 of 60", new() { Exact = true }).WaitForAsync();
        const string counted = "document.querySelector('[data-part=histogram] b')?.textContent";
        await open.HoldsAsync($"{counted} === '60'");
        Log(7);
        await pages.GetByText("1–57 of 67", new() { Exact = true }).WaitForAsync();
        await server.FlushAsync(Cancellation);
        await open.Page.Clock.FastForwardAsync(30_000);
        await open.HoldsAsync($"{counted} === '67' && {Types} === 'user.act67'");
        await pages.GetByText("1–57 of 67", new() { Exact = true }).WaitForAsync();
        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task The_system_log_has_bars_by_level_that_select_a_time()
    {
        await using var server = await StartAsync();
        for (var i = 0; i < 20; i++) server.Logger("Tests").Log(i % 10 == 0 ? LogLevel.Error : LogLevel.Information, "Line {Number}.", i);
        await using var open = await OpenPage.OnAsync(server, "/?category=Tests");
        await open.ShowsAsync("Line 19.");
        await open.HoldsAsync("document.querySelector('[data-part=histogram] b')?.textContent === '20'");
        await open.HoldsAsync("document.querySelector('.bars s.error').closest('button').title.includes('error')");
        await open.Page.Locator(".bars button:has(s)").First.ClickAsync();
        await open.HoldsAsync("location.search.includes('from=') && location.search.includes('to=')");
        await open.ShowsAsync("Line 0.");
        await open.Page.Locator("#connection[data-kind=ended], #connection[data-kind=live]").WaitForAsync();
        open.AssertNoComplaints();
    }

    private Task<TestServer> StartAsync() => new TestServer { Settings = [TestServer.WithoutRequests] }.StartAsync(Cancellation);
}
