using Deque.AxeCore.Playwright;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Web.Page.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web.Page;

/// <summary>Every view against the rules of axe-core, contrast among them, in both themes.</summary>
[TestClass]
public sealed class AccessibilityTests
{
    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [DataRow(false, 1280)]
    [DataRow(true, 1280)]
    [DataRow(true, 390)]
    public async Task No_view_has_a_fault(bool isDark, int width)
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        foreach (var level in Enum.GetValues<LogLevel>().Where(level => level is >= LogLevel.Information and < LogLevel.None))
            server.Logger("Tests")
                .Log(
                    level,
                    new EventId(1, "user.act"),
                    level >= LogLevel.Error ? new InvalidOperationException("the disk is full") : null,
                    "An event of {user_id} at {At}",
                    "u1",
                    level);
        new JobLogger(server.Logger("Tests"), "one", "import").LogInformation("Row {Done}/{Total} imported", 1, 2);
        var failed = new JobLogger(server.Logger("Tests"), "two", "import");
        failed.LogWarning("Row {Done}/{Total} is a duplicate", 1, 2);
        failed.LogError(new EventId(3, "job.failed"), "Import failed");
        await server.FlushAsync(Cancellation);

        await using var open = await OpenPage.OnAsync(server, "/", key: null, isDark, width);
        await CheckAsync(open, "document.getElementById('key')", "signed out");
        await open.Page.Context.APIRequest.PostAsync("/session", new() { DataObject = new { key = TestServer.AllKey } });
        await open.Page.GotoAsync("/?category=Tests&q=event");
        await CheckAsync(open, "document.querySelectorAll('.row').length === 4", "system");
        await open.PressAsync("j", "Enter");
        await CheckAsync(open, "document.querySelector('.drawer')", "a line");
        await open.Page.Locator(".drawer button.value").First.ClickAsync();
        await CheckAsync(open, "document.querySelector('#menu:popover-open')", "the menu of a value");
        await open.Page.GotoAsync("/?category=Tests&q=nothing");
        await CheckAsync(open, "document.querySelector('.state h2')?.textContent === 'No line matches'", "nothing found");
        await open.Page.GotoAsync("/audit?event_type=user.*");
        await CheckAsync(
            open, "document.querySelectorAll('tbody tr').length >= 4 && document.querySelectorAll('.facets li').length > 2", "audit");
        await open.PressAsync("j", "Enter");
        await CheckAsync(open, "document.querySelector('.drawer .tree')", "an event");
        await open.Page.GotoAsync("/jobs");
        await CheckAsync(open, "document.querySelectorAll('.job-list li').length === 2", "jobs");
        await open.Page.GotoAsync("/jobs/two");
        await CheckAsync(
            open, "document.querySelector('.job-head .status.failed') && document.querySelectorAll('.row').length === 2", "a job");
        await open.PressAsync("?");
        await CheckAsync(open, "document.querySelector('dialog[open]')", "help");
        await open.Page.GotoAsync("/nowhere");
        await CheckAsync(open, "document.querySelector('.state h2')", "no such page");
        Assert.IsLessThanOrEqualTo(width, await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    private static async Task CheckAsync(OpenPage open, string condition, string view)
    {
        await open.HoldsAsync(condition);
        var found = await open.Page.RunAxe();
        var faults = found.Violations
            .SelectMany(
                violation => violation.Nodes.Select(
                    node =>
                        $"{view}: {violation.Id}: {node.Html}: "
                            + $"{string.Join("; ", node.Any.Concat(node.All).Select(check => check.Message))}"));
        Assert.AreEqual("", string.Join('\n', faults));
    }
}
