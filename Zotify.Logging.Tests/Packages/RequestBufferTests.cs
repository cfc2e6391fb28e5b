using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Buffering;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Packages;

/// <summary>A buffer of each request, on a real server, behind the factory of Microsoft.Extensions.Telemetry.</summary>
[TestClass]
public sealed class RequestBufferTests
{
    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task The_records_of_a_request_that_fails_are_as_in_their_calls_and_the_others_are_not_logged()
    {
        using var folder = new TemporaryFolder();
        var records = new ConcurrentQueue<LogRecord>();
        await using var app = Application(folder, records);
        await app.StartAsync(Cancellation);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        var traces = await Task.WhenAll(
            ((string[])["good", "bad", "good", "worse"]).Select(order => http.GetStringAsync($"/orders/{order}", Cancellation)));
        await app.StopAsync(Cancellation);
        await app.Services.GetRequiredService<LoggingService>().FlushAsync(FlushTo.Disk, Cancellation);

        var flushed = records.Where(record => record.Category == "Shop.Orders").ToLookup(record => record.TraceId);
        Assert.HasCount(2, flushed);
        foreach (var (order, trace) in ((string, string)[])[("bad", traces[1]), ("worse", traces[3])])
        {
            var (first, second) = (flushed[trace].First(), flushed[trace].Last());
            Assert.AreEqual((Some.Time, LogLevel.Debug, $"Looks for {order} with [REDACTED]"), (first.Timestamp, first.Level, first.Message));
            Assert.AreEqual(order, first.Properties.Single(property => property.Key == "Order").Value);
            Assert.IsEmpty(first.Scope, "the scopes around the flush are not the record's");
            StringAssert.StartsWith(second.Exception, $"System.InvalidOperationException: no {order}\n   at ", StringComparison.Ordinal);
        }
    }

    private static WebApplication Application(TemporaryFolder folder, ConcurrentQueue<LogRecord> records)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = folder.Path });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Logging:LogLevel:Default"] = "Debug",
            ["Logging:Zotify:Handlers:Own:MinimumLevel"] = "Debug",
        });
        builder.Logging.ClearProviders().AddZotify().AddHandler<RecordingHandler>("Own").EnableEnrichment();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddSingleton(records);
        builder.Services.AddSingleton<LogBuffer, RequestBuffer>();
        var app = builder.Build();
        app.MapGet("/orders/{order}", AnswerAsync);
        return app;
    }

    private static async Task<string> AnswerAsync(HttpContext request, string order, ILoggerFactory loggers, LogBuffer buffer)
    {
        var logger = loggers.CreateLogger("Shop.Orders");
        logger.LogDebug("Looks for {Order} with {Token}", order, "geheim");
        await Task.Yield();
        try
        {
            if (order != "good") throw new InvalidOperationException($"no {order}");
        }
        catch (InvalidOperationException exception)
        {
            logger.LogDebug(exception, "Not found");
            using (logger.BeginScope("{flushing}", true)) buffer.Flush();
        }

        return System.Diagnostics.Activity.Current!.TraceId.ToHexString();
    }
}
