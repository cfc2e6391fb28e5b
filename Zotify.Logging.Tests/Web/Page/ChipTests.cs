using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Zotify.Logging.Tests.Web.Page.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web.Page;

/// <summary>Every filter has a chip, which can be turned off and on, and turned around where there is something around it.</summary>
[TestClass]
public sealed class ChipTests
{
    private const string Lines = "[...document.querySelectorAll('.line-message')].map(line => line.textContent).join()";
    private const string Events = "[...document.querySelectorAll('td.what')].map(cell => cell.textContent).join()";
    private const string JobIds = "[...document.querySelectorAll('.job-list .name a')].map(link => link.textContent).sort().join()";

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task A_level_and_a_time_have_chips_and_a_level_is_turned_around()
    {
        await using var server = await StartAsync();
        for (var level = LogLevel.Information; level <= LogLevel.Critical; level++) server.Logger("Tests").Log(level, "{Level}", level);
        await using var open = await OpenPage.OnAsync(server, "/?category=Tests&level=Warning&level.not=Error");
        await open.HoldsAsync($"{Lines} === 'Warning,Critical'");
        await Chip(open, "level is not Error").GetByTitle("Show this and above").ClickAsync();
        await open.HoldsAsync($"{Lines} === 'Error,Critical'");
        await open.HoldsAsync("location.search === '?category=Tests&level=Error'");

        var lowest = Chip(open, "level Error");
        await lowest.GetByText("Error and above").WaitForAsync();
        await lowest.GetByTitle("Turn off").ClickAsync();
        await open.HoldsAsync($"{Lines} === 'Information,Warning,Error,Critical'");
        await open.Page.GetByLabel("Level", new() { Exact = true }).SelectOptionAsync("Critical");
        await open.HoldsAsync($"{Lines} === 'Critical'");
        await lowest.GetByTitle("Turn on").ClickAsync();
        await open.HoldsAsync($"{Lines} === 'Error,Critical'");
        await lowest.GetByTitle("Exclude this and above").ClickAsync();
        await open.HoldsAsync($"{Lines} === 'Information,Warning'");
        await Chip(open, "level is not Critical").WaitForAsync();

        await open.Page.GotoAsync("/?category=Tests&to=1h");
        await open.ShowsAsync("No line matches");
        var until = Chip(open, "until 1h");
        await until.GetByText("1 hour ago").WaitForAsync();
        Assert.AreEqual(2, await until.GetByRole(AriaRole.Button).CountAsync());
        await until.GetByTitle("Turn off").ClickAsync();
        await open.HoldsAsync($"{Lines} === 'Information,Warning,Error,Critical'");
        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task A_detail_whose_name_has_an_equals_sign_is_turned_off_and_on()
    {
        await using var server = await StartAsync();
        foreach (var way in (string[])["x=y", "z"])
            server.Logger("Tests").LogInformation(
                new EventId(1, "user.act"), "{Text} by {@Order}", way, new Dictionary<string, string> { ["a=b"] = way });
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/audit?event_type=user.act");
        await open.HoldsAsync("document.querySelectorAll('td.what').length === 2");
        await open.Page.Locator("td.what").Last.ClickAsync();
        var details = open.Page.GetByRole(AriaRole.Complementary, new() { Name = "Details" });
        await details.Locator(".tree details").GetByRole(AriaRole.Button, new() { Name = "x=y", Exact = true }).ClickAsync();
        await open.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Only this", Exact = true }).ClickAsync();
        await open.HoldsAsync("document.querySelectorAll('td.what').length === 1");
        await open.Page.Locator(".chip").Last.GetByTitle("Turn off").ClickAsync();
        await open.HoldsAsync("document.querySelectorAll('td.what').length === 2");
        await open.Page.Locator(".chip.off").GetByTitle("Turn on").ClickAsync();
        await open.HoldsAsync($"{Events}.startsWith('x=y') && document.querySelectorAll('td.what').length === 1");
    }

    [TestMethod]
    public async Task The_status_of_a_job_is_wanted_and_excluded()
    {
        await using var server = await StartAsync();
        foreach (var (id, end) in ((string, string)[])[("one", "failed"), ("two", "completed"), ("three", "failed")])
            new JobLogger(server.Logger("Tests"), id, "import").LogInformation(new EventId(3, $"job.{end}"), "Ended");
        new JobLogger(server.Logger("Tests"), "four", "import").LogInformation("Begun");
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/jobs");
        await open.Page.Locator(".job-list").GetByRole(AriaRole.Button, new() { Name = "completed" }).ClickAsync();
        await open.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Not this", Exact = true }).ClickAsync();
        await open.HoldsAsync($"{JobIds} === 'four,one,three'");
        StringAssert.EndsWith(open.Page.Url, "/jobs?status.not=completed", StringComparison.Ordinal);
        await Chip(open, "status is not completed").GetByTitle("Show only this").ClickAsync();
        await open.HoldsAsync($"{JobIds} === 'two'");
        await open.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Failed" }).CheckAsync();
        await open.HoldsAsync($"{JobIds} === 'one,three,two'");
        await Chip(open, "status completed").GetByTitle("Turn off").ClickAsync();
        await open.HoldsAsync($"{JobIds} === 'one,three'");
        Assert.IsFalse(await open.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Completed" }).IsCheckedAsync());
        open.AssertNoComplaints();
    }

    private static ILocator Chip(OpenPage open, string name) => open.Page.GetByRole(AriaRole.Group, new() { Name = name, Exact = true });

    private Task<TestServer> StartAsync() => new TestServer { Settings = [TestServer.WithoutRequests] }.StartAsync(Cancellation);
}
