using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

/// <summary>A job is reached whatever its id is.</summary>
[TestClass]
public sealed class JobIdTests
{
    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [DataRow(".")]
    [DataRow("..")]
    [DataRow("a/../b")]
    [DataRow("-")]
    public async Task A_job_is_reached_by_its_id_as_a_parameter(string id)
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        using (server.Logger("Tests").BeginScope(new Dictionary<string, object> { ["job_id"] = id }))
            server.Logger("Tests").LogInformation(new EventId(2, "job.completed"), "Done");
        await server.FlushAsync(Cancellation);
        using var client = server.Client(TestServer.JobsKey);
        var query = $"job_id={Uri.EscapeDataString(id)}";
        var log = await client.GetFromJsonAsync<JsonElement>($"/api/logs/jobs/-?{query}", Cancellation);
        var wait = await client.GetFromJsonAsync<JsonElement>($"/api/logs/jobs/-/wait?{query}", Cancellation);
        var stream = await client.GetStringAsync($"/api/logs/jobs/-/stream?follow=false&{query}", Cancellation);
        Assert.AreEqual(id, log.GetProperty("job").GetProperty("job_id").GetString());
        Assert.IsTrue(wait.GetProperty("ended").GetBoolean());
        StringAssert.Contains(stream, "Done", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task An_unknown_job_is_404_when_the_time_is_up()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        server.Logger("Tests").LogInformation("One for {job_id}", "a job");
        await server.FlushAsync(Cancellation);
        using var client = server.Client(TestServer.JobsKey);
        using var answer = await client.GetAsync("/api/logs/jobs/other/wait?timeout=1s", Cancellation);
        Assert.AreEqual(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
