using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Zotify.Logging.Tests.Web;

/// <summary>Which requests wait until what they logged is on the disk, and until when.</summary>
[TestClass]
public sealed class FlushedRequestTests : FlushedAnswerFixture
{
    [TestMethod]
    public async Task Only_requests_that_logged_wait_for_theDisk()
    {
        await using var shop = await StartAsync(app => app.UseZotifyFlush());
        using var client = shop.Client();
        Disk.FlushGate.Reset();
        var waiting = client.GetAsync(new Uri("log/result", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await Disk.FlushBegan.WaitAsync(Cancellation);
        // The disk is busy with the other request's event meanwhile.
        using (var other = await client.GetAsync(new Uri("quiet", UriKind.Relative), Cancellation))
            Assert.AreEqual("quiet", await other.Content.ReadAsStringAsync(Cancellation));
        Assert.IsFalse(waiting.IsCompleted, "an answer came before its event was on the disk");
        Disk.FlushGate.Set();

        using var answer = await waiting;
        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode);
    }

    [TestMethod]
    public async Task A_stream_waits_for_theDisk_only_before_its_first_byte()
    {
        await using var shop = await StartAsync(app => app.UseZotifyFlush());
        using var client = shop.Client();
        using var answer = await client.GetAsync(
            new Uri("stream", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancellation);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancellation));
        Assert.AreEqual("first", await lines.ReadLineAsync(Cancellation));
        Disk.FlushGate.Reset();
        await client.GetStringAsync(new Uri("go-on", UriKind.Relative), Cancellation);
        Assert.AreEqual("second", await lines.ReadLineAsync(Cancellation));
        Disk.FlushGate.Set();
        Assert.IsNull(await lines.ReadLineAsync(Cancellation));
    }

    [TestMethod]
    public async Task What_the_last_callbacks_log_is_included()
    {
        await using var shop = await StartAsync(app =>
        {
            app.UseZotifyFlush();
            app.Use((context, next) =>
            {
                context.Response.OnStarting(() =>
                {
                    Log(context);
                    return Task.CompletedTask;
                });
                return next(context);
            });
        });
        using var client = shop.Client();
        Assert.AreEqual("quiet", await client.GetStringAsync(new Uri("quiet", UriKind.Relative), Cancellation));
        Assert.AreEqual(1, Events(shop));

        Disk.FailFlush = Disk.FailOpen = true;
        Assert.AreEqual(HttpStatusCode.InternalServerError, await StatusAsync(client, "quiet"));
        Disk.FailFlush = Disk.FailOpen = false;
    }

    [TestMethod]
    public async Task An_endpoint_can_wait_alone()
    {
        await using var shop = await StartAsync(app =>
        {
            app.MapGet("/alone", (HttpContext context) =>
            {
                Log(context);
                return "accepted";
            }).WithZotifyFlush();
            app.MapGroup("/group").WithZotifyFlush().MapGet("/inner", (HttpContext context) =>
            {
                Log(context);
                return "accepted";
            });
        });
        using var client = shop.Client();
        Assert.AreEqual("accepted", await client.GetStringAsync(new Uri("alone", UriKind.Relative), Cancellation));
        Assert.AreEqual("accepted", await client.GetStringAsync(new Uri("group/inner", UriKind.Relative), Cancellation));
        Assert.AreEqual(2, Events(shop));
        Disk.FailFlush = Disk.FailOpen = true;
        foreach (var address in (string[])["alone", "group/inner"])
        {
            using var refused = await client.GetAsync(new Uri(address, UriKind.Relative), Cancellation);
            await AssertProblemAsync(refused);
        }

        // Without the filter, the answer does not wait.
        Assert.AreEqual(HttpStatusCode.OK, await StatusAsync(client, "log/result"));
        Disk.FailFlush = Disk.FailOpen = false;
    }
}
