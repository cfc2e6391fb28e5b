using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Zotify.Logging.Tests.Web.Page.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web.Page;

/// <summary>Why a job failed, and what became of the others.</summary>
[TestClass]
public sealed class FailedJobTests
{
    private static readonly EventId Completed = new(2, "job.completed");
    private static readonly EventId Failed = new(3, "job.failed");

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [DataRow(2_000)]
    [DataRow(12_000)]
    public async Task A_failed_job_opens_at_its_first_error_and_its_chart_is_of_all_of_it(int rows)
    {
        await using var server = await StartAsync();
        var job = new JobLogger(server.Logger("Tests"), "import", "import");
        for (var i = 1; i <= rows; i++)
        {
            job.LogInformation("Row {Done}/{Total} imported", i, rows);
            if (i == rows / 4) job.LogError("Row {Number} is broken", i);
        }

        job.LogError(Failed, "Import failed");
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/jobs/import");
        await open.HoldsAsync($"document.querySelector('#selected-line .line-message')?.textContent === 'Row {rows / 4} is broken'");
        await open.ShowsAsync($"Row {rows / 4 - 1}/{rows} imported");
        await open.ShowsAsync("Opened at its first error");
        // The line of the chart begins at the left, and ends at the right, at the top.
        await open.HoldsAsync("/^M0,/.test(document.querySelector('.chart .line').getAttribute('d'))");
        await open.HoldsAsync("document.querySelector('.chart .line').getAttribute('d').endsWith('L1000.0,6.0')");
        await open.HoldsAsync("document.querySelector('.chart .line').getAttribute('d').split('L').length > 50");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Go to the end" }).ClickAsync();
        await open.ShowsAsync("Import failed");
        await open.HoldsAsync("[...document.querySelectorAll('.line-message')].at(-1)?.textContent === 'Import failed'");
        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task All_of_a_long_log_is_read_from_its_beginning()
    {
        await using var server = await StartAsync();
        var job = new JobLogger(server.Logger("Tests"), "import", "import");
        for (var i = 0; i < 10_500; i++) job.LogInformation("Row {Number}.", i);
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/jobs/import");
        await open.ShowsAsync("Opened with the last 10,000 of 10,500 entries");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Read all, from the beginning" }).ClickAsync();
        await open.HoldsAsync("document.querySelector('.line-message')?.textContent === 'Row 0.'");
        await open.PressAsync("f");
        await open.HoldsAsync("[...document.querySelectorAll('.line-message')].at(-1)?.textContent === 'Row 10499.'");
        Assert.AreEqual(10_500, await open.Page.EvaluateAsync<int>(
            "Math.round(document.querySelector('.canvas').offsetHeight / document.querySelector('.row').offsetHeight)"));
    }

    [TestMethod]
    public async Task The_job_that_ended_last_is_first_and_every_status_has_its_total()
    {
        await using var server = await StartAsync();
        var slow = new JobLogger(server.Logger("Tests"), "slow", "import");
        slow.LogInformation("Begun");
        for (var i = 0; i < 60; i++) new JobLogger(server.Logger("Tests"), $"quick {i}", "import").LogInformation(Completed, "Completed");
        slow.LogError(Failed, "Import failed");
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/jobs");
        await open.HoldsAsync("document.querySelector('[data-part=ended] .name a')?.textContent === 'slow'");
        await open.HoldsAsync("[...document.querySelectorAll('.statuses b')].map(total => total.textContent).join() === '0,0,1,0,60'");
        await open.Page.GetByLabel("Time", new() { Exact = true }).SelectOptionAsync("15m");
        await open.HoldsAsync("location.search === '?from=15m' && document.querySelectorAll('.job-list li').length === 50");
    }

    [TestMethod]
    public async Task The_runs_of_a_type_show_how_long_each_took_and_what_became_of_it()
    {
        await using var server = await StartAsync();
        for (var i = 0; i < 6; i++)
        {
            var job = new JobLogger(server.Logger("Tests"), $"run {i}", "import");
            job.LogInformation("Begun");
            job.Log(i == 4 ? LogLevel.Error : LogLevel.Information, i == 4 ? Failed : Completed, "Ended");
        }

        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/jobs?job_type=import");
        await open.ShowsAsync("Last 6 runs of");
        await open.ShowsAsync("1 did not complete");
        await open.HoldsAsync("[...document.querySelectorAll('.runs i')].map(run => run.className).join() === "
            + "'completed,completed,completed,completed,failed,completed'");
        await open.Page.Locator(".runs a").Nth(4).ClickAsync();
        await open.Page.Locator(".job-head .status.failed").WaitForAsync();
    }

    private Task<TestServer> StartAsync() => new TestServer { Settings = [TestServer.WithoutRequests] }.StartAsync(Cancellation);
}
