using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Zotify.Logging.Tests.Web.Page.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web.Page;

/// <summary>The page without a pointer.</summary>
[TestClass]
public sealed class KeyboardTests
{
    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Everything_is_reached_by_keys_alone()
    {
        await using var server = await new TestServer { Settings = [TestServer.WithoutRequests] }.StartAsync(Cancellation);
        for (var i = 0; i < 5; i++)
            server.Logger("Tests").LogInformation(new EventId(1, "user.act"), "Parcel{Number} of {user_id}", i, "u1");
        new JobLogger(server.Logger("Tests"), "one", "import").LogInformation(new EventId(2, "job.completed"), "Import completed");
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/", key: null);
        await open.StopClockOfKeysAsync();
        await open.Page.GetByLabel("API key").WaitForAsync();
        await open.Page.Keyboard.TypeAsync(TestServer.AllKey);
        await open.PressAsync("Enter");
        await open.IsLiveAsync();

        // The system log: search, move, open, close, pause, follow.
        await open.PressAsync("/");
        await open.Page.Keyboard.TypeAsync("Parcel3");
        await open.HoldsAsync("document.querySelectorAll('.row').length === 1");
        await open.PressAsync("Escape", "j", "Enter");
        await open.Page.GetByRole(AriaRole.Complementary).GetByText("Parcel3").First.WaitForAsync();
        await open.PressAsync("Escape");
        await open.Page.GetByRole(AriaRole.Complementary).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await open.PressAsync("Space");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).WaitForAsync();
        await open.PressAsync("f");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).WaitForAsync();

        // The audit log: move to an event and open it.
        await open.PressAsync("g", "a");
        await open.ShowsAsync("Parcel4 of u1");
        await open.PressAsync("j", "j", "k", "Enter");
        await open.Page.GetByText("Line in the audit file").WaitForAsync();
        StringAssert.Contains(open.Page.Url, "/audit?id=", StringComparison.Ordinal);
        await open.PressAsync("Escape");

        // The jobs: open the first.
        await open.PressAsync("g", "j");
        await open.Page.GetByRole(AriaRole.Link, new() { Name = "one" }).WaitForAsync();
        await open.PressAsync("j", "Enter");
        await open.ShowsAsync("Import completed");
        await open.PressAsync("?");
        await open.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keys" }).WaitForAsync();
        await open.PressAsync("Escape", "g", "s");
        await open.IsLiveAsync();
        Assert.AreEqual("/", new Uri(open.Page.Url).AbsolutePath);
    }

    [TestMethod]
    [DataRow("/?category=Tests", ".row .line-message")]
    [DataRow("/audit?event_type=user.act", "td.what")]
    public async Task The_open_panel_follows_and_the_focus_goes_into_it_and_back(string address, string row)
    {
        await using var server = await new TestServer { Settings = [TestServer.WithoutRequests] }.StartAsync(Cancellation);
        for (var i = 0; i < 5; i++) server.Logger("Tests").LogInformation(new EventId(1, "user.act"), "Parcel{Number}", i);
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, address);
        await open.Page.Locator(row).GetByText("Parcel2").ClickAsync();
        var message = open.Page.Locator(".drawer .whole-message");
        await message.GetByText("Parcel2").WaitForAsync();
        var next = address.StartsWith("/audit", StringComparison.Ordinal) ? "Parcel1" : "Parcel3";
        await open.PressAsync("j");
        await message.GetByText(next).WaitForAsync();
        await open.PressAsync("k");
        await message.GetByText("Parcel2").WaitForAsync();
        await open.PressAsync("F6");
        await open.HoldsAsync("document.activeElement.closest('.drawer')");
        await open.PressAsync("j");
        await message.GetByText(next).WaitForAsync();
        await open.HoldsAsync("document.activeElement.closest('.drawer')");
        await open.PressAsync("F6");
        await open.HoldsAsync("!document.activeElement.closest('.drawer')");
        await open.PressAsync("Escape");
        await open.HoldsAsync("!document.querySelector('.drawer')");
    }

    [TestMethod]
    public async Task The_arrow_keys_move_the_lists()
    {
        await using var server = await new TestServer { Settings = [TestServer.WithoutRequests] }.StartAsync(Cancellation);
        for (var i = 0; i < 3; i++)
            new JobLogger(server.Logger("Tests"), $"job {i}", "import").LogInformation(new EventId(1, "user.act"), "Parcel{Number}", i);
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/?category=Tests");
        await open.ShowsAsync("Parcel2");
        await open.Page.Locator(".viewport").FocusAsync();
        await open.PressAsync("ArrowUp", "ArrowUp");
        await open.HoldsAsync("document.getElementById('selected-line').textContent.includes('Parcel1')");
        foreach (var (address, link) in ((string, string)[])[("/audit?event_type=user.act", "tbody a"), ("/jobs", ".job-list .name a")])
        {
            await open.Page.GotoAsync(address);
            await open.Page.Locator(link).First.FocusAsync();
            await open.PressAsync("ArrowDown");
            await open.HoldsAsync($"[...document.querySelectorAll('{link}')].indexOf(document.activeElement) === 1");
        }
    }

    [TestMethod]
    public async Task Single_letters_can_be_turned_off()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server);
        await open.IsLiveAsync();
        await open.PressAsync("?");
        await open.Page.GetByLabel("Single-letter keys are on").UncheckAsync();
        await open.PressAsync("Escape", "g", "j", "?");
        Assert.AreEqual("/", new Uri(open.Page.Url).AbsolutePath);
        Assert.AreEqual(0, await open.Page.GetByRole(AriaRole.Dialog).CountAsync());
    }

    [TestMethod]
    public async Task The_tab_key_goes_through_the_page_in_order_and_is_seen()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server);
        await open.IsLiveAsync();
        await open.HoldsAsync("document.getElementById('health').textContent === 'All is well'");
        var names = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            await open.PressAsync("Tab");
            names.Add(await open.Page.EvaluateAsync<string>("document.activeElement.textContent.trim()"));
            Assert.AreNotEqual("none", await open.Page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"));
        }

        CollectionAssert.AreEqual(new[] { "Skip to the content", "Zotify logging", "System", "Audit", "Jobs", "All is well" }, names);
    }
}
