using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Zotify.Logging.Tests.Web.Page.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web.Page;

/// <summary>Time ranges: typed, dragged, together with a time or a line that the list begins at, and such as are none.</summary>
[TestClass]
public sealed class TimeRangeTests
{
    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task A_range_holds_whatever_time_or_line_the_list_begins_at()
    {
        await using var server = await StartAsync();
        for (var i = 0; i < 5; i++) server.Logger("Tests").LogInformation("Line {Number}.", i);
        await using var open = await OpenPage.OnAsync(server, "/?category=Tests");
        await open.Page.Locator(".line-message").GetByText("Line 2.").ClickAsync();
        var link = await open.Page.GetByRole(AriaRole.Link, new() { Name = "In its context" }).EvaluateAsync<string>("link => link.href");
        const string ahead = "from=2100-01-01T00:00:00Z";
        foreach (var address in (string[])[$"/?since=1h&{ahead}", $"{link}&{ahead}"])
        {
            await open.Page.GotoAsync(address);
            await open.ShowsAsync("No line matches");
        }

        foreach (var address in (string[])["/?category=Tests&since=2h", $"{link}&category=Tests"])
        {
            await open.Page.GotoAsync(address);
            await open.ShowsAsync("Line 4.");
            await open.Page.GetByLabel("Time", new() { Exact = true }).SelectOptionAsync("1h");
            await open.HoldsAsync("location.search === '?category=Tests&from=1h'");
            await open.ShowsAsync("Line 4.");
            await open.Page.Locator("#connection").GetByText("Live").WaitForAsync();
        }

        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task A_time_that_is_none_is_refused_by_name_and_leaves_a_way_on()
    {
        await using var server = await StartAsync();
        server.Logger("Tests").LogInformation(new EventId(1, "user.act"), "Acted");
        new JobLogger(server.Logger("Tests"), "import", "import").LogInformation("Begun");
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/audit?order=foo");
        foreach (var (address, refusal, shown) in ((string, string, string)[])
        [
            ("/audit?order=foo", "order: 'foo'", "Acted"), ("/audit?from=nonsense", "from: 'nonsense': no time", "Acted"),
            ("/jobs?from=nonsense", "from: 'nonsense': no time", "Begun"), ("/?since=nonsense", "from: 'nonsense': no time", "Acted"),
            // For the API these are the beginning of the calendar: that is a time, but no date that a field can show.
            ("/?to=99999999999d", "No line matches", "Acted"), ("/jobs?to=99999999999d", "No job matches", "Begun"),
            ("/audit?to=99999999999d", "No event matches", "Acted"),
        ])
        {
            await open.Page.GotoAsync(address);
            await open.ShowsAsync(refusal);
            Assert.AreEqual(0, await open.Page.Locator("main input").EvaluateAllAsync<int>(
                "fields => fields.filter(field => field.value.includes('NaN')).length"), address);
            await open.Page.GetByRole(AriaRole.Button, new() { Name = "Clear the filters" }).ClickAsync();
            await open.ShowsAsync(shown);
            await open.HoldsAsync("location.search === ''");
        }

        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task A_year_that_is_typed_searches_once_and_leaves_one_entry_in_the_history()
    {
        await using var server = await StartAsync();
        await using var open = await OpenPage.OnAsync(server, "/audit?from=2026-01-02T03:04:05Z");
        var asked = new List<string>();
        open.Page.Request += (_, request) => asked.Add(request.Url);
        var from = open.Page.GetByLabel("From", new() { Exact = true });
        await from.FocusAsync();
        var before = await open.Page.EvaluateAsync<int>("history.length");
        await TypeAsync(from, "0002", "0020", "0202", "2025");
        await open.PressAsync("Enter");
        await open.HoldsAsync("location.search.startsWith('?from=2025-')");
        await TypeAsync(from, "0002", "0020", "0202", "2024");
        await open.PressAsync("Enter");
        await open.HoldsAsync("location.search.startsWith('?from=2024-')");
        Assert.AreEqual(before + 1, await open.Page.EvaluateAsync<int>("history.length"));
        Assert.AreEqual(0, asked.Count(url => url.Contains("from=0", StringComparison.Ordinal)));

        // What is left unfinished is dropped.
        await TypeAsync(from, "0002");
        await open.Page.GetByLabel("Search the events").FocusAsync();
        StringAssert.StartsWith(await from.InputValueAsync(), "2024-", StringComparison.Ordinal);
        await open.HoldsAsync("location.search.startsWith('?from=2024-')");
    }

    [TestMethod]
    public async Task Bars_are_dragged_over_from_one_to_another_and_past_their_end()
    {
        await using var server = await StartAsync();
        server.Logger("Tests").LogInformation(new EventId(1, "user.act"), "Acted");
        await server.FlushAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server, "/audit?event_type=user.act&from=1h");
        await open.Page.Locator(".bars button").First.WaitForAsync();
        var bars = (await open.Page.Locator(".bars").BoundingBoxAsync())!;
        var (left, middle) = (bars.X + 3, bars.Y + (bars.Height / 2));
        await open.Page.Mouse.MoveAsync(left, middle);
        await open.Page.Mouse.DownAsync();
        await open.Page.Mouse.MoveAsync(left, bars.Y + bars.Height + 60);
        await open.Page.Mouse.MoveAsync(bars.X + bars.Width + 5, bars.Y + bars.Height + 60, new() { Steps = 5 });
        await open.HoldsAsync("document.querySelectorAll('.bars .picked').length === document.querySelectorAll('.bars button').length");
        await open.Page.Mouse.UpAsync();
        await open.HoldsAsync("location.search.includes('from=20') && location.search.includes('to=20')");
        await open.HoldsAsync("document.querySelectorAll('tbody tr').length === 1");
        await open.HoldsAsync("document.querySelectorAll('.picked').length === 0");
        open.AssertNoComplaints();
    }

    /// <summary>Types the year of a field digit by digit, as a browser reports it.</summary>
    private static async Task TypeAsync(ILocator field, params string[] years) => await field.EvaluateAsync(
        """
        (field, years) => {
          for (const year of years) {
            field.value = year + field.value.slice(4);
            field.dispatchEvent(new Event('input', { bubbles: true }));
            field.dispatchEvent(new Event('change', { bubbles: true }));
          }
        }
        """,
        years);

    private Task<TestServer> StartAsync() => new TestServer { Settings = [TestServer.WithoutRequests] }.StartAsync(Cancellation);
}
