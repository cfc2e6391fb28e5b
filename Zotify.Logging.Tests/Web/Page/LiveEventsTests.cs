using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Zotify.Logging.Tests.Web.Page.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web.Page;

/// <summary>The live audit view has every event, or says that some are missing.</summary>
[TestClass]
public sealed class LiveEventsTests
{
    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task After_more_events_than_are_kept_there_is_no_hole_before_the_page()
    {
        await using var server = await StartAsync();
        await using var open = await OpenPage.OnAsync(server, "/audit?event_type=user.*&live=true");
        await open.IsLiveAsync();
        await open.ShowsAsync("Event 2 of");

        Log(server, 3, 560);

        const string numbers = "[...document.querySelectorAll('td.what')].map(cell => Number(cell.textContent.split(' ')[1]))";
        await open.HoldsAsync($"{numbers}[0] === 559 && document.querySelector('[data-part=box]').ariaBusy === 'false'");
        await open.HoldsAsync($"{numbers}.every((number, at) => number === 559 - at)");
        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task A_gap_is_told_and_the_page_is_read_anew()
    {
        await using var server = await StartAsync();
        await using var open = await OpenPage.OnAsync(server, "/audit?event_type=user.*");
        await open.ShowsAsync("Event 2 of");
        var (isAway, isLogged) = (new TaskCompletionSource(), new TaskCompletionSource());
        var streams = 0;
        // The server deleted events between the first stream and the second. The third is not answered.
        await open.Page.RouteAsync("**/audit/stream**", async route =>
        {
            var stream = Interlocked.Increment(ref streams);
            if (stream == 2)
            {
                isAway.SetResult();
                await isLogged.Task;
            }

            if (stream > 2) return;
            var body = stream == 1 ? "id: a\n\n" : "event: gap\nid: b\ndata: {\"from\":\"a\",\"to\":\"b\"}\n\n";
            await route.FulfillAsync(new() { ContentType = "text/event-stream", Body = body });
        });
        await open.Page.EvaluateAsync(
            """
            () => {
              const connection = document.getElementById('connection');
              window.told = '';
              new MutationObserver(() => window.told += connection.textContent).observe(connection, { childList: true, subtree: true });
            }
            """);
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Live" }).ClickAsync();
        await isAway.Task.WaitAsync(Cancellation);
        await open.HoldsAsync("document.querySelector('[data-part=box]').ariaBusy === 'false'");
        Log(server, 3, 4);
        await server.FlushAsync(Cancellation);
        isLogged.SetResult();

        await open.ShowsAsync("Event 3 of");
        await open.HoldsAsync("window.told.includes('was deleted')");
        Assert.IsFalse(await open.Page.EvaluateAsync<bool>("() => window.told.includes('nothing was missed')"));
    }

    private async Task<TestServer> StartAsync()
    {
        var server = await new TestServer { Settings = [TestServer.WithoutRequests] }.StartAsync(Cancellation);
        Log(server, 0, 3);
        await server.FlushAsync(Cancellation);
        return server;
    }

    private static void Log(TestServer server, int from, int to)
    {
        var logger = server.Logger("Tests");
        for (var i = from; i < to; i++) logger.LogInformation(new EventId(1, "user.act"), "Event {Number} of {user_id}", i, $"u{i % 10}");
    }
}
