using Zotify.Logging.Tests.Web.Page.Support;
using Zotify.Logging.Tests.Web.Sources;

namespace Zotify.Logging.Tests.Web.Page;

/// <summary>The system log of two instances on the page of one of them.</summary>
[TestClass]
public sealed class SourcesTests
{
    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Lines_say_which_instance_wrote_them_and_a_click_filters_by_it()
    {
        await using var both = await new TwoInstances().StartAsync(Cancellation);
        both.Log(0, 3);
        await using var open = await OpenPage.OnAsync(both.One, "/?category=Tests");
        await open.HoldsAsync("document.querySelectorAll('.row .line-message').length === 6");
        await open.HoldsAsync("getComputedStyle(document.querySelector('.row .instance')).display !== 'none'");
        Assert.AreEqual("web-1 web-1 web-1 web-2 web-2 web-2", string.Join(' ', (await open.Page.Locator(".row .instance").AllTextContentsAsync()).Order()));
        await open.Page.Locator(".row .instance", new() { HasText = "web-2" }).First.ClickAsync();
        await open.Page.GetByText("Not this", new() { Exact = true }).ClickAsync();
        await open.HoldsAsync("new URLSearchParams(location.search).get('instance.not') === 'web-2' && document.querySelectorAll('.row').length === 3");
        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task One_that_is_away_is_told_until_it_is_back()
    {
        await using var both = await new TwoInstances().StartAsync(Cancellation);
        both.Log(0, 1);
        await using var open = await OpenPage.OnAsync(both.One, "/?category=Tests");
        await open.ShowsAsync("Line 0 of two");
        both.CutTwo();
        await open.ShowsAsync("web-2 has been away since");
        await open.ShowsAsync("web-2 is away: ");
        both.Log(1, 1);
        await open.ShowsAsync("Line 1 of one");
        both.ConnectTwo();
        await open.ShowsAsync("Line 1 of two");
        await open.HoldsAsync("![...document.querySelectorAll('.notice')].some(notice => !notice.hidden && notice.textContent.includes('away'))");
        open.AssertNoComplaints();
    }
}
