using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Zotify.Logging.Tests.Web.Page.Support;
using Zotify.Logging.Tests.Web.Support;
using Zotify.Logging.Web.SignIn;

namespace Zotify.Logging.Tests.Web.Page;

[TestClass]
public sealed class SignInTests
{
    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task A_key_opens_the_requested_address_and_a_wrong_one_is_reported()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/?level=Warning", key: null);
        await SignInAsync(open.Page, "wrong");
        await open.Page.GetByRole(AriaRole.Alert).GetByText("not known").WaitForAsync();
        await SignInAsync(open.Page, TestServer.AllKey);
        await open.IsLiveAsync();
        Assert.AreEqual("Warning", await open.Page.GetByLabel("Level", new() { Exact = true }).InputValueAsync());

        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await open.Page.GetByLabel("API key").WaitForAsync();
        await open.Page.ReloadAsync();
        await open.Page.GetByLabel("API key").WaitForAsync();
        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task The_link_opens_the_page_signed_in()
    {
        await using var server = await new TestServer { HasKeys = false }.StartAsync(Cancellation);
        var token = server.App.Services.GetRequiredService<SignInLink>().Issue();
        await using var open = await OpenPage.OnAsync(server, $"/sign-in?token={token}", key: null);
        await open.IsLiveAsync();
        Assert.AreEqual("local", await open.Page.Locator("#user").TextContentAsync());
    }

    [TestMethod]
    public async Task A_log_that_a_key_does_not_open_is_reported_with_the_missing_scope()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/audit", TestServer.JobsKey);
        await open.ShowsAsync("It needs the scope logs:audit. Yours has logs:jobs");
        await open.Page.GetByRole(AriaRole.Link, new() { Name = "Jobs" }).ClickAsync();
        await open.ShowsAsync("There is no job yet");
    }

    [TestMethod]
    public async Task A_session_that_is_over_is_opened_again_where_it_was()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/jobs?q=import");
        await open.ShowsAsync("No job matches");
        await open.Page.Context.ClearCookiesAsync();
        await open.ShowsAsync("Your session has ended");
        await SignInAsync(open.Page, TestServer.AllKey);
        await open.ShowsAsync("No job matches");
        StringAssert.EndsWith(open.Page.Url, "/jobs?q=import", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task A_sign_out_that_fails_says_so_and_can_be_repeated()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/jobs");
        await open.ShowsAsync("There is no job yet");
        await open.Page.RouteAsync("**/session", route => route.AbortAsync());
        var signOut = open.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" });
        await signOut.ClickAsync();
        await open.Page.Locator("#card").GetByText("You are still signed in").WaitForAsync();
        await open.ShowsAsync("There is no job yet");
        await open.Page.UnrouteAsync("**/session");
        await signOut.ClickAsync();
        await open.Page.GetByLabel("API key").WaitForAsync();
        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task The_reference_shows_the_api_from_here_alone_to_who_is_signed_in()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/docs", key: null);
        await open.HoldsAsync("document.getElementById('status').textContent.startsWith('Sign in')");
        await open.Page.Context.APIRequest.PostAsync("/session", new() { DataObject = new { key = TestServer.JobsKey } });
        await open.Page.ReloadAsync();
        await open.HoldsAsync("document.getElementById('reference').textContent.includes('/api/logs/system/stream')");
        Assert.AreEqual("", await open.Page.EvaluateAsync<string>(
            "performance.getEntriesByType('resource').map(entry => entry.name).filter(name => !name.startsWith(location.origin) && "
                + "!name.startsWith('data:')).join()"));
    }

    private static async Task SignInAsync(IPage page, string key)
    {
        await page.GetByLabel("API key").FillAsync(key);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }
}
