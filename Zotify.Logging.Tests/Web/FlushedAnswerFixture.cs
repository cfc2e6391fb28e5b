using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Journal;
using Zotify.Logging.Tests.Journal;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

/// <summary>An application on a real server whose requests log an event, and a disk that can fail.</summary>
public abstract class FlushedAnswerFixture
{
    private static readonly EventId Order = new(1001, "user.order");

    private protected FaultyDisk Disk { get; } = new();

    public required TestContext TestContext { get; set; }

    private protected CancellationToken Cancellation => TestContext.CancellationToken;

    private protected static void Log(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Shop").LogInformation(Order, "{user_id} ordered", "bob");

    private protected static int Events(OtherApplication shop)
    {
        using var file = new FileStream(
            shop.PathOf("logs/audit.log.json"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Split('\n').Count(line => line.Contains(Order.Name!, StringComparison.Ordinal));
    }

    private protected async Task<OtherApplication> StartAsync(Action<WebApplication> add, params (string Key, string Value)[] settings)
    {
        var goOn = new TaskCompletionSource();
        var shop = await new OtherApplication
        {
            HasUsers = false,
            Add = builder =>
            {
                builder.Services.AddSingleton<Func<string, IJournalFile>>(Disk.Open);
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
                    return AnswerWays.All[way](context);
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
        while (Disk.FlushBegan.CurrentCount > 0) await Disk.FlushBegan.WaitAsync(Cancellation);
        return shop;
    }

    private protected async Task<HttpStatusCode> StatusAsync(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative), Cancellation);
        return answer.StatusCode;
    }

    private protected async Task AssertProblemAsync(HttpResponseMessage answer)
    {
        Assert.AreEqual(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.AreEqual("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var body = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.AreEqual("503", JsonElement.Parse(body).GetProperty("status").ToString());
        Assert.DoesNotContain("accepted", body);
    }
}
