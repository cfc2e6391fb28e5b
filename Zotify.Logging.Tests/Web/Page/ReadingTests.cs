using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Zotify.Logging.Tests.Web.Page.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web.Page;

/// <summary>Lines of the past: their context, their time, their text as it is meant, and taking them elsewhere.</summary>
[TestClass]
public sealed class ReadingTests
{
    private const string Selected = "document.querySelector('#selected-line .line-message')?.textContent";

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task A_line_has_an_address_that_shows_it_among_the_lines_around_it()
    {
        await using var server = await StartAsync();
        Log(server, 0, 700);
        await using var open = await OpenPage.OnAsync(server, "/?category=Tests&q=Line+350.");
        await open.Page.Locator(".line-message").GetByText("Line 350.").ClickAsync();
        await open.Page.GetByRole(AriaRole.Link, new() { Name = "In its context" }).ClickAsync();
        await open.HoldsAsync($"{Selected} === 'Line 350.'");
        await open.ShowsAsync("Line 349.");
        await open.ShowsAsync("Line 351.");
        await open.Page.ReloadAsync();
        await open.HoldsAsync($"{Selected} === 'Line 350.'");
        await open.Page.Locator("#connection").GetByText("Held at").WaitForAsync();
        await open.PressAsync("f");
        await open.ShowsAsync("Line 699.");
        await open.Page.Locator("#connection").GetByText("Live").WaitForAsync();
    }

    [TestMethod]
    public async Task An_entry_of_a_job_has_an_address_too()
    {
        await using var server = await StartAsync();
        var job = new JobLogger(server.Logger("Tests"), "import", "import");
        for (var i = 0; i < 700; i++) job.LogInformation("Row {Number}.", i);
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/jobs/import?q=Row+350.");
        await open.Page.Locator(".line-message").GetByText("Row 350.").ClickAsync();
        await open.Page.GetByRole(AriaRole.Link, new() { Name = "In its context" }).ClickAsync();
        await open.HoldsAsync($"{Selected} === 'Row 350.'");
        await open.ShowsAsync("Row 351.");
    }

    [TestMethod]
    public async Task A_search_that_takes_long_says_how_far_back_it_has_come()
    {
        await using var server = await StartAsync();
        await using var open = await OpenPage.OnAsync(server, "/audit");
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        const string line = """{"position":"p0","timestamp":"2026-02-03T04:05:06Z","level":"Information","message":"Line of old"}""";
        await open.Page.RouteAsync("**/system/stream**", async route =>
        {
            if (!route.Request.Url.Contains("before=", StringComparison.Ordinal))
            {
                const string begun = "id: a\n\nid: b\nevent: incomplete\ndata: {\"before\":\"p1\"}\n\n";
                await route.FulfillAsync(new() { ContentType = "text/event-stream", Body = begun });
                return;
            }

            // The time that the search has reached is that of the next line, whether it matches or not.
            if (route.Request.Url.Contains("q=", StringComparison.Ordinal)) await gate.Task;
            await route.FulfillAsync(new() { ContentType = "application/x-ndjson", Body = $"{line}\n" });
        });
        await open.Page.GotoAsync("/?q=old");
        await open.ShowsAsync("No line matches back to 2026-02-03");
        gate.SetResult();
        await open.ShowsAsync("Line of old");
    }

