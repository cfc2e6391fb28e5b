using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Zotify.Logging.Tests.Web.Page.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web.Page;

/// <summary>Lines in JSON on the page: their parts, the filters by them, and the way to their job and audit events and back.</summary>
[TestClass]
public sealed class StructuredLineTests
{
    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task A_panel_shows_every_part_of_a_line()
    {
        await using var server = await StartAsync();
        Log(server);
        await using var open = await OpenPage.OnAsync(server, "/?category=Tests");
        await OpenLineAsync(open, "Row 2 of");
        var panel = open.Page.Locator(".drawer");
        Assert.AreEqual("Row 2 of\nthe import, C:\\new", await panel.Locator(".whole-message").TextContentAsync(), "the message itself");
        var facts = await panel.Locator("dl.facts dt, dl.facts dd").AllTextContentsAsync();
        foreach (var (name, value) in ((string, string)[])
            [("Category", "Tests"), ("Event", "row.read"), ("Event number", "7"), ("Job", "import 1"), ("Instance", "host/app"), ("Level", "Warning")])
            Assert.AreEqual(value, facts[facts.ToList().IndexOf(name) + 1], name);
        var trees = await panel.Locator(".tree").AllTextContentsAsync();
        StringAssert.Contains(trees[0], "Number: 2", StringComparison.Ordinal);
        StringAssert.Contains(trees[1], "tenant: t 1", StringComparison.Ordinal);
        StringAssert.Contains(await panel.Locator("pre").TextContentAsync(), "no such row", StringComparison.Ordinal);
        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task Its_values_filter_and_exclude_by_a_click()
    {
        await using var server = await StartAsync();
        Log(server);
        await using var open = await OpenPage.OnAsync(server, "/?category=Tests");
        await OpenLineAsync(open, "Row 2 of");
        await ChooseAsync(open, "import 1", "Only this");
        await open.HoldsAsync("new URLSearchParams(location.search).get('job_id') === 'import 1' && document.querySelectorAll('.row').length === 3");
        await open.Page.GotoAsync("/?category=Tests");
        await OpenLineAsync(open, "Row 2 of");
        await ChooseAsync(open, "import 1", "Not this");
        await open.HoldsAsync("new URLSearchParams(location.search).get('job_id.not') === 'import 1' && document.querySelectorAll('.row').length === 1");
        await open.ShowsAsync("Of no job");
        await open.Page.GotoAsync("/?category=Tests");
        await OpenLineAsync(open, "Row 2 of");
        await ChooseAsync(open, "host/app", "Not this");
        await open.ShowsAsync("No line matches");
        await open.Page.GotoAsync("/?category=Tests");
        await OpenLineAsync(open, "Row 2 of");
        await ChooseAsync(open, "t 1", "Only this");
        await open.HoldsAsync("new URLSearchParams(location.search).get('q') === '\"t 1\"' && document.querySelectorAll('.row').length === 3");
    }

    [TestMethod]
    public async Task A_line_leads_to_its_job_and_its_audit_events_and_these_lead_back()
    {
        await using var server = await StartAsync();
        Log(server);
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/?category=Tests");
        await OpenLineAsync(open, "Row 2 of");
        await FollowAsync(open, "The job");
        await open.Page.Locator("h1").GetByText("import 1").WaitForAsync();
        await FollowAsync(open, "System lines");
        await open.HoldsAsync("document.querySelectorAll('.row').length === 3");
        await OpenLineAsync(open, "Row 2 of");
        await FollowAsync(open, "Audit events of this trace");
        await OpenEventAsync(open);
        await FollowAsync(open, "System lines of this job");
        await OpenLineAsync(open, "Row 2 of");
        await FollowAsync(open, "Audit events of this job");
        await OpenEventAsync(open);
        await FollowAsync(open, "System lines of this trace");
        await open.ShowsAsync("Row 2 of");
        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task Lines_of_text_say_why_they_have_no_job_and_other_text_is_shown()
    {
        await using var server = new TestServer { Settings = [TestServer.WithoutRequests] };
        // Written before the start: nobody else appends to a log that is being written.
        Directory.CreateDirectory(server.PathOf("logs"));
        await File.WriteAllTextAsync(server.PathOf("logs/zotify_api.log"), "a line of another program\n\tand more\n", Cancellation);
        await server.StartAsync(Cancellation);
        Log(server);
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/?job_id=import+1");
        await open.ShowsAsync("lines have one where Logging:Zotify:Handlers:System:Format is Json");
        await open.Page.GotoAsync("/?q=another+program");
        await open.Page.Locator(".line-message").GetByText("a line of another program").ClickAsync();
        await open.Page.Locator(".drawer .whole-message").GetByText("a line of another program").WaitForAsync();
    }

    private async Task<TestServer> StartAsync() => await new TestServer
    {
        Settings = ["Logging:Zotify:Handlers:System:Format=Json", "Logging:Zotify:Instance=host/app", TestServer.WithoutRequests],
    }.StartAsync(Cancellation);

    private static void Log(TestServer server)
    {
        var logger = server.Logger("Tests");
        logger.LogInformation("Of no job");
        using var activity = new Activity("import").SetIdFormat(ActivityIdFormat.W3C).Start();
        using var scope = logger.BeginScope(new Dictionary<string, object> { ["job_id"] = "import 1", ["tenant"] = "t 1" });
        logger.LogInformation(new EventId(1, "job.started"), "Began");
        logger.LogWarning(new EventId(7, "row.read"), new InvalidOperationException("no such row"), "Row {Number} of\nthe import, C:\\new", 2);
        logger.LogInformation(new EventId(1001, "user.imported"), "User {UserId} imported", "u1");
    }

    private static async Task OpenLineAsync(OpenPage open, string message) =>
        await open.Page.Locator(".line-message").GetByText(message).ClickAsync();

    private static async Task OpenEventAsync(OpenPage open) => await open.Page.Locator("td.what").GetByText("User u1 imported").ClickAsync();

    private static Task FollowAsync(OpenPage open, string link) =>
        open.Page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync();

    private static async Task ChooseAsync(OpenPage open, string value, string action)
    {
        await open.Page.Locator(".drawer button.value").GetByText(value, new() { Exact = true }).ClickAsync();
        await open.Page.GetByRole(AriaRole.Menuitem, new() { Name = action }).ClickAsync();
    }
}
