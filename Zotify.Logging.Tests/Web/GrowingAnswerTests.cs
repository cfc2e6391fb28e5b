using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.AspNetCore.Flush;
using Zotify.Logging.Journal;
using Zotify.Logging.Tests.Journal;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

/// <summary>Answers whose endpoint never flushes, and that wait for the disk: more than a megabyte of them is not held.</summary>
[TestClass]
public sealed class GrowingAnswerTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(1);
    private static readonly byte[] Piece = Encoding.UTF8.GetBytes(new string('x', 100_000));

    private readonly FaultyDisk _disk = new();
    private readonly TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _length;

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task A_large_answer_passes_once_its_event_is_on_the_disk_and_is_whole()
    {
        await using var shop = await StartAsync(logsLater: false);
        using var client = shop.Client();
        _disk.FlushGate.Reset();
        var waiting = client.GetAsync(new Uri("grow", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await _grown.Task.WaitAsync(Longest, TimeProvider.System, Cancellation);
        Assert.IsFalse(waiting.IsCompleted, "an answer came before its event was on the disk");
        _disk.FlushGate.Set();

        using var answer = await waiting;
        var body = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode);
        Assert.AreEqual(_length, body.Length);
        Assert.EndsWith("accepted", body);
    }

    [TestMethod]
    public async Task What_is_logged_after_it_passed_is_on_the_disk_before_its_first_byte()
    {
        await using var shop = await StartAsync(logsLater: true);
        using var client = shop.Client();
        using var answer = await client.GetAsync(new Uri("grow", UriKind.Relative), Cancellation);
        Assert.AreEqual(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.DoesNotContain("accepted", await answer.Content.ReadAsStringAsync(Cancellation));
        _disk.FailFlush = _disk.FailOpen = false;
    }

    private static void Log(HttpContext context) => context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Shop")
        .LogInformation(new EventId(1001, "user.order"), "{user_id} ordered", "bob");

    private async Task<OtherApplication> StartAsync(bool logsLater)
    {
        var shop = await new OtherApplication
        {
            HasUsers = false,
            Add = builder =>
            {
                builder.Services.AddSingleton<Func<string, IJournalFile>>(_disk.Open);
                builder.Logging.AddZotify();
            },
            Map = app =>
            {
                app.UseZotifyFlush();
                app.MapGet("/grow", context => GrowAsync(context, logsLater));
            },
        }.StartAsync(Cancellation);
        // What the start logged is on the disk before the test touches it.
        await shop.App.Services.GetRequiredService<LoggingService>().FlushAsync(FlushTo.Database, Cancellation);
        return shop;
    }

    private async Task GrowAsync(HttpContext context, bool logsLater)
    {
        var body = context.Features.Get<HeldBody>()!;
        Log(context);
        for (var i = 0; i < 30; i++) Write(context, Piece);
        _grown.SetResult();
        using var limit = new CancellationTokenSource(Longest, TimeProvider.System);
        while (!body.IsPassed)
        {
            await Task.Delay(Poll, TimeProvider.System, limit.Token);
            Write(context, "x"u8);
        }

        if (logsLater)
        {
            _disk.FailFlush = _disk.FailOpen = true;
            Log(context);
        }

        Write(context, "accepted"u8);
    }

    private void Write(HttpContext context, ReadOnlySpan<byte> bytes)
    {
        var writer = context.Response.BodyWriter;
        bytes.CopyTo(writer.GetSpan(bytes.Length));
        writer.Advance(bytes.Length);
        _length += bytes.Length;
    }
}
