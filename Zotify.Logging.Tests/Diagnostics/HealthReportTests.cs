using System.Net;
using System.Text.Json;
using HealthChecks.UI.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Diagnostics;

/// <summary>An application's <c>MapHealthChecks</c> with a writer that serialises the data of the checks.</summary>
[TestClass]
public sealed class HealthReportTests
{
    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    public static IEnumerable<(string Name, Func<HttpContext, HealthReport, Task> Writer)> Writers() =>
        [
            ("as the documentation of ASP.NET Core writes it", WriteByHandAsync),
            ("HealthChecks.UI.Client", UIResponseWriter.WriteHealthCheckUIResponse)
        ];

    [TestMethod]
    [DynamicData(nameof(Writers))]
    public async Task A_writer_of_JSON_can_write_the_data(string name, Func<HttpContext, HealthReport, Task> writer)
    {
        using var folder = new TemporaryFolder();
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { ContentRootPath = folder.Path, EnvironmentName = "Production" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddZotify();
        await using var app = builder.Build();
        app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = writer });
        await app.StartAsync(Cancellation);
        app.Logger.LogInformation(new EventId(1, "user.login"), "User {user_id} logged in", "u42");
        await ((LoggingService)app.Services.GetService(typeof(LoggingService))!).FlushAsync(FlushTo.Database, Cancellation);

        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using var answer = await client.GetAsync("/health", Cancellation);

        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode, name);
        var report = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        var data = report.GetProperty("entries").GetProperty("zotify").GetProperty("data");
        Assert.AreEqual("running", data.GetProperty("Audit.state").GetString());
        Assert.AreEqual(0, data.GetProperty("Audit.behind").GetInt64());
        Assert.IsGreaterThan(0, data.GetProperty("Audit.written").GetInt64());
        Assert.IsTrue(data.EnumerateObject().All(value => value.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number));
    }

    /// <summary>The members of the report, each value serialised by its own type.</summary>
    private static async Task WriteByHandAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteStartObject("entries");
        foreach (var (name, entry) in report.Entries)
        {
            json.WriteStartObject(name);
            json.WriteString("status", entry.Status.ToString());
            json.WriteStartObject("data");
            foreach (var (key, value) in entry.Data)
            {
                json.WritePropertyName(key);
                JsonSerializer.Serialize(json, value, value.GetType());
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
