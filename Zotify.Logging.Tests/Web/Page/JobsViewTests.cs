using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Zotify.Logging.Tests.Web.Page.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web.Page;

[TestClass]
public sealed class JobsViewTests
{
    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task The_bar_of_a_job_moves_until_it_is_completed()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/jobs", asksOften: true);
        await open.ShowsAsync("There is no job yet");
        var job = Begin(server, "import/7");
        var bar = open.Page.GetByRole(AriaRole.Progressbar, new() { Name = "Progress of import/7" });
        await bar.WaitForAsync();
        job.LogInformation("Row {Done}/{Total} imported", 3, 4);
        await open.Page.Locator("[aria-valuenow='75']").WaitForAsync();
        await open.Page.GetByRole(AriaRole.Region, new() { Name = "Running" }).GetByText("3 of 4").WaitForAsync();
        job.LogWarning("Row {Done}/{Total} is a duplicate", 4, 4);
        job.LogInformation(new EventId(2, "job.completed"), "Import completed");
        var ended = open.Page.GetByRole(AriaRole.Region, new() { Name = "Ended" });
        await ended.GetByText("completed", new() { Exact = true }).WaitForAsync();
        await ended.GetByText("1 warning").WaitForAsync();
        await ended.GetByText("4 of 4").WaitForAsync();
        // A full bar would say nothing.
        Assert.AreEqual(0, await bar.CountAsync());
        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task A_jobs_log_is_followed_to_its_end()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        var job = Begin(server, "import/7");
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/jobs", asksOften: true);
        await open.Page.GetByRole(AriaRole.Link, new() { Name = "import/7" }).ClickAsync();
        await open.ShowsAsync("Import started");
        StringAssert.EndsWith(open.Page.Url, "/jobs/import%2F7", StringComparison.Ordinal);
        job.LogInformation("Row {Done}/{Total} imported", 3, 4);
        await open.ShowsAsync("Row 3/4 imported");
        await open.Page.Locator(".job-head [aria-valuenow='75']").WaitForAsync();
        job.LogError("{Message}", Hostile.Message);
        job.LogInformation(new EventId(3, "job.failed"), "Import failed");
        await open.Page.Locator(".job-head .status.failed").WaitForAsync();
        await open.Page.Locator("#connection[data-kind=ended]").WaitForAsync();
        await Hostile.AssertHarmlessAsync(open);
        await open.HoldsAsync("document.querySelectorAll('.chart .line').length === 1");

        await open.Page.GetByLabel("Level", new() { Exact = true }).SelectOptionAsync("Error");
        await open.HoldsAsync("document.querySelectorAll('.row').length === 1");
        await open.HoldsAsync("document.querySelectorAll('.chart .line').length === 1");
    }

    [TestMethod]
    public async Task Jobs_are_filtered_by_status_and_type_in_the_address()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        Begin(server, "one", "import");
        Begin(server, "two", "export").LogInformation(new EventId(3, "job.failed"), "Export failed");
        Begin(server, "three", "import").LogInformation(new EventId(2, "job.completed"), "Import completed");
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/jobs?job_type=import");
        await open.HoldsAsync("[...document.querySelectorAll('.job-list a')].map(link => link.textContent).join() === 'one,three'");
        await open.Page.GetByLabel("Completed").CheckAsync();
        await open.HoldsAsync("[...document.querySelectorAll('.job-list a')].map(link => link.textContent).join() === 'three'");
        StringAssert.EndsWith(open.Page.Url, "/jobs?job_type=import&status=completed", StringComparison.Ordinal);
        await open.Page.GotoAsync("/jobs?status=failed");
        await open.HoldsAsync("[...document.querySelectorAll('.job-list a')].map(link => link.textContent).join() === 'two'");
    }

    [TestMethod]
    public async Task The_sample_job_is_started_from_the_page()
    {
        await using var server = new TestServer();
        await File.WriteAllTextAsync(Path.Combine(server.SourceFolder, "track.ogg"), "sound", Cancellation);
        await server.StartAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/jobs", asksOften: true);
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Start a sample job" }).ClickAsync();
        await open.Page.GetByRole(AriaRole.Region, new() { Name = "Ended" }).GetByText("1 of 1").WaitForAsync();
    }

    [TestMethod]
    public async Task A_job_that_does_not_exist_is_reported()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/jobs/nowhere");
        await open.ShowsAsync("There is no such job");
    }

    private static JobLogger Begin(TestServer server, string id, string type = "import")
    {
        var job = new JobLogger(server.Logger("Tests"), id, type);
        job.LogInformation(new EventId(1, "job.started"), "Import started: {Total} rows", 4);
        return job;
    }
}
