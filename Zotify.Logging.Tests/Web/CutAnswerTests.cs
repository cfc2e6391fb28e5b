using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

/// <summary>An answer that is cut never looks whole: the connection is broken off.</summary>
[TestClass]
public sealed class CutAnswerTests
{
    // Far more than the buffers between a server and a client that does not read.
    private const int Lines = 2_000;
    private static readonly string Long = new('x', 4_000);

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    public static IEnumerable<(string Path, string Accept)> LongAnswers() =>
    [
        ("/api/logs/system/stream?follow=false&tail=100000&category=Load", "text/plain"),
        ("/api/logs/system/stream?follow=false&tail=100000&category=Load", "application/x-ndjson"),
        ("/api/logs/system/stream?follow=false&tail=100000&category=Load", "text/event-stream"),
        ("/api/logs/audit?event_type=user.load", "text/csv"),
        ("/api/logs/audit?event_type=user.load", "application/x-ndjson"),
        ("/api/logs/audit/stream?follow=false&tail=100000", "application/x-ndjson"),
        ("/api/logs/jobs/load?format=text", "text/plain"),
        ("/api/logs/jobs/load/stream?follow=false", "application/x-ndjson"),
        ("/api/logs/jobs/load/stream", "text/event-stream"),
    ];

    [TestMethod]
    [DynamicData(nameof(LongAnswers))]
    public async Task A_server_that_stops_breaks_it_off(string path, string accept)
    {
        await using var server = await new TestServer { Settings = [TestServer.WithoutRequests] }.StartAsync(Cancellation);
        Fill(server.Logger("Load"), path);
        await server.FlushAsync(Cancellation);
        using var client = server.Client();
        client.DefaultRequestHeaders.Add("Accept", accept);
        using var answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        answer.EnsureSuccessStatusCode();
        var body = await answer.Content.ReadAsStreamAsync(Cancellation);
        await body.ReadExactlyAsync(new byte[1_000], Cancellation);
        await server.App.StopAsync(Cancellation);
        await Assert.ThrowsAsync<IOException>(() => body.CopyToAsync(Stream.Null, Cancellation));
    }

    [TestMethod]
    [DataRow("/api/logs/system/stream?follow=false&tail=100000&category=Load", "text/event-stream")]
    [DataRow("/api/logs/audit?event_type=user.load", "text/csv")]
    [DataRow("/api/logs/jobs/load?format=text", "text/plain")]
    [DataRow("/api/logs/jobs/load/stream?follow=false", "application/x-ndjson")]
    public async Task A_request_timeout_of_the_application_does_not_cut_it(string path, string accept)
    {
        var timeouts = new List<ObservedTimeout>();
        await using var app = await ApplicationAsync(
            TimeSpan.FromMinutes(5),
            context =>
            {
                if (context.Features.Get<IHttpRequestTimeoutFeature>() is not { } feature) return;
                timeouts.Add(new ObservedTimeout(feature));
                context.Features.Set<IHttpRequestTimeoutFeature>(timeouts[^1]);
            });
        Fill(app.Logger("Load"), path);
        await app.App.Services.GetRequiredService<LoggingService>().FlushAsync(FlushTo.Database, Cancellation);
        using var client = app.Client("ann", "scope=logs:system logs:audit logs:jobs");
        client.DefaultRequestHeaders.Add("Accept", accept);
        using var answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        answer.EnsureSuccessStatusCode();
        using var body = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancellation));
        // Some paths never have a timeout. Those that may also be short must be without one when their body begins, while nobody reads.
        Assert.IsTrue(timeouts.All(timeout => timeout.IsDisabled), "the timeout of the application would cut it");
        var text = await body.ReadToEndAsync(Cancellation);
        StringAssert.Contains(text, "Line 0 ", StringComparison.Ordinal);
        StringAssert.Contains(text, $"Line {Lines - 1} ", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task Waiting_for_a_job_is_no_timeout()
    {
        await using var app = await ApplicationAsync(TimeSpan.FromMilliseconds(500));
        await app.FillAsync(Cancellation);
        using var client = app.Client("ann", "scope=logs:jobs");
        StringAssert.Contains(
            await client.GetStringAsync("/api/logs/jobs/a/wait?timeout=1s", Cancellation), "\"ended\":false", StringComparison.Ordinal);
    }

    /// <summary>An application whose requests have a timeout, and which looks at each once it has begun.</summary>
    private Task<OtherApplication> ApplicationAsync(TimeSpan timeout, Action<HttpContext>? begun = null) => new OtherApplication
    {
        Add = builder =>
        {
            builder.AddZotifyLogs();
            builder.Services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy { Timeout = timeout });
        },
        Map = app =>
        {
            app.UseRequestTimeouts();
            app.Use((context, next) =>
            {
                begun?.Invoke(context);
                return next(context);
            });
            app.MapZotifyLogs();
        },
    }.StartAsync(Cancellation);

    /// <summary>Logs what is answered at a path. Only what is, because each of them takes its time.</summary>
    private static void Fill(ILogger logger, string path)
    {
        var isOfJob = path.Contains("/jobs/", StringComparison.Ordinal);
        var id = path.Contains("/audit", StringComparison.Ordinal) ? new EventId(1, "user.load") : default;
        using var scope = isOfJob ? logger.BeginScope(new Dictionary<string, object> { ["job_id"] = "load" }) : null;
        for (var i = 0; i < Lines; i++) logger.LogInformation(id, "Line {Number} {Text}", i, Long);
    }
}