    [TestMethod]
    public async Task Selected_lines_are_copied_with_their_dates()
    {
        await using var server = await StartAsync();
        Log(server, 0, 5);
        await using var open = await OpenPage.OnAsync(server, "/?category=Tests");
        await open.ShowsAsync("Line 4.");
        await open.Page.Locator(".line-message").GetByText("Line 1.").ClickAsync();
        await open.Page.Locator(".line-message").GetByText("Line 3.").ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await open.HoldsAsync("document.querySelectorAll('.row[aria-selected=true]').length === 3");
        var copied = await open.Page.EvaluateAsync<string>(
            """
            () => {
              const data = new DataTransfer();
              document.querySelector('.viewport').focus();
              document.querySelector('.viewport').dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true }));
              return data.getData('text/plain');
            }
            """);
        var lines = copied.Split('\n');
        Assert.HasCount(3, lines);
        for (var i = 0; i < 3; i++)
        {
            var date = lines[i].Split(' ')[0];
            Assert.IsTrue(DateTimeOffset.TryParse(date, System.Globalization.CultureInfo.InvariantCulture, out _), lines[i]);
            StringAssert.Contains(lines[i], " [INF] ", StringComparison.Ordinal);
            StringAssert.EndsWith(lines[i], $"Tests Line {i + 1}.", StringComparison.Ordinal);
        }
    }

