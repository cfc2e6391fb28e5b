using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

/// <summary>Answers that are sent only when what their requests logged is on the disk, on a real server.</summary>
[TestClass]
public sealed class FlushedAnswerTests : FlushedAnswerFixture
{
    public static IEnumerable<string> Ways => AnswerWays.All.Keys;

    [TestMethod]
    [DynamicData(nameof(Ways))]
    public async Task An_answer_is_whole_and_its_event_on_theDisk(string way)
    {
        await using var shop = await StartAsync(app => app.UseZotifyFlush());
        using var client = shop.Client();
        using var answer = await client.GetAsync(new Uri($"log/{way}", UriKind.Relative), Cancellation);

        Assert.AreEqual(way == "empty" ? HttpStatusCode.NoContent : HttpStatusCode.OK, answer.StatusCode);
        var body = await answer.Content.ReadAsByteArrayAsync(Cancellation);
        if (way == "file") CollectionAssert.AreEqual(await File.ReadAllBytesAsync(typeof(AnswerWays).Assembly.Location, Cancellation), body);
        else if (way != "empty") Assert.Contains("accepted", Encoding.UTF8.GetString(body));
        Assert.AreEqual(1, Events(shop));
    }

    [TestMethod]
    [DynamicData(nameof(Ways))]
    public async Task An_answer_whose_event_does_not_reach_theDisk_is_a_problem_instead(string way)
    {
        await using var shop = await StartAsync(app => app.UseZotifyFlush());
        using var client = shop.Client();
        Disk.FailFlush = Disk.FailOpen = true;
        using var refused = await client.GetAsync(new Uri($"log/{way}", UriKind.Relative), Cancellation);
        await AssertProblemAsync(refused);

        Disk.FailFlush = Disk.FailOpen = false;
        while (await StatusAsync(client, $"log/{way}") == HttpStatusCode.ServiceUnavailable) await Task.Yield();
    }

    [TestMethod]
    public async Task An_answer_whose_event_cannot_be_written_is_a_problem_at_once()
    {
        await using var shop = await StartAsync(app => app.UseZotifyFlush());
        using var client = shop.Client();
        Disk.FailWrite = true;
        for (var i = 0; i < 3; i++)
        {
            using var refused = await client.GetAsync(new Uri("log/result", UriKind.Relative), Cancellation);
            await AssertProblemAsync(refused);
        }

        Disk.FailWrite = false;
        while (await StatusAsync(client, "log/result") == HttpStatusCode.ServiceUnavailable) await Task.Yield();
    }

    [TestMethod]
    public async Task An_answer_is_a_problem_where_theDisk_does_not_answer_within_the_time()
    {
        await using var shop = await StartAsync(
            app => app.UseZotifyFlush(), ("Logging:Zotify:Handlers:Audit:WaitTimeout", "00:00:00.200"));
        using var client = shop.Client();
        Disk.FlushGate.Reset();
        using var refused = await client.GetAsync(new Uri("log/result", UriKind.Relative), Cancellation);
        await AssertProblemAsync(refused);
        Disk.FlushGate.Set();
    }

    [TestMethod]
    public async Task A_fault_of_the_application_is_answered_as_ever()
    {
        await using var shop = await StartAsync(app =>
        {
            app.UseExceptionHandler(handler => handler.Run(context => context.Response.WriteAsync("sorry")));
            app.UseZotifyFlush();
            app.MapGet("/fault", (HttpContext context) =>
            {
                Log(context);
                throw new InvalidOperationException("no such order");
            });
        });
        using var client = shop.Client();
        using var answer = await client.GetAsync(new Uri("fault", UriKind.Relative), Cancellation);
        Assert.AreEqual(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.AreEqual("sorry", await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.AreEqual(1, Events(shop));
    }
}
