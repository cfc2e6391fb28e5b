using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Zotify.Logging.Tests.Web.Page.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web.Page;

/// <summary>Filters by a click on a value: only, not, turned off, turned around; in every view.</summary>
[TestClass]
public sealed class FilterTests
{
    private const string Lines = "[...document.querySelectorAll('.line-message')].map(line => line.textContent).join()";
    private const string Events = "[...document.querySelectorAll('td.what')].map(cell => cell.textContent).join()";
    private const string JobIds = "[...document.querySelectorAll('.job-list .name a')].map(link => link.textContent).sort().join()";

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task A_value_of_a_row_is_wanted_excluded_turned_off_and_turned_around()
    {
        await using var server = await StartAsync();
        foreach (var category in (string[])["Tests.One", "Tests.Two", "Tests.Three"])
            server.Logger(category).LogInformation("Of {Name}", category);
        await using var open = await OpenPage.OnAsync(server, "/?category=Tests");
        await open.HoldsAsync($"{Lines} === 'Of Tests.One,Of Tests.Two,Of Tests.Three'");
        await open.Page.Locator(".row .from").Nth(1).ClickAsync();
        await ChooseAsync(open, "Not this");
        await open.HoldsAsync($"{Lines} === 'Of Tests.One,Of Tests.Three'");
        StringAssert.EndsWith(open.Page.Url, "/?category=Tests&category.not=Tests.Two", StringComparison.Ordinal);
        var chip = open.Page.GetByRole(AriaRole.Group, new() { Name = "category is not Tests.Two" });
        await chip.GetByTitle("Turn off").ClickAsync();
        await open.HoldsAsync($"{Lines} === 'Of Tests.One,Of Tests.Two,Of Tests.Three'");
        await chip.GetByTitle("Turn on").ClickAsync();
        await open.HoldsAsync($"{Lines} === 'Of Tests.One,Of Tests.Three'");
        await open.Page.GetByLabel("category Tests: remove this filter").ClickAsync();
        await chip.GetByTitle("Show only this").ClickAsync();
        await open.HoldsAsync($"{Lines} === 'Of Tests.Two'");
        await open.Page.GetByLabel("category Tests.Two: remove this filter").ClickAsync();
        await open.HoldsAsync("location.search === ''");
        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task A_value_of_a_panel_filters_and_a_detail_has_a_chip()
    {
        await using var server = await StartAsync();
        for (var i = 0; i < 3; i++)
            server.Logger("Tests")
                .LogInformation(new EventId(1, "user.ordered"), "{user_id} ordered {Plan}", $"u{i}", i == 1 ? "gold" : "free");
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/audit?event_type=user.ordered");
        await open.Page.Locator("td.what").GetByText("u1 ordered gold").ClickAsync();
        var details = open.Page.GetByRole(AriaRole.Complementary, new() { Name = "Details" });
        await details.GetByRole(AriaRole.Button, new() { Name = "gold" }).ClickAsync();
        await ChooseAsync(open, "Not this");
        await open.HoldsAsync($"{Events} === 'u2 ordered free,u0 ordered free'");
        var chip = open.Page.GetByRole(AriaRole.Group, new() { Name = "Plan is not gold" });
        await chip.GetByTitle("Show only this").ClickAsync();
        await open.HoldsAsync($"{Events} === 'u1 ordered gold'");
        await open.Page.Locator("td.who button").ClickAsync();
        await ChooseAsync(open, "Only this");
        await open.Page.GetByRole(AriaRole.Group, new() { Name = "user u1" }).WaitForAsync();
        await open.HoldsAsync($"{Events} === 'u1 ordered gold'");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Clear all" }).ClickAsync();
        await open.HoldsAsync("document.querySelectorAll('.chip').length === 0");
        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task The_search_takes_phrases_and_exclusions_in_every_view()
    {
        await using var server = await StartAsync();
        (string Id, string Text)[] jobs = [("one", "disk full today"), ("two", "full disk today"), ("three", "disk full tonight")];
        foreach (var (id, text) in jobs)
        {
            var job = new JobLogger(server.Logger("Tests"), id, "import");
            job.LogInformation(new EventId(1, "user.act"), "{Text}", text);
        }

        await server.FlushAsync(Cancellation);
        const string search = "q=%22disk+full%22+-tonight";
        await using var open = await OpenPage.OnAsync(server, $"/?category=Tests&{search}");
        await open.HoldsAsync($"{Lines} === 'disk full today'");
        Assert.AreEqual("disk full", await open.Page.Locator(".line-message mark").TextContentAsync());
        await open.Page.GotoAsync($"/audit?event_type=user.act&{search}");
        await open.HoldsAsync($"{Events} === 'disk full today'");
        await open.Page.GotoAsync($"/jobs?{search}");
        await open.HoldsAsync($"{JobIds} === 'one'");
    }

    [TestMethod]
    public async Task The_types_of_jobs_are_wanted_and_excluded()
    {
        await using var server = await StartAsync();
        foreach (var (id, type) in ((string, string)[])[("one", "import"), ("two", "export"), ("three", "import")])
            new JobLogger(server.Logger("Tests"), id, type).LogInformation("Begun");
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/jobs");
        await open.Page.Locator(".job-list .type button").GetByText("export").ClickAsync();
        await ChooseAsync(open, "Not this");
        await open.HoldsAsync($"{JobIds} === 'one,three'");
        await open.Page.GetByRole(AriaRole.Group, new() { Name = "type is not export" }).GetByTitle("Show only this").ClickAsync();
        await open.HoldsAsync($"{JobIds} === 'two'");
    }

    [TestMethod]
    public async Task A_detail_that_is_empty_or_has_a_line_break_in_its_name_is_found_as_its_chip_says()
    {
        await using var server = await StartAsync();
        foreach (var (plan, value) in ((string, string)[])[("", "x"), ("gold", "y")])
            server.Logger("Tests").LogInformation(
                new EventId(1, "user.chose"), "Chose {Plan}. {Form}", plan, new Dictionary<string, string> { ["a\nb\u2028"] = value });
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/audit?event_type=user.chose&details[Plan]=");
        const string chose = "[...document.querySelectorAll('td.what')].map(cell => cell.textContent.split('.')[0]).join()";
        await open.HoldsAsync($"{chose} === 'Chose '");
        await open.Page.GetByRole(AriaRole.Group, new() { Name = "Plan" }).GetByTitle("Exclude this").ClickAsync();
        await open.HoldsAsync($"{chose} === 'Chose gold'");
        await open.Page.GotoAsync("/audit?event_type=user.chose&details[Form][a%0Ab%E2%80%A8]=x");
        await open.HoldsAsync($"{chose} === 'Chose '");
        await open.Page.Locator(".chip").GetByText("Form a").Locator("xpath=../..").GetByTitle("Exclude this").ClickAsync();
        await open.HoldsAsync($"{chose} === 'Chose gold'");
        // The API ignores no filter that a chip shows.
        await open.Page.GotoAsync("/audit?event_type=user.chose&user_id=");
        await open.HoldsAsync($"{chose} === 'Chose gold,Chose '");
        Assert.AreEqual(1, await open.Page.Locator(".chip").CountAsync());
        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task Where_lines_of_text_are_filtered_by_a_job_the_page_says_that_they_have_none()
    {
        await using var server = await StartAsync();
        new JobLogger(server.Logger("Tests"), "one", "import").LogInformation("Begun");
        await using var open = await OpenPage.OnAsync(server, "/?job_id=one");
        await open.ShowsAsync("A line of text has no job");
    }

    private static Task ChooseAsync(OpenPage open, string item) =>
        open.Page.GetByRole(AriaRole.Menuitem, new() { Name = item, Exact = true }).ClickAsync();

    private Task<TestServer> StartAsync() => new TestServer { Settings = [TestServer.WithoutRequests] }.StartAsync(Cancellation);
}