    [TestMethod]
    public async Task The_filtered_log_and_a_jobs_log_are_downloaded()
    {
        await using var server = await StartAsync();
        Log(server, 0, 5);
        server.Logger("Other").LogInformation("Another line");
        var job = new JobLogger(server.Logger("Tests"), "import", "import");
        job.LogInformation("Of the job");
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/?category=Tests&q=Line");
        await open.ShowsAsync("Line 4.");
        Assert.HasCount(5, await DownloadAsync(open));
        await open.Page.GotoAsync("/jobs/import");
        StringAssert.EndsWith((await DownloadAsync(open)).Single(), "Of the job", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task Colours_of_a_terminal_are_shown_and_sql_and_json_are_laid_out()
    {
        await using var server = await StartAsync();
        var job = new JobLogger(server.Logger("Tests"), "import", "import");
        job.LogInformation("{Text}", "\e[31mred\e[0m and plain\u202E");
        job.LogInformation("{Text}", "SELECT a, b, c FROM things WHERE name = 'x FROM y' AND b = 1 ORDER BY a");
        job.LogInformation("{Text}", """answer {"id":17,"items":["a","b"]}""");
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/jobs/import");
        await open.HoldsAsync("document.querySelector('.row .ansi-1')?.textContent === 'red'");
        Assert.AreEqual(0, await open.Page.GetByText("[31m").CountAsync());
        await open.Page.Locator(".unseen").GetByText("U+202E").First.WaitForAsync();
        await open.Page.Locator(".line-message").GetByText("SELECT").ClickAsync();
        await open.HoldsAsync("document.querySelector('.whole-message').textContent.split('\\n').join('|') === "
            + "\"SELECT a, b, c|FROM things|WHERE name = 'x FROM y' AND b = 1|ORDER BY a\"");
        await open.PressAsync("j");
        await open.HoldsAsync("document.querySelector('.drawer .tree .number')?.textContent === '17'");
        await open.Page.GotoAsync("/?category=Tests&q=plain");
        await open.HoldsAsync("document.querySelector('.row .ansi-1')?.textContent === 'red'");
        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task A_number_keeps_all_its_digits_and_the_time_zone_changes_every_time()
    {
        await using var server = await StartAsync();
        server.Logger("Tests").LogInformation(new EventId(1, "user.paid"), "Paid {Amount}", 9_007_199_254_740_993);
        var job = new JobLogger(server.Logger("Tests"), "import", "import");
        job.LogInformation("Row {Done}/{Total} imported", 9_007_199_254_740_993, 9_007_199_254_740_995);
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/jobs", key: null);
        await open.Page.Context.APIRequest.PostAsync("/session", new() { DataObject = new { key = TestServer.AllKey } });
        // A browser whose time zone is not UTC.
        var session = await open.Page.Context.NewCDPSessionAsync(open.Page);
        await session.SendAsync("Emulation.setTimezoneOverride", new() { ["timezoneId"] = "Asia/Kathmandu" });
        await open.Page.GotoAsync("/jobs");
        await open.ShowsAsync("9,007,199,254,740,993 of 9,007,199,254,740,995");
        (string Address, string IsThere)[] views =
        [
            ("/jobs", "document.querySelector('.job-list time')"),
            ("/audit?event_type=user.paid&from=2026-01-01T00:00:00Z",
                "document.querySelector('.bars button') && document.querySelector('td time')"),
            ("/jobs/import", "document.querySelector('.row .at') && document.querySelector('.axis time')"),
        ];
        foreach (var (address, isThere) in views)
        {
            await open.Page.GotoAsync(address);
            await open.HoldsAsync(isThere);
            if (address.StartsWith("/audit", StringComparison.Ordinal))
            {
                await open.Page.Locator("td.what").ClickAsync();
                await open.Page.Locator(".drawer time").First.WaitForAsync();
            }

            const string times =
                "[...document.querySelectorAll('.job-list time, td time, .drawer time, .axis time, .row .at, .bars button')]"
                    + ".map(time => time.title || time.textContent)";
            var local = await open.Page.EvaluateAsync<string[]>(times);
            await open.Page.GetByRole(AriaRole.Button, new() { Name = "Local time" }).ClickAsync();
            await open.HoldsAsync("document.getElementById('zone').textContent === 'UTC'");
            var utc = await open.Page.EvaluateAsync<string[]>(times);
            Assert.HasCount(local.Length, utc);
            for (var i = 0; i < local.Length; i++) Assert.AreNotEqual(local[i], utc[i], address);
            await open.Page.GetByRole(AriaRole.Button, new() { Name = "UTC" }).ClickAsync();
        }
    }

    [TestMethod]
    public async Task A_time_of_today_that_is_still_to_come_is_yesterdays()
    {
        await using var server = await StartAsync();
        Log(server, 0, 3);
        await using var open = await OpenPage.OnAsync(server, "/?category=Tests");
        await open.ShowsAsync("Line 2.");
        // Far enough ahead that it is still to come when the page reads it.
        var soon = await open.Page.EvaluateAsync<string>(
            "new Date(Date.now() + 600_000).toTimeString().slice(0, 5)");
        await open.Page.GetByLabel("Go to").FillAsync(soon);
        await open.PressAsync("Enter");
        await open.HoldsAsync("new Date(new URLSearchParams(location.search).get('since')) < new Date()");
        await open.ShowsAsync("Line 0.");
    }

    [TestMethod]
    public async Task One_end_of_a_range_changes_alone_and_back_restores_the_search()
    {
        await using var server = await StartAsync();
        await using var open = await OpenPage.OnAsync(server, "/audit?from=2026-01-02T03:04:05.678Z&to=2026-02-02T00:00:00Z");
        await open.Page.GetByLabel("To", new() { Exact = true }).FillAsync("2026-03-03T01:02:03");
        await open.PressAsync("Enter");
        await open.HoldsAsync("location.search.includes('to=2026-03-0')");
        StringAssert.Contains(open.Page.Url, "from=2026-01-02T03%3A04%3A05.678Z", StringComparison.Ordinal);
        await open.Page.GotoAsync("/audit");
        var search = open.Page.GetByLabel("Search the events");
        await search.FillAsync("one");
        await open.HoldsAsync("location.search === '?q=one'");
        await open.Page.GoBackAsync();
        await open.HoldsAsync("location.search === ''");
        Assert.AreEqual("", await search.InputValueAsync());
        await open.Page.GoForwardAsync();
        await open.HoldsAsync("document.querySelector('input[type=search]').value === 'one'");
    }

    private static async Task<string[]> DownloadAsync(OpenPage open)
    {
        var download = await open.Page.RunAndWaitForDownloadAsync(
            () => open.Page.GetByRole(AriaRole.Link, new() { Name = "Download" }).ClickAsync());
        return (await File.ReadAllTextAsync(await download.PathAsync())).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private Task<TestServer> StartAsync() => new TestServer { Settings = [TestServer.WithoutRequests] }.StartAsync(Cancellation);

    private static void Log(TestServer server, int from, int to)
    {
        var logger = server.Logger("Tests");
        for (var i = from; i < to; i++) logger.LogInformation("Line {Number}.", i);
    }
}
