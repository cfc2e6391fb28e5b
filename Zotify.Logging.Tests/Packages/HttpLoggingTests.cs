using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Packages;

/// <summary>The HTTP logging of ASP.NET Core and HttpClient with the library: only the secrets are removed from their records.</summary>
[TestClass]
public sealed class HttpLoggingTests
{
    private static readonly string[] Secrets = ["Cookie", "Authorization", "X-Api-Key"];

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task A_request_with_secrets_is_logged_but_for_them(bool showsHeaders)
    {
        using var folder = new TemporaryFolder();
        using var server = new CollectingProvider { Prefix = "Microsoft.AspNetCore.HttpLogging" };
        using var client = new CollectingProvider { Prefix = "System.Net.Http.HttpClient" };
        var records = new ConcurrentQueue<LogRecord>();
        await using var app = Application(folder, server, client, records, showsHeaders);
        await app.StartAsync(Cancellation);

        using var request = new HttpRequestMessage(HttpMethod.Get, app.Urls.First() + "/hello");
        request.Headers.Add("Cookie", "id=4711");
        request.Headers.Add("Authorization", "Bearer geheim");
        request.Headers.Add("X-Api-Key", ["one", "two"]);
        request.Headers.Add("X-Other", ["one more", "two more"]);
        using var http = app.Services.GetRequiredService<IHttpClientFactory>().CreateClient("shop");
        using var answer = await http.SendAsync(request, Cancellation);
        await app.StopAsync(Cancellation);
        await app.Services.GetRequiredService<LoggingService>().FlushAsync(FlushTo.Disk, Cancellation);

        AssertSame(server, records);
        AssertSame(client, records);
        var logged = records.Single(record => record.Message.StartsWith("Request:", StringComparison.Ordinal));
        StringAssert.Contains(logged.Message, "\nMethod: GET\n", StringComparison.Ordinal);
        StringAssert.Contains(logged.Message, "\nPath: /hello\n", StringComparison.Ordinal);
        Assert.HasCount(3, logged.Properties.Where(property => Secrets.Contains(property.Key) && Equals(property.Value, "[REDACTED]")));
        Assert.AreEqual(2, records.Count(record => record.Message.Contains("Request Headers:", StringComparison.Ordinal)));
    }

    private static void AssertSame(CollectingProvider provider, IEnumerable<LogRecord> records)
    {
        var expected = provider.Messages.Select(Redacted).Order(StringComparer.Ordinal).ToArray();
        Assert.IsNotEmpty(expected);
        var found = records.Where(record => record.Category.StartsWith(provider.Prefix, StringComparison.Ordinal));
        CollectionAssert.AreEqual(expected, found.Select(record => record.Message).Order(StringComparer.Ordinal).ToArray());
    }

    private static string Redacted(string message) => string.Join('\n', message.Split('\n').Select(line =>
    {
        var secret = Array.Find(Secrets, name => line.StartsWith(name + ":", StringComparison.Ordinal));
        return secret is null ? line : $"{secret}: [REDACTED]{(line.EndsWith('\r') ? "\r" : "")}";
    }));

    private static WebApplication Application(
        TemporaryFolder folder, CollectingProvider server, CollectingProvider client, ConcurrentQueue<LogRecord> records, bool showsHeaders)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = folder.Path });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Logging:LogLevel:Default"] = "Trace",
            ["Logging:Zotify:Handlers:Own:MinimumLevel"] = "Trace",
        });
        builder.Logging.ClearProviders().AddProvider(server).AddProvider(client).AddZotify().AddHandler<RecordingHandler>("Own");
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(records);
        builder.Services.AddHttpLogging(options =>
        {
            options.LoggingFields = HttpLoggingFields.All;
            options.RequestHeaders.Add("X-Other");
            if (showsHeaders) options.RequestHeaders.UnionWith(Secrets);
        });
        var http = builder.Services.AddHttpClient("shop");
        if (showsHeaders) http.RedactLoggedHeaders(_ => false);
        var app = builder.Build();
        app.UseHttpLogging();
        app.MapGet("/hello", () => "hello");
        return app;
    }
}
