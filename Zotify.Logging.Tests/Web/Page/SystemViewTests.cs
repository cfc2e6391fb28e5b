using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Zotify.Logging.Tests.Web.Page.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web.Page;

[TestClass]
public sealed class SystemViewTests
{
    // A filter for the lines that the tests log, without those of their requests.
    private const string OwnLines = "/?category=Tests";

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Lines_appear_as_they_are_logged()
    {
        await using var server = await StartAsync();
        await using var open = await OpenPage.OnAsync(server, OwnLines);
        await open.ShowsAsync("No line matches");
        server.Logger("Tests").LogWarning(new InvalidOperationException("the disk is full"), "A line that is {Adjective}", "live");
        await open.ShowsAsync("A line that is live");
        Assert.AreEqual("WRN", await open.Page.Locator(".row.Warning .level").TextContentAsync());
        StringAssert.Contains(await open.Page.Locator(".row .trouble").TextContentAsync(), "the disk is full", StringComparison.Ordinal);
        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task A_pause_holds_new_lines_and_loses_none()
    {
        await using var server = await StartAsync();
        await using var open = await OpenPage.OnAsync(server, OwnLines);
        await open.IsLiveAsync();
        Log(server, 0, 100);
        await open.ShowsAsync("Line 99.");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        Log(server, 100, 250);
        await open.ShowsAsync("Paused: 150 new lines");
        Assert.AreEqual(0, await open.Page.GetByText("Line 100.").CountAsync());
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        Log(server, 250, 300);
        await open.ShowsAsync("Line 299.");
        CollectionAssert.AreEqual(Lines(0, 300), await open.LinesAsync());
    }

    [TestMethod]
    public async Task A_pause_that_is_long_leaves_the_lines_with_the_server_and_goes_on_without_a_gap()
    {
        await using var server = await StartAsync();
        await using var open = await OpenPage.OnAsync(server, OwnLines);
        await open.IsLiveAsync();
        Log(server, 0, 1);
        await open.ShowsAsync("Line 0.");
        await open.PressAsync("Space");
        Log(server, 1, 15_000);
        await open.Page.GetByText("+ new lines").WaitForAsync();
        Log(server, 15_000, 15_500);
        await open.PressAsync("Space");
        await open.ShowsAsync("Line 15499.");
        // Every row is as high as the next.
        Assert.AreEqual(
            15_500,
            await open.Page.EvaluateAsync<int>(
                "document.querySelector('.canvas').offsetHeight / document.querySelector('.row').offsetHeight"));
    }

    [TestMethod]
    public async Task Scrolling_to_older_lines_holds_the_list_and_the_end_is_followed_again()
    {
        await using var server = await StartAsync();
        Log(server, 0, 1200);
        await using var open = await OpenPage.OnAsync(server, OwnLines);
        await open.ShowsAsync("Line 1199.");
        // The first 500 lines are shown; scrolling up reads the rest.
        CollectionAssert.AreEqual(Lines(0, 1200), await open.LinesAsync());
        await open.Page.EvaluateAsync("document.querySelector('.viewport').scrollTop = 600");
        await open.ShowsAsync("To the newest");
        var seen = await open.Page.Locator(".row").AllTextContentsAsync();
        Log(server, 1200, 1210);
        await open.ShowsAsync("10 new lines");
        CollectionAssert.AreEqual(seen.ToArray(), (await open.Page.Locator(".row").AllTextContentsAsync()).ToArray());
        await open.PressAsync("f");
        await open.ShowsAsync("Line 1209.");
    }

    [TestMethod]
    public async Task The_address_has_the_filters_and_back_removes_them()
    {
        await using var server = await StartAsync();
        Log(server, 0, 3);
        server.Logger("Tests.Disk").LogError("The disk is full");
        server.Logger("Other").LogError("The disk is elsewhere");
        await using var open = await OpenPage.OnAsync(server, "/?category=Tests&level=Error&q=disk");
        await open.ShowsAsync("is full");
        CollectionAssert.AreEqual(new[] { "The disk is full" }, await open.LinesAsync());
        Assert.AreEqual("disk", await open.Page.GetByLabel("Search the lines").InputValueAsync());
        Assert.AreEqual("disk", await open.Page.Locator(".line-message mark").TextContentAsync());

        await open.Page.GetByLabel("Level", new() { Exact = true }).SelectOptionAsync("");
        await open.Page.GetByLabel("Search the lines").FillAsync("");
        await open.ShowsAsync("Line 2.");
        StringAssert.EndsWith(open.Page.Url, "/?category=Tests", StringComparison.Ordinal);
        // The emptied search replaced the step before it, so going back once undoes both.
        await open.Page.GoBackAsync();
        await open.HoldsAsync("document.querySelectorAll('.row').length === 1");
        Assert.AreEqual("Error", await open.Page.GetByLabel("Level", new() { Exact = true }).InputValueAsync());
    }

    [TestMethod]
    public async Task It_goes_to_a_time_and_reports_where_it_cannot()
    {
        await using var server = await StartAsync();
        Log(server, 0, 3);
        await using var open = await OpenPage.OnAsync(server, OwnLines);
        await open.ShowsAsync("Line 2.");
        await open.Page.GetByLabel("Go to").FillAsync("yesterday");
        await open.PressAsync("Enter");
        await open.ShowsAsync("is expected");
        await open.Page.GetByLabel("Go to").FillAsync("1h");
        await open.PressAsync("Enter");
        await open.ShowsAsync("Line 0.");
        StringAssert.Contains(open.Page.Url, "since=1h", StringComparison.Ordinal);
        await open.Page.GotoAsync("/?level=Loud");
        await open.ShowsAsync("'Loud': no level");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Clear the filters" }).ClickAsync();
        await open.ShowsAsync("Line 2.");
    }

    [TestMethod]
    public async Task After_a_restart_of_the_server_it_connects_again_and_has_what_it_missed()
    {
        await using var server =
            await new TestServer { Settings = [TestServer.WithoutRequests], MayBeAway = true }.StartAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, OwnLines);
        await open.IsLiveAsync();
        Log(server, 0, 30);
        await open.ShowsAsync("Line 29.");
        await server.StopForAWhileAsync(Cancellation);
        await open.ShowsAsync("reconnecting");
        await server.StartAsync(Cancellation);
        Log(server, 30, 60);
        await open.ShowsAsync("Line 59.");
        await open.ShowsAsync("Live again since");
        CollectionAssert.AreEqual(Lines(0, 60), await open.LinesAsync());
    }

    [TestMethod]
    public async Task Nothing_in_a_line_is_taken_as_markup_or_hidden()
    {
        await using var server = await StartAsync();
        await using var open = await OpenPage.OnAsync(server, OwnLines);
        await open.IsLiveAsync();
        server.Logger("Tests").LogError(new InvalidOperationException(Hostile.Message), "{Message}", Hostile.Message);
        await open.ShowsAsync("<img src=x");
        await Hostile.AssertHarmlessAsync(open);
        await open.PressAsync("j", "Enter");
        await open.Page.GetByRole(AriaRole.Complementary, new() { Name = "Details" }).GetByText("<img src=x").First.WaitForAsync();
        await Hostile.AssertHarmlessAsync(open);
    }

    private Task<TestServer> StartAsync() => new TestServer { Settings = [TestServer.WithoutRequests] }.StartAsync(Cancellation);

    private static void Log(TestServer server, int from, int to)
    {
        var logger = server.Logger("Tests");
        for (var i = from; i < to; i++) logger.LogInformation("Line {Number}.", i);
    }

    private static string[] Lines(int from, int to) => [.. Enumerable.Range(from, to - from).Select(number => $"Line {number}.")];
}
