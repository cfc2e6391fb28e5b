using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

[TestClass]
public sealed class HandlersTests
{
    private const string Path = "/api/logs/handlers";

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Any_scope_opens_it_and_nothing_else_does()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        foreach (var key in (string[])[TestServer.SystemKey, TestServer.AuditKey, TestServer.JobsKey, TestServer.AllKey])
        {
            using var client = server.Client(key);
            using var answer = await client.GetAsync(Path, Cancellation);
            Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode, key);
        }

        foreach (var key in (string?[])[null, "a key that nobody has"])
        {
            using var client = server.Client(key);
            using var answer = await client.GetAsync(Path, Cancellation);
            Assert.AreEqual(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [TestMethod]
    public async Task It_shows_for_each_handler_what_became_of_its_records()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        server.Logger("Tests").LogInformation(new EventId(1, "user.test"), "For {job_id}", "a job");
        await server.FlushAsync(Cancellation);
        using var client = server.Client();
        var text = await client.GetStringAsync(Path, Cancellation);
        var answer = JsonElement.Parse(text);
        var items = answer.GetProperty("items").EnumerateArray().ToArray();
        CollectionAssert.AreEqual(
            new[] { "System", "Audit", "Jobs" }, items.Select(item => item.GetProperty("name").GetString()).ToArray());
        Assert.AreEqual(
            """
            {"name":"Jobs","type":"DatabaseJobLogHandler","enabled":true,"state":"running","queue":{"length":0,"capacity":65536,"bytes":0,"capacity_bytes":33554432},
            "written":1,"retried":0,"rejected":0,"renamed":0,"dropped":{"queue_full":0,"handler_failed":0,"already_shutdown":0,"feedback":0},
            "behind":0,"database_error":null,"database_error_kind":null,"targets":[],"last_error":null}
            """.ReplaceLineEndings(""),
            items[2].GetRawText());
        Assert.AreEqual(0, answer.GetProperty("pending").GetArrayLength());
        Assert.DoesNotContain(server.PathOf(""), text, StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task It_shows_a_disk_that_fails_and_ready_is_503_until_it_is_back()
    {
        await using var server =
            await new TestServer { Settings = ["Logging:Zotify:Handlers:Audit:MaxFileSize=5000"] }.StartAsync(Cancellation);
        using var client = server.Client();
        // A folder has the name of the first rolled segment, so the journal cannot be rolled.
        var taken = Directory.CreateDirectory(server.PathOf("logs/audit.log.00000000000000000001.json"));
        var logger = server.Logger("Tests");
        logger.LogInformation(new EventId(1, "user.test"), "{Text}", new string('x', 5_000));
        var service = server.App.Services.GetRequiredService<LoggingService>();
        await service.FlushAsync(FlushTo.Disk, Cancellation);
        var written = service.Handlers[1].Written;
        logger.LogInformation(new EventId(1, "user.test"), "waits for the disk");
        while (service.Handlers[1].Failure is null) await Task.Yield();

        var failing = (await client.GetFromJsonAsync<JsonElement>(Path, Cancellation)).GetProperty("items")[1];
        Assert.AreEqual("failing", failing.GetProperty("state").GetString());
        var error = failing.GetProperty("last_error");
        Assert.AreNotEqual("", error.GetProperty("message").GetString());
        Assert.IsTrue(error.GetProperty("since").GetDateTimeOffset() <= error.GetProperty("at").GetDateTimeOffset());
        using var unready = await client.GetAsync("/health/ready", Cancellation);
        Assert.AreEqual(
            (HttpStatusCode.ServiceUnavailable, "Unhealthy"), (unready.StatusCode, await unready.Content.ReadAsStringAsync(Cancellation)));

        taken.Delete();
        await server.FlushAsync(Cancellation);
        var recovered = (await client.GetFromJsonAsync<JsonElement>(Path, Cancellation)).GetProperty("items")[1];
        Assert.AreEqual(
            ("running", written + 1), (recovered.GetProperty("state").GetString(), recovered.GetProperty("written").GetInt64()));
        Assert.AreEqual(error.GetProperty("since").GetString(), recovered.GetProperty("last_error").GetProperty("since").GetString());
        Assert.IsGreaterThan(0, recovered.GetProperty("retried").GetInt32());
        using var ready = await client.GetAsync("/health/ready", Cancellation);
        Assert.AreEqual((HttpStatusCode.OK, "Healthy"), (ready.StatusCode, await ready.Content.ReadAsStringAsync(Cancellation)));
    }

    [TestMethod]
    public async Task It_names_the_keys_that_wait_for_the_next_start_and_shows_a_handler_that_is_switched_off()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        var configuration = (IConfigurationRoot)server.App.Services.GetRequiredService<IConfiguration>();
        configuration["Logging:Zotify:Directory"] = "elsewhere";
        configuration["Logging:Zotify:Handlers:Jobs:QueueCapacity"] = "10";
        configuration["Logging:Zotify:Handlers:Jobs:Enabled"] = "false";
        configuration.Reload();
        using var client = server.Client(TestServer.SystemKey);
        var answer = await client.GetFromJsonAsync<JsonElement>(Path, Cancellation);
        CollectionAssert.AreEquivalent(
            new[] { "Logging:Zotify:Directory", "Logging:Zotify:Handlers:Jobs:QueueCapacity" },
            answer.GetProperty("pending").EnumerateArray().Select(key => key.GetString()).ToArray());
        var jobs = answer.GetProperty("items")[2];
        Assert.AreEqual(
            (false, "disabled", 65_536),
            (jobs.GetProperty("enabled").GetBoolean(), jobs.GetProperty("state").GetString(), jobs.GetProperty("queue").GetProperty("capacity").GetInt32()));
    }

    [TestMethod]
    public async Task It_accepts_no_parameters_and_is_described()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        using var client = server.Client();
        using var refused = await client.GetAsync(Path + "?name=Audit", Cancellation);
        Assert.AreEqual(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.AreEqual("name", (await refused.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("parameter").GetString());
        var description = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Cancellation);
        var responses = description.GetProperty("paths").GetProperty(Path).GetProperty("get").GetProperty("responses");
        StringAssert.EndsWith(
            responses.GetProperty("200")
                .GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("$ref")
                .GetString(), "HandlersAnswer", StringComparison.Ordinal);
        Assert.IsTrue(responses.TryGetProperty("400", out _));
    }
}
