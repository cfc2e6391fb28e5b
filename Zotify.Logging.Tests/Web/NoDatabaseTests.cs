using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

/// <summary><c>Database:Provider = None</c>: endpoints that need only files answer, and the others report what they lack.</summary>
[TestClass]
public sealed class NoDatabaseTests
{
    private const string WithoutDatabase = "Logging:Zotify:Database:Provider=None";

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Endpoints_that_need_a_database_answer_501_with_a_reason_and_all_others_work()
    {
        await using var server = await new TestServer { Settings = [WithoutDatabase] }.StartAsync(Cancellation);
        server.Logger("Tests").LogInformation(new EventId(1, "user.test"), "For {job_id}", "a-job");
        await server.FlushAsync(Cancellation);
        using var client = server.Client();
        string[] needing =
        [
            "/audit", "/audit?format=csv", "/audit?format=ndjson", "/audit/0195d8e4-0000-7000-8000-00000000000a", "/audit/stream",
            "/audit/stream?follow=false",
            "/audit/event-types", "/audit/facets", "/audit/histogram", "/jobs", "/jobs/a-job", "/jobs/a-job/progress", "/jobs/a-job/stream", "/jobs/a-job/wait",
        ];
        string[] working = ["/system/stream?follow=false", "/system/histogram", "/handlers", "/instances", "/audit/verify", "/levels"];
        var tried = needing.Concat(working).Select(path => path.Split('?')[0].Replace("a-job", "{job_id}", StringComparison.Ordinal)
            .Replace("0195d8e4-0000-7000-8000-00000000000a", "{id}", StringComparison.Ordinal)).Distinct();
        CollectionAssert.IsSubsetOf(Routes(server).Distinct().ToArray(), tried.ToArray(), "an endpoint of which nobody has said whether it needs a database");

        foreach (var path in needing)
        {
            using var answer = await client.GetAsync("/api/logs" + path, Cancellation);
            Assert.AreEqual(HttpStatusCode.NotImplemented, answer.StatusCode, path);
            Assert.AreEqual("application/problem+json", answer.Content.Headers.ContentType?.MediaType, path);
            var problem = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
            Assert.Contains("Logging:Zotify:Database:Provider is None", problem.GetProperty("detail").GetString()!, path);
        }

        using var admin = server.Client(TestServer.AdminKey);
        foreach (var path in working)
        {
            using var answer = await (path == "/levels" ? admin : client).GetAsync("/api/logs" + path, Cancellation);
            Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode, path);
        }
    }

    [TestMethod]
    public async Task The_files_are_verified_and_health_is_good()
    {
        await using var server = await new TestServer { Settings = [WithoutDatabase] }.StartAsync(Cancellation);
        server.Logger("Tests").LogInformation(new EventId(1, "user.test"), "For {job_id}", "a-job");
        await server.FlushAsync(Cancellation);
        using var client = server.Client();

        var verified = JsonElement.Parse(await client.GetStringAsync("/api/logs/audit/verify", Cancellation));
        Assert.AreEqual("valid", verified.GetProperty("status").GetString());
        Assert.AreEqual(JsonValueKind.Null, verified.GetProperty("database").ValueKind);
        Assert.AreEqual("Healthy", await client.GetStringAsync("/health/ready", Cancellation));
        var service = server.App.Services.GetRequiredService<LoggingService>();
        foreach (var handler in service.Handlers)
        {
            Assert.AreEqual(0, handler.Behind, handler.Name);
            Assert.IsNull(handler.ProjectionFailure, handler.Name);
        }
    }

    private static string[] Routes(TestServer server) =>
    [
        .. server.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.Trim('/'))
            .Where(route => route.StartsWith("/api/logs/", StringComparison.Ordinal))
            .Select(route => route["/api/logs".Length..]),
    ];
}
