using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Zotify.Logging.Tests.Web.Page.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web.Page;

/// <summary>What the page says about an application beside the server that is gone, and about jobs that nobody runs.</summary>
[TestClass]
public sealed class GoneInstanceTests
{
    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [Timeout(300_000, CooperativeCancellation = true)]
    public async Task A_killed_writer_is_told_at_the_top_and_over_the_list_and_its_jobs_are_stalled()
    {
        await using var server = await new TestServer { Settings = ["Logging:Zotify:Instance=web-1/shop"] }.StartAsync(Cancellation);
        await using var writer = await KilledWriter.StartAsync(server, Cancellation);
        await writer.LogAsync("job left job.started", Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/jobs", asksOften: true);
        var (health, banner, row) = (open.Page.Locator("#health"), open.Page.Locator("#banner"), open.Page.Locator(".job-list li"));
        await health.GetByText("All is well · 2 instances").WaitForAsync();
        await row.Locator(".status.running").WaitForAsync();
        await banner.WaitForAsync(new() { State = WaitForSelectorState.Hidden });

        await writer.KillAsync(Cancellation);
        await health.GetByText("writer/shop is gone").WaitForAsync();
        await banner.GetByText("writer/shop has not been seen since").WaitForAsync();
        StringAssert.Contains(await banner.TextContentAsync(), "1 job stalled.", StringComparison.Ordinal);
        await row.Locator(".status.stalled").WaitForAsync();
        await row.GetByText("writer/shop is gone").WaitForAsync();
        Assert.AreEqual(0, await row.GetByText("left,").CountAsync());
        await open.Page.GetByLabel("Stalled").CheckAsync();
        await open.HoldsAsync("document.querySelectorAll('.job-list li').length === 1");

        await health.ClickAsync();
        var card = open.Page.Locator("#card");
        await card.GetByText("not seen since").WaitForAsync();
        await card.GetByText("web-1/shop").WaitForAsync();
        await open.Page.Keyboard.PressAsync("Escape");
        await row.GetByRole(AriaRole.Link).ClickAsync();
        await open.Page.Locator(".job-head .status.stalled").WaitForAsync();
        await open.Page.Locator(".job-head").GetByText("Runs for").WaitForAsync();

        await banner.GetByRole(AriaRole.Button, new() { Name = "Hide" }).ClickAsync();
        await banner.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await writer.StartAgainAsync(Cancellation);
        await open.Page.Locator(".job-head .status.interrupted").WaitForAsync();
        await health.GetByText("All is well").WaitForAsync();
        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task A_type_whose_job_did_not_run_is_told_over_the_jobs()
    {
        await using var server = await new TestServer
        {
            Settings = ["Logging:Zotify:Handlers:Jobs:ExpectedEvery:backup=00:00:01"],
        }.StartAsync(Cancellation);
        server.Logger("Tests").LogInformation("{job_id} of {job_type}", "backup-1", "backup");
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/jobs", asksOften: true);
        await open.ShowsAsync("No job of the type backup has run since");
        open.AssertNoComplaints();
    }
}
