using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Zotify.Logging.Tests.Web.Page.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web.Page;

/// <summary>The panel of a line and of an event: its keys, its times, its width, and copying from it.</summary>
[TestClass]
public sealed class PanelTests
{
    private const string OtherTime = "document.querySelectorAll('.drawer dd')[1].textContent";

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Escape_closes_a_menu_and_a_card_before_the_panel()
    {
        await using var server = await StartAsync();
        await using var open = await OpenLineAsync(server);
        var panel = open.Page.Locator(".drawer");
        await ValueAsync(open, "Tests");
        await open.Page.Locator("#menu").WaitForAsync();
        await open.PressAsync("Escape");
        await open.Page.Locator("#menu").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        Assert.AreEqual(1, await panel.CountAsync());
        await open.HoldsAsync("document.activeElement.matches('.drawer .value')");

        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Views" }).ClickAsync();
        await open.Page.GetByLabel("Name of this view").PressAsync("Escape");
        await open.Page.Locator("#card").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        Assert.AreEqual(1, await panel.CountAsync());
        await open.PressAsync("Escape");
        await panel.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task Texts_are_copied_and_the_zone_is_switched_where_the_browser_has_no_clipboard()
    {
        await using var server = await StartAsync();
        await using var open = await OpenLineAsync(server);
        // As on an address without HTTPS.
        await open.Page.EvaluateAsync(
            """
            () => {
              Object.defineProperty(navigator, 'clipboard', { value: undefined });
              document.addEventListener('copy', event => { window.copied = event.target.value; });
            }
            """);
        foreach (var (button, end) in ((string, string)[])[("Copy", "Tests Parcel 1"), ("Copy link", "line=")])
        {
            await open.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
            await open.HoldsAsync($"window.copied?.includes('{end}')");
        }

        Assert.AreEqual(2, await open.Page.GetByRole(AriaRole.Button, new() { Name = "Copied", Exact = true }).CountAsync());
        await ValueAsync(open, "Tests");
        await open.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Copy", Exact = true }).ClickAsync();
        await open.HoldsAsync("window.copied === 'Tests' && document.getElementById('announcer').textContent === 'Copied.'");

        await open.HoldsAsync($"{OtherTime}.endsWith(' UTC')");
        await open.Page.Locator("#zone").ClickAsync();
        await open.HoldsAsync($"{OtherTime}.endsWith(' local time')");
        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task A_narrow_window_leaves_the_width_that_was_chosen()
    {
        await using var server = await StartAsync();
        await using var open = await OpenLineAsync(server);
        await open.Page.GetByRole(AriaRole.Separator).FocusAsync();
        await open.PressAsync("ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft");
        await open.HoldsAsync("document.querySelector('.drawer').offsetWidth === 600");
        await open.Page.SetViewportSizeAsync(800, 900);
        await open.PressAsync("j");
        await open.HoldsAsync("document.querySelector('.drawer').offsetWidth === 560");
        await open.Page.SetViewportSizeAsync(1280, 900);
        await open.PressAsync("k");
        await open.HoldsAsync("document.querySelector('.drawer').offsetWidth === 600");
    }

    [TestMethod]
    public async Task An_event_leads_to_a_job_with_a_number_and_its_details_may_have_any_name()
    {
        await using var server = await StartAsync();
        server.Logger("Tests").LogInformation(new EventId(1, "user.ordered"), "Job {job_id} of {a=b%}", 42, "gold");
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/audit?event_type=user.ordered");
        await open.Page.Locator("td.what").GetByText("Job 42 of gold").ClickAsync();
        Assert.AreEqual(
            "/jobs/42",
            await open.Page.Locator(".drawer").GetByText("The job").EvaluateAsync<string>("link => new URL(link.href).pathname"));
        await open.HoldsAsync($"{OtherTime}.endsWith(' UTC')");
        await open.Page.Locator("#zone").ClickAsync();
        await open.HoldsAsync($"{OtherTime}.endsWith(' local time')");

        await ValueAsync(open, "gold");
        await open.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Only this" }).ClickAsync();
        var chip = open.Page.GetByRole(AriaRole.Group, new() { Name = "a=b% gold" });
        foreach (var (title, wanted) in ((string, string)[])[("Turn off", "null"), ("Turn on", "'gold'")])
        {
            await chip.GetByTitle(title).ClickAsync();
            await open.HoldsAsync($"new URLSearchParams(location.search).get('details[a=b%]') === {wanted}");
            await open.HoldsAsync("document.querySelector('[data-part=box]').ariaBusy === 'false'");
            await open.HoldsAsync("document.querySelectorAll('tbody tr').length === 1");
        }

        open.AssertNoComplaints();
    }

    private async Task<OpenPage> OpenLineAsync(TestServer server)
    {
        for (var i = 0; i < 3; i++) server.Logger("Tests").LogInformation("Parcel {Number}", i);
        await server.FlushAsync(Cancellation);
        var open = await OpenPage.OnAsync(server, "/?category=Tests");
        await open.Page.Locator(".line-message").GetByText("Parcel 1").ClickAsync();
        await open.Page.Locator(".drawer").WaitForAsync();
        return open;
    }

    private static Task ValueAsync(OpenPage open, string value) =>
        open.Page.Locator(".drawer button.value").GetByText(value, new() { Exact = true }).ClickAsync();

    private Task<TestServer> StartAsync() => new TestServer { Settings = [TestServer.WithoutRequests] }.StartAsync(Cancellation);
}
