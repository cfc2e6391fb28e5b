using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Web.Page.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web.Page;

/// <summary>Addresses that people type, shorten and misspell.</summary>
[TestClass]
public sealed class AddressTests
{
    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task A_view_is_found_in_any_case_and_with_a_slash()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        foreach (var id in (string[])["50%", "a/b", ".", ".."])
            new JobLogger(server.Logger("Tests"), id, "import").LogInformation("Of the job {Name}", id);
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server);
        (string Address, string Title, string Shown)[] views =
        [
            ("/audit/", "Audit", "Live"), ("/Audit", "Audit", "Live"), ("/JOBS/", "Jobs", "50%"), ("/jobs/50%", "50%", "Of the job 50%"),
            ("/Jobs/50%25", "50%", "Of the job 50%"), ("/jobs/a/b", "a/b", "Of the job a/b"), ("/jobs/a%2Fb/", "a/b", "Of the job a/b"),
        ];
        foreach (var (address, title, shown) in views)
        {
            await open.Page.GotoAsync(address);
            await open.ShowsAsync(shown);
            Assert.AreEqual($"{title} · Zotify logging", await open.Page.TitleAsync(), address);
        }

        await open.Page.GotoAsync("/jobs");
        foreach (var id in (string[])[".", ".."])
        {
            await open.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = id, Exact = true }).ClickAsync();
            await open.HoldsAsync($"[...document.querySelectorAll('.line-message')].some(line => line.textContent === 'Of the job {id}')");
            await open.Page.GoBackAsync();
        }

        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task An_unknown_page_says_what_to_do()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server);
        foreach (var address in (string[])["/Auditt", "/audit/17", "/logs/system"])
        {
            var answer = await open.Page.GotoAsync(address);
            Assert.AreEqual(404, answer!.Status, address);
            await open.ShowsAsync("There is no such page");
        }

        await open.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Show the system log" }).ClickAsync();
        await open.IsLiveAsync();
        using var program = server.Client();
        using var refused = await program.GetAsync("/Auditt", Cancellation);
        Assert.AreEqual("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
    }

    [TestMethod]
    public async Task An_unknown_job_is_asked_for_once()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, asksOften: true);
        var asked = new ConcurrentQueue<string>();
        open.Page.Request += (_, request) => asked.Enqueue(request.Url);
        await open.Page.GotoAsync("/jobs/nowhere");
        await open.ShowsAsync("There is no such job");
        // The strip asks again and again: after two more of its answers, a poll of the job would have come.
        for (var i = 0; i < 2; i++)
            await open.Page.WaitForResponseAsync(answer => answer.Url.EndsWith("/handlers", StringComparison.Ordinal));
        Assert.HasCount(1, asked.Where(url => url.EndsWith("/jobs/nowhere?tail=0", StringComparison.Ordinal)).Distinct());
        Assert.IsLessThanOrEqualTo(2, asked.Count(url => url.EndsWith("/jobs/nowhere?tail=0", StringComparison.Ordinal)));
    }
}
