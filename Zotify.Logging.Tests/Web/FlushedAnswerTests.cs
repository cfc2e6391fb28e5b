using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Journal;
using Zotify.Logging.Tests.Journal;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

/// <summary>Answers that are sent only when what their requests logged is on the disk, on a real server.</summary>
[TestClass]
public sealed class FlushedAnswerTests
{
    private static readonly EventId Order = new(1001, "user.order");

    /// <summary>Ways to answer, each of which logs an event first.</summary>
    private static readonly Dictionary<string, RequestDelegate> Answers = new()
    {
        ["result"] = context => TypedResults.Json(new { said = "accepted" }).ExecuteAsync(context),
        ["writer"] = async context =>
        {
            await context.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes("accepted"));
            await context.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(" again"));
        },
        ["unflushed"] = context =>
        {
            Encoding.UTF8.GetBytes("accepted", context.Response.BodyWriter);
            return Task.CompletedTask;
        },
        ["stream"] = async context =>
        {
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes("accepted"));
            await context.Response.Body.FlushAsync();
        },
        ["large"] = context => context.Response.WriteAsync(new string('x', 1_000_000) + "accepted"),
        ["file"] = context => context.Response.SendFileAsync(typeof(FlushedAnswerTests).Assembly.Location),
        ["started"] = async context =>
        {
            await context.Response.StartAsync();
            await context.Response.WriteAsync("accepted");
        },
        ["completed"] = async context =>
        {
            await context.Response.WriteAsync("accepted");
            await context.Response.CompleteAsync();
        },
        ["empty"] = context =>
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        },
    };

    private readonly FaultyDisk _disk = new();

    public required TestContext TestContext { get; set; }

    public static IEnumerable<string> Ways => Answers.Keys;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [DynamicData(nameof(Ways))]
    public async Task An_answer_is_whole_and_its_event_on_the_disk(string way)
    {
        await using var shop = await StartAsync(app => app.UseZotifyFlush());
        using var client = shop.Client();
        using var answer = await client.GetAsync(new Uri($"log/{way}", UriKind.Relative), Cancellation);

        Assert.AreEqual(way == "empty" ? HttpStatusCode.NoContent : HttpStatusCode.OK, answer.StatusCode);
        var body = await answer.Content.ReadAsByteArrayAsync(Cancellation);
        if (way == "file") CollectionAssert.AreEqual(await File.ReadAllBytesAsync(typeof(FlushedAnswerTests).Assembly.Location, Cancellation), body);
        else if (way != "empty") Assert.Contains("accepted", Encoding.UTF8.GetString(body));
        Assert.AreEqual(1, Events(shop));
    }

    [TestMethod]
    [DynamicData(nameof(Ways))]
    public async Task An_answer_whose_event_does_not_reach_the_disk_is_a_problem_instead(string way)
    {
        await using var shop = await StartAsync(app => app.UseZotifyFlush());
        using var client = shop.Client();
        _disk.FailFlush = _disk.FailOpen = true;
        using var refused = await client.GetAsync(new Uri($"log/{way}", UriKind.Relative), Cancellation);
        await AssertProblemAsync(refused);

        _disk.FailFlush = _disk.FailOpen = false;
        while (await StatusAsync(client, $"log/{way}") == HttpStatusCode.ServiceUnavailable) await Task.Yield();
    }

    [TestMethod]
    public async Task An_answer_whose_event_cannot_be_written_is_a_problem_at_once()
    {
        await using var shop = await StartAsync(app => app.UseZotifyFlush());
        using var client = shop.Client();
        _disk.FailWrite = true;
        for (var i = 0; i < 3; i++)
        {
            using var refused = await client.GetAsync(new Uri("log/result", UriKind.Relative), Cancellation);
            await AssertProblemAsync(refused);
        }

        _disk.FailWrite = false;
        while (await StatusAsync(client, "log/result") == HttpStatusCode.ServiceUnavailable) await Task.Yield();
    }

    [TestMethod]
    public async Task An_answer_is_a_problem_where_the_disk_does_not_answer_within_the_time()
    {
        await using var shop = await StartAsync(
            app => app.UseZotifyFlush(), ("Logging:Zotify:Handlers:Audit:WaitTimeout", "00:00:00.200"));
        using var client = shop.Client();
        _disk.FlushGate.Reset();
        using var refused = await client.GetAsync(new Uri("log/result", UriKind.Relative), Cancellation);
        await AssertProblemAsync(refused);
        _disk.FlushGate.Set();
    }

    [TestMethod]
    public async Task Only_requests_that_logged_wait_for_the_disk()
    {
        await using var shop = await StartAsync(app => app.UseZotifyFlush());
        using var client = shop.Client();
        _disk.FlushGate.Reset();
        var waiting = client.GetAsync(new Uri("log/result", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await _disk.FlushBegan.WaitAsync(Cancellation);
        // The disk is busy with the other request's event meanwhile.
        using (var other = await client.GetAsync(new Uri("quiet", UriKind.Relative), Cancellation))
            Assert.AreEqual("quiet", await other.Content.ReadAsStringAsync(Cancellation));
        Assert.IsFalse(waiting.IsCompleted, "an answer came before its event was on the disk");
        _disk.FlushGate.Set();

        using var answer = await waiting;
        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode);
    }

    [TestMethod]
    public async Task A_stream_waits_for_the_disk_only_before_its_first_byte()
    {
        await using var shop = await StartAsync(app => app.UseZotifyFlush());
        using var client = shop.Client();
        using var answer = await client.GetAsync(
            new Uri("stream", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancellation);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancellation));
        Assert.AreEqual("first", await lines.ReadLineAsync(Cancellation));
        _disk.FlushGate.Reset();
        await client.GetStringAsync(new Uri("go-on", UriKind.Relative), Cancellation);
        Assert.AreEqual("second", await lines.ReadLineAsync(Cancellation));
        _disk.FlushGate.Set();
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

        _disk.FailFlush = _disk.FailOpen = true;
        Assert.AreEqual(HttpStatusCode.InternalServerError, await StatusAsync(client, "quiet"));
        _disk.FailFlush = _disk.FailOpen = false;
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
        _disk.FailFlush = _disk.FailOpen = true;
        foreach (var address in (string[])["alone", "group/inner"])
        {
            using var refused = await client.GetAsync(new Uri(address, UriKind.Relative), Cancellation);
            await AssertProblemAsync(refused);
        }

        // Without the filter, the answer does not wait.
        Assert.AreEqual(HttpStatusCode.OK, await StatusAsync(client, "log/result"));
        _disk.FailFlush = _disk.FailOpen = false;
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

    private static void Log(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Shop").LogInformation(Order, "{user_id} ordered", "bob");

    private static int Events(OtherApplication shop)
    {
        using var file = new FileStream(
            shop.PathOf("logs/audit.log.json"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Split('\n').Count(line => line.Contains(Order.Name!, StringComparison.Ordinal));
    }

    private async Task<OtherApplication> StartAsync(Action<WebApplication> add, params (string Key, string Value)[] settings)
    {
        var goOn = new TaskCompletionSource();
        var shop = await new OtherApplication
        {
            HasUsers = false,
            Add = builder =>
            {
                builder.Services.AddSingleton<Func<string, IJournalFile>>(_disk.Open);
                foreach (var (key, value) in settings) builder.Configuration[key] = value;
                builder.Logging.AddZotify();
            },
            Map = app =>
            {
                add(app);
                app.MapGet("/quiet", () => "quiet");
                app.MapGet("/go-on", () =>
                {
                    goOn.SetResult();
                    return "";
                });
                app.MapGet("/log/{way}", (string way, HttpContext context) =>
                {
                    Log(context);
                    return Answers[way](context);
                });
                app.MapGet("/stream", async context =>
                {
                    Log(context);
                    await context.Response.WriteAsync("first\n");
                    await goOn.Task;
                    Log(context);
                    await context.Response.WriteAsync("second\n");
                });
            },
        }.StartAsync(Cancellation);
        // What the start logged is on the disk before the test touches it.
        await shop.App.Services.GetRequiredService<LoggingService>().FlushAsync(FlushTo.Database, Cancellation);
        while (_disk.FlushBegan.CurrentCount > 0) await _disk.FlushBegan.WaitAsync(Cancellation);
        return shop;
    }

    private async Task<HttpStatusCode> StatusAsync(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative), Cancellation);
        return answer.StatusCode;
    }

    private async Task AssertProblemAsync(HttpResponseMessage answer)
    {
        Assert.AreEqual(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.AreEqual("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var body = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.AreEqual("503", JsonElement.Parse(body).GetProperty("status").ToString());
        Assert.DoesNotContain("accepted", body);
    }
}
