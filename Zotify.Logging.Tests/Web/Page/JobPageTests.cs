using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Zotify.Logging.Tests.Web.Page.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web.Page;

/// <summary>The page of one job, and the runs of its type.</summary>
[TestClass]
public sealed class JobPageTests
{
    private static readonly EventId Completed = new(2, "job.completed");

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task A_long_log_is_read_back_and_a_link_to_an_entry_reads_only_what_is_around_it()
    {
        await using var server = await StartAsync();
        var job = new JobLogger(server.Logger("Tests"), "import", "import");
        for (var i = 0; i < 10_600; i++) job.Log(i % 4_000 == 0 ? LogLevel.Error : LogLevel.Information, "Row {Number}.", i);
        job.LogInformation(Completed, "Import completed");
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/jobs/import");
        await open.ShowsAsync("Opened with the last 10,000 of 10,601 entries");
        await open.ShowsAsync("Row 10599.");
        await BackToAsync(open, "Row 0.");
        await open.Page.Locator(".edge").GetByText("The log begins here.").WaitForAsync();

        // All entries that match are there, however long the log is.
        await open.Page.GetByLabel("Level").SelectOptionAsync("Error");
        await open.HoldsAsync("document.querySelectorAll('.row').length === 3");
        await open.HoldsAsync("document.querySelector('[data-part=notice]').hidden");
        await open.Page.Locator(".line-message").GetByText("Row 4000.").ClickAsync();
        var streams = new ConcurrentQueue<IRequest>();
        open.Page.Request += (_, request) =>
        {
            if (request.Url.Contains("/stream", StringComparison.Ordinal)) streams.Enqueue(request);
        };
        await open.Page.GetByRole(AriaRole.Link, new() { Name = "In its context" }).ClickAsync();
        await open.HoldsAsync("document.querySelector('#selected-line .line-message')?.textContent === 'Row 4000.'");
        await open.ShowsAsync("Row 4003.");
        await BackToAsync(open, "Row 0.");
        Assert.IsNotEmpty(streams);
        foreach (var stream in streams)
            Assert.IsTrue(
                stream.Url.Contains("before=", StringComparison.Ordinal) || stream.Headers.ContainsKey("last-event-id"), stream.Url);
        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task A_job_that_ended_leads_to_the_runs_of_its_type_and_offers_no_filter_that_finds_nothing()
    {
        await using var server = await StartAsync();
        var slow = new JobLogger(server.Logger("Tests"), "slow", "import");
        slow.LogInformation("Row {Done}/{Total} imported", 1, 2);
        await server.FlushAsync(Cancellation);
        var quick = new JobLogger(server.Logger("Tests"), "quick", "import");
        quick.LogInformation(Completed, "Completed");
        slow.LogInformation("Row {Done}/{Total}: {Text}", 2, 2, "\e[1;38;5;31mdeep\e[0m");
        slow.LogInformation(Completed, "Completed");
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/jobs/slow");
        await open.Page.Locator(".job-head .status.completed").WaitForAsync();
        // A full bar would say nothing.
        Assert.AreEqual(0, await open.Page.GetByRole(AriaRole.Progressbar).CountAsync());
        // The number of a colour of a palette is no colour of a terminal.
        Assert.AreEqual("ansi-bold", await open.Page.Locator(".line-message span").GetByText("deep").GetAttributeAsync("class"));
        await open.Page.Locator(".chart svg").HoverAsync();
        await open.HoldsAsync("/^\\d+ [A-Z][a-z]{2} \\d\\d:\\d\\d:\\d\\d: /.test(document.querySelector('.chart figcaption').textContent)");
        await open.Page.Locator(".line-message").GetByText("Row 1/2").ClickAsync();
        var instance = open.Page.Locator(".drawer dt:text-is('Instance') + dd");
        Assert.AreNotEqual("", await instance.TextContentAsync());
        Assert.AreEqual(0, await instance.GetByRole(AriaRole.Button).CountAsync());

        await open.Page.GetByRole(AriaRole.Link, new() { Name = "Runs of import" }).ClickAsync();
        await open.ShowsAsync("Last 2 runs of");
        await open.HoldsAsync(
            """
            (() => {
              const [quick] = /took .*/.exec(document.querySelector('.runs a[href="jobs/quick"]').title);
              return document.querySelector('.histogram figcaption').textContent.includes(`half ${quick} or less`);
            })()
            """);
        var session = await open.Page.Context.NewCDPSessionAsync(open.Page);
        await session.SendAsync("Emulation.setTimezoneOverride", new() { ["timezoneId"] = "Pacific/Kiritimati" });
        await open.Page.Locator("#zone").ClickAsync();
        var inUtc = await TitleAsync(open);
        await open.Page.Locator("#zone").ClickAsync();
        Assert.AreNotEqual(inUtc, await TitleAsync(open));
        open.AssertNoComplaints();
    }

    /// <summary>Scrolls up until an entry is there.</summary>
    private static async Task BackToAsync(OpenPage open, string message) => await open.HoldsAsync(
        $$"""
        (() => {
          document.querySelector('.viewport').scrollTop = 0;
          return [...document.querySelectorAll('.line-message')].some(line => line.textContent === '{{message}}');
        })()
        """);

    private static Task<string> TitleAsync(OpenPage open) => open.Page.EvaluateAsync<string>("document.querySelector('.runs a').title");

    private Task<TestServer> StartAsync() => new TestServer { Settings = [TestServer.WithoutRequests] }.StartAsync(Cancellation);
}
