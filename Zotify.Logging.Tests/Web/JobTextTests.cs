using System.Net;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

/// <summary>The raw log of a job.</summary>
[TestClass]
public sealed class JobTextTests
{
    private const string Path = "/api/logs/jobs/load";
    private const int Entries = 2_500;

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task All_that_matches_comes_as_lines()
    {
        await using var server = await StartAsync();
        using var client = server.Client(TestServer.JobsKey);
        var all = (await client.GetStringAsync($"{Path}?format=text", Cancellation)).Split('\n');
        Assert.HasCount(Entries + 1, all, "more than a page, and each line has its end");
        for (var i = 0; i < Entries; i++)
            StringAssert.Matches(all[i], new($@"^\S{{27}}Z \[{(i % 10 == 0 ? "WRN" : "INF")}\] Line {i}\\n$"));
        Assert.HasCount((Entries / 10) + 1, (await client.GetStringAsync($"{Path}?format=text&level=Warning", Cancellation)).Split('\n'));
        StringAssert.EndsWith(
            await client.GetStringAsync($"{Path}?format=text&tail=3&limit=2", Cancellation),
            $"Line {Entries - 2}\\n\n",
            StringComparison.Ordinal);
        using var unknown = await client.GetAsync("/api/logs/jobs/another?format=text", Cancellation);
        Assert.AreEqual(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [TestMethod]
    public async Task A_log_with_an_entry_that_cannot_be_read_is_cut_off()
    {
        await using var server = await StartAsync();
        // Not of the first page, so that the answer has begun.
        DatabaseFile.Execute(server.PathOf("logs/zotify.db"), $"UPDATE job_logs SET timestamp = '{{' WHERE seq = {Entries - 50}");
        using var client = server.Client(TestServer.JobsKey);
        using var answer = await client.GetAsync($"{Path}?format=text", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode);
        await Assert.ThrowsExactlyAsync<HttpRequestException>(() => answer.Content.ReadAsStringAsync(Cancellation));
    }

    [TestMethod]
    public async Task A_log_that_the_database_does_not_have_whole_says_so_in_every_format()
    {
        await using var server =
            await new TestServer { Settings = ["Logging:Zotify:Database:ConnectionString=Data Source=zotify.db;Default Timeout=1"] }.StartAsync(Cancellation);
        server.Logger("Tests").LogInformation("Of {job_id}", "load");
        await server.FlushAsync(Cancellation);
        using var client = server.Client(TestServer.JobsKey);
        using (DatabaseFile.HoldWrites(server.PathOf("logs/zotify.db")))
        {
            server.Logger("Tests").LogInformation("More of {job_id}", "load");
            foreach (var path in (string[])[$"{Path}?format=text", $"{Path}/stream?follow=false"])
            {
                using var answer = await client.GetAsync(path, Cancellation);
                Assert.AreEqual("1", answer.Headers.GetValues("Zotify-Behind").Single(), path);
                Assert.Contains(
                    "--- lines may be missing: 1 records were logged and are not here yet ---\n", await answer.Content.ReadAsStringAsync(Cancellation), path);
            }
        }

        await server.FlushAsync(Cancellation);
        using var whole = await client.GetAsync($"{Path}?format=text", Cancellation);
        Assert.IsFalse(whole.Headers.Contains("Zotify-Behind"));
        Assert.DoesNotContain("---", await whole.Content.ReadAsStringAsync(Cancellation));
    }

    [TestMethod]
    [DataRow("text/plain", "", "text/plain")]
    [DataRow("text/*;q=0.9, application/json;q=0.5", "", "text/plain")]
    [DataRow("text/html, */*;q=0.8", "", "application/json")]
    [DataRow("application/json", "format=text", "text/plain")]
    [DataRow("text/plain", "format=json", "application/json")]
    [DataRow("text/plain;q=0", "", "application/json")]
    public async Task The_client_selects_the_format(string accept, string query, string type)
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        server.Logger("Tests").LogInformation("Of {job_id}", "load");
        await server.FlushAsync(Cancellation);
        using var client = server.Client(TestServer.JobsKey);
        client.DefaultRequestHeaders.Add("Accept", accept);
        using var answer = await client.GetAsync($"{Path}?{query}", Cancellation);
        Assert.AreEqual(type, answer.Content.Headers.ContentType?.MediaType);
    }

    private async Task<TestServer> StartAsync()
    {
        var server = await new TestServer().StartAsync(Cancellation);
        var logger = server.Logger("Tests");
        using (logger.BeginScope(new Dictionary<string, object> { ["job_id"] = "load" }))
        {
            for (var i = 0; i < Entries; i++) logger.Log(i % 10 == 0 ? LogLevel.Warning : LogLevel.Information, "Line {Number}\n", i);
        }

        await server.FlushAsync(Cancellation);
        return server;
    }
}
