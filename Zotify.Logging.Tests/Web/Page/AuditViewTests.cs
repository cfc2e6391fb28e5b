using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Web.Page.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web.Page;

[TestClass]
public sealed partial class AuditViewTests
{
    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task A_search_is_in_the_address_and_is_exported_as_it_is_shown()
    {
        await using var server = await StartAsync(120);
        await using var open = await OpenPage.OnAsync(server, "/audit?event_type=user.*&user_id=u7");
        await open.ShowsAsync("Event 107 of u7");
        Assert.AreEqual(12, await open.Page.Locator("tbody tr").CountAsync());
        await open.Page.GetByLabel("Search the events").FillAsync("event 4");
        await open.HoldsAsync("document.querySelectorAll('tbody tr').length === 1");
        await open.ShowsAsync("Event 47 of u7");
        StringAssert.Contains(open.Page.Url, "q=event+4", StringComparison.Ordinal);

        var rows = await ExportAsync(open.Page, "CSV");
        Assert.HasCount(2, rows);
        StringAssert.Contains(rows[1], "Event 47 of u7", StringComparison.Ordinal);
        Assert.HasCount(1, await ExportAsync(open.Page, "NDJSON"));
        await open.Page.GetByRole(AriaRole.Button, new() { NameRegex = RemoveUser() }).ClickAsync();
        await open.HoldsAsync("document.querySelectorAll('tbody tr').length > 1");
        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task Pages_go_on_and_back()
    {
        await using var server = await StartAsync(120);
        await using var open = await OpenPage.OnAsync(server, "/audit?event_type=user.act");
        var first = await TypesAsync(open);
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await open.ShowsAsync("Event 69 of");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await open.ShowsAsync("Event 19 of");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Previous" }).ClickAsync();
        await open.ShowsAsync("Event 69 of");
        await open.Page.GoBackAsync();
        await open.ShowsAsync("Event 19 of");
        await open.Page.Locator("th button").ClickAsync();
        await open.ShowsAsync("Event 0 of");
        Assert.AreNotEqual(first, await TypesAsync(open));
    }

    [TestMethod]
    public async Task The_badge_turns_red_when_a_byte_is_changed()
    {
        await using var server = await StartAsync(20);
        await using var open = await OpenPage.OnAsync(server, "/audit");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Verify" }).ClickAsync();
        await open.Page.Locator("[data-status=valid]").WaitForAsync();
        var file = server.PathOf($"logs/{AuditFiles.Name}");
        await File.WriteAllTextAsync(
            file,
            (await File.ReadAllTextAsync(file, Cancellation)).Replace("Event 3 ", "Event 8 ", StringComparison.Ordinal),
            Cancellation);
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Verified" }).ClickAsync();
        await open.Page.Locator("[data-status=broken]").GetByText("Broken").WaitForAsync();
        await open.ShowsAsync("Files broken at line");
    }

    [TestMethod]
    public async Task An_event_is_shown_in_full_with_its_line_in_the_chain_and_related_links()
    {
        await using var server = await StartAsync(3);
        using (server.Logger("Tests").BeginScope(new Dictionary<string, object> { ["requested_job"] = "import/7" }))
            server.Logger("Tests")
                .LogInformation(
                    new EventId(1, "user.ordered"),
                    "User {user_id} ordered {Message} for {Order}",
                    "u1",
                    Hostile.Message,
                    new { Id = 17, Items = (string[])["a", "b"] });
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/audit?event_type=user.ordered");
        await open.Page.Locator("tbody tr").GetByText("ordered <img").ClickAsync();
        var details = open.Page.GetByRole(AriaRole.Complementary, new() { Name = "Details" });
        await details.GetByText("Line in the audit file").WaitForAsync();
        await Hostile.AssertHarmlessAsync(open);
        Assert.AreEqual(
            "/jobs/import%2F7", await details.GetByText("The job").EvaluateAsync<string>("link => new URL(link.href).pathname"));
        StringAssert.Contains(open.Page.Url, "&id=", StringComparison.Ordinal);
        await open.Page.ReloadAsync();
        await details.GetByText("Line in the audit file").WaitForAsync();
        await open.PressAsync("Escape");
        await details.WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    [TestMethod]
    public async Task New_events_come_by_themselves_where_that_is_asked_for()
    {
        await using var server = await StartAsync(3);
        await using var open = await OpenPage.OnAsync(server, "/audit?event_type=user.*");
        await open.ShowsAsync("Event 2 of");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Live" }).ClickAsync();
        await open.IsLiveAsync();
        Log(server, 3, 6);
        await open.ShowsAsync("Event 5 of");
        CollectionAssert.AreEqual(
            new[] { "Event 5 of u5", "Event 4 of u4", "Event 3 of u3", "Event 2 of u2", "Event 1 of u1", "Event 0 of u0" },
            (await open.Page.Locator("td.what").AllTextContentsAsync())
                .Where(text => text.StartsWith("Event", StringComparison.Ordinal)).ToArray());
    }

    [TestMethod]
    public async Task Live_goes_on_within_a_range_and_ends_with_one_that_has_an_end()
    {
        await using var server = await StartAsync(3);
        await using var open = await OpenPage.OnAsync(server, "/audit?event_type=user.*&live=true");
        await open.IsLiveAsync();
        await open.ShowsAsync("Event 2 of");
        await open.Page.GetByLabel("Time", new() { Exact = true }).SelectOptionAsync("1h");
        await open.HoldsAsync("location.search.includes('from=1h') && location.search.includes('live=true')");
        await open.IsLiveAsync();
        await open.ShowsAsync("Event 2 of");
        Log(server, 3, 4);
        await open.ShowsAsync("Event 3 of");
        await open.Page.Locator(".bars button").First.FocusAsync();
        await open.PressAsync("Enter");
        await open.HoldsAsync("location.search.includes('to=') && !location.search.includes('live')");
        await open.HoldsAsync("document.querySelector('[data-part=live]').getAttribute('aria-pressed') === 'false'");
        // The dragged bar is the day or hour at the beginning of the range: what is shown is what the range has.
        await open.HoldsAsync("document.querySelector('[data-part=box]').ariaBusy === 'false'");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Live" }).ClickAsync();
        await open.HoldsAsync("!location.search.includes('to=') && location.search.includes('live=true')");
        await open.IsLiveAsync();
        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task Events_that_the_server_refuses_leave_no_old_rows()
    {
        await using var server = await StartAsync(3);
        await using var open = await OpenPage.OnAsync(server, "/audit?event_type=user.*&live=true");
        await open.ShowsAsync("Event 2 of");
        await open.Page.EvaluateAsync("history.pushState(null, '', '?from=nonsense&live=true'); dispatchEvent(new Event('routed'))");
        await open.ShowsAsync("no time");
        Assert.AreEqual(0, await open.Page.Locator("tbody tr").CountAsync());
    }

    [TestMethod]
    public async Task The_facets_and_the_bars_filter_the_events()
    {
        await using var server = await StartAsync(30);
        await using var open = await OpenPage.OnAsync(server, "/audit");
        await open.Page.GetByRole(AriaRole.Checkbox, new() { Name = "user.act" }).CheckAsync();
        await open.HoldsAsync("document.querySelectorAll('tbody tr').length === 30");
        await open.Page.GetByRole(AriaRole.Checkbox, new() { NameRegex = new("^u4 ") }).CheckAsync();
        await open.HoldsAsync("document.querySelectorAll('tbody tr').length === 3");
        await open.Page.Locator(".bars button").Last.ClickAsync();
        await open.HoldsAsync("location.search.includes('from=') && location.search.includes('to=')");
        await open.HoldsAsync("document.querySelectorAll('tbody tr').length === 3");
    }

    [TestMethod]
    public async Task A_text_cannot_pass_for_a_number_in_what_is_copied()
    {
        await using var server = await StartAsync(0);
        var text = "\0digits1,\"x\":2";
        server.Logger("Tests").LogInformation(new EventId(1, "user.paid"), "Paid {Amount} for {Text}", 9_007_199_254_740_993, text);
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/audit?event_type=user.paid");
        await open.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await open.Page.Locator("td.what").ClickAsync();
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Copy as JSON" }).ClickAsync();
        await open.HoldsAsync("(await navigator.clipboard.readText()).includes('9007199254740993')");
        var copied = await open.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        var details = System.Text.Json.JsonElement.Parse(copied).GetProperty("details");
        Assert.AreEqual(("9007199254740993", text), (details.GetProperty("Amount").GetRawText(), details.GetProperty("Text").GetString()));
    }

    private async Task<TestServer> StartAsync(int events)
    {
        var server = await new TestServer().StartAsync(Cancellation);
        Log(server, 0, events);
        await server.FlushAsync(Cancellation);
        return server;
    }

    private static void Log(TestServer server, int from, int to)
    {
        var logger = server.Logger("Tests");
        for (var i = from; i < to; i++) logger.LogInformation(new EventId(1, "user.act"), "Event {Number} of {user_id}", i, $"u{i % 10}");
    }

    private static async Task<string> TypesAsync(OpenPage open)
    {
        await open.Page.Locator("tbody tr").First.WaitForAsync();
        return string.Join('\n', await open.Page.Locator("td.what").AllTextContentsAsync());
    }

    private async Task<string[]> ExportAsync(IPage page, string format)
    {
        var download = await page.RunAndWaitForDownloadAsync(
            () => page.GetByRole(AriaRole.Link, new() { Name = format, Exact = true }).ClickAsync());
        return (await File.ReadAllTextAsync(await download.PathAsync(), Cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    [GeneratedRegex("^user u7: remove")]
    private static partial Regex RemoveUser();
}
