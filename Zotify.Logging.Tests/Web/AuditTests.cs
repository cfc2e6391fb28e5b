using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.AspNetCore.Endpoints.Audit;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

/// <summary>The audit log over HTTP: pages, files, one event, and counts.</summary>
[TestClass]
public sealed class AuditTests
{
    private const string Path = "/api/logs/audit";

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Links_lead_on_and_back()
    {
        await using var server = await ServerAsync(5);
        using var client = server.Client(TestServer.AuditKey);
        using var first = await client.GetAsync($"{Path}?event_type=user.test&limit=2&details.Kind=a", Cancellation);
        Assert.AreEqual("5 4", await NumbersAsync(first));
        Assert.IsNull(LinkOf(first, "prev"));

        using var second = await client.GetAsync(LinkOf(first, "next"), Cancellation);
        Assert.AreEqual("3 2", await NumbersAsync(second));
        using var third = await client.GetAsync(LinkOf(second, "next"), Cancellation);
        Assert.AreEqual("1", await NumbersAsync(third));
        Assert.IsNull(LinkOf(third, "next"));
        using var back = await client.GetAsync(LinkOf(third, "prev"), Cancellation);
        Assert.AreEqual("3 2", await NumbersAsync(back));
        using var start = await client.GetAsync(LinkOf(back, "prev"), Cancellation);
        Assert.AreEqual("5 4", await NumbersAsync(start));
        Assert.IsNull(LinkOf(start, "prev"));
    }

    [TestMethod]
    [DataRow("format=csv", null, "text/csv", "audit.csv")]
    [DataRow("format=csv", "application/json", "text/csv", "audit.csv")]
    [DataRow("", "text/csv", "text/csv", "audit.csv")]
    [DataRow("", "text/csv;q=0.5, application/x-ndjson", "application/x-ndjson", "audit.ndjson")]
    [DataRow("format=ndjson", "text/html", "application/x-ndjson", "audit.ndjson")]
    [DataRow("", "text/html, */*;q=0.1", "application/json", null)]
    [DataRow("", "application/json;q=0, */*", "text/csv", "audit.csv")]
    [DataRow("format=json", "text/csv", "application/json", null)]
    [DataRow("", "text/html", "application/problem+json", null)]
    public async Task The_format_is_what_is_asked_for(string query, string? accept, string type, string? file)
    {
        await using var server = await ServerAsync(1);
        using var client = server.Client(TestServer.AuditKey);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Path}?{query}");
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);

        using var answer = await client.SendAsync(request, Cancellation);

        Assert.AreEqual(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.AreEqual(file, answer.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        Assert.AreEqual(type == "application/problem+json" ? HttpStatusCode.NotAcceptable : HttpStatusCode.OK, answer.StatusCode);
    }

    [TestMethod]
    public async Task A_file_has_all_that_matches_and_its_reading_is_an_event_with_the_count()
    {
        await using var server = await ServerAsync(1_200);
        using var client = server.Client(TestServer.AuditKey);

        var file = await client.GetByteArrayAsync($"{Path}?event_type=user.test&order=asc&format=csv", Cancellation);
        CollectionAssert.AreEqual(Encoding.UTF8.GetPreamble(), file[..3], "Excel reads other files in the machine's own code page");
        var csv = Encoding.UTF8.GetString(file[3..]);
        var lines = await client.GetStringAsync($"{Path}?event_type=user.test&order=asc&format=ndjson&limit=3", Cancellation);

        var rows = csv.Split("\r\n");
        Assert.AreEqual(
            "timestamp,event_type,user_id,source_ip,message,details,id,journal,seq,level,category,event_id,scope,exception,trace_id,span_id,instance,key_id,hash",
            rows[0]);
        Assert.HasCount(1_202, rows, "a row of names, and an end of line at the end");
        Assert.Contains(",\"Number 1, \"\"a\"\"\",\"{\"\"Number\"\":1,\"\"Kind\"\":\"\"a\"\"}\",", rows[1]);
        var items = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToArray();
        Assert.HasCount(3, items);
        var page = await client.GetFromJsonAsync<JsonElement>($"{Path}?event_type=user.test&order=asc&limit=1", Cancellation);
        Assert.IsTrue(JsonElement.DeepEquals(page.GetProperty("items")[0], items[0]));
        Assert.AreEqual("1200|3|1", await ReadsAsync(server, client));
    }

    [TestMethod]
    [DataRow("csv")]
    [DataRow("ndjson")]
    public async Task A_file_whose_database_goes_away_is_cut_off_and_its_reading_is_an_event(string format)
    {
        await using var server = await ServerAsync(1_100);
        var path = server.PathOf("logs/zotify.db");
        // The second page has a row that cannot be read: what is no time comes after all times.
        DatabaseFile.Execute(path, "UPDATE audit_events SET timestamp = 'x' WHERE row_id = 50");
        using var client = server.Client(TestServer.AuditKey);

        using var answer = await client.GetAsync(
            $"{Path}?event_type=user.test&order=asc&format={format}", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode);
        await Assert.ThrowsExactlyAsync<HttpRequestException>(() => answer.Content.ReadAsStringAsync(Cancellation));

        Assert.AreEqual("1000", await ReadsAsync(server, client));
    }

    [TestMethod]
    // Kestrel reports a client's end on the thread pool, and drops everything written until then. With other tests' work, that can be the
    // whole file.
    [DoNotParallelize]
    public async Task A_client_that_leaves_in_the_middle_of_a_file_has_read_what_was_sent()
    {
        await using var server = await ServerAsync(20_000);
        using var client = server.Client(TestServer.AuditKey);
        using (
            var answer = await client.GetAsync(
                $"{Path}?event_type=user.test&format=ndjson", HttpCompletionOption.ResponseHeadersRead, Cancellation))
        await using (var body = await answer.Content.ReadAsStreamAsync(Cancellation))
        {
            await body.ReadExactlyAsync(new byte[1_000], Cancellation);
        }

        // The server finds out when it continues to send.
        while (server.Scalar("SELECT COUNT(*) FROM audit_events WHERE event_type = 'audit.read'") == 0)
            await server.FlushAsync(Cancellation);
        var count = server.Scalar("SELECT details ->> '$.count' FROM audit_events WHERE event_type = 'audit.read'");
        Assert.IsTrue(count is > 0 and < 20_000, $"{count}");
    }

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public async Task A_file_that_its_client_does_not_read_does_not_hold_up_the_end_of_the_host()
    {
        await using var server = await ServerAsync(20_000, "shutdownTimeoutSeconds=600");
        using var client = server.Client(TestServer.AuditKey);
        using var answer = await client.GetAsync(
            $"{Path}?event_type=user.test&format=ndjson", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await server.App.StopAsync(Cancellation);
        await server.FlushAsync(Cancellation);
        Assert.IsLessThan(20_000, server.Scalar("SELECT details ->> '$.count' FROM audit_events WHERE event_type = 'audit.read'"));
    }

    [TestMethod]
    public async Task One_event_is_answered_by_its_id_and_what_is_none_is_not_found()
    {
        await using var server = await ServerAsync(2);
        using var client = server.Client(TestServer.AuditKey);
        var item = (await client.GetFromJsonAsync<JsonElement>($"{Path}?event_type=user.test", Cancellation)).GetProperty("items")[1];

        var found = await client.GetFromJsonAsync<JsonElement>($"{Path}/{item.GetProperty("id").GetString()}", Cancellation);

        Assert.IsTrue(JsonElement.DeepEquals(item, found));
        foreach (var id in (string[])[$"{Guid.Empty}", "x", "0198c7f35a107c3e9d416f0a2b7c8d9e"])
        {
            using var missing = await client.GetAsync($"{Path}/{id}", Cancellation);
            Assert.AreEqual(HttpStatusCode.NotFound, missing.StatusCode);
            StringAssert.StartsWith(
                (await missing.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("detail").GetString(),
                "id: ",
                StringComparison.Ordinal);
        }
    }

    [TestMethod]
    public async Task Events_are_counted_by_type_and_by_time()
    {
        await using var server = await ServerAsync(3);
        using var client = server.Client(TestServer.AuditKey);

        var types = (await client.GetFromJsonAsync<JsonElement>($"{Path}/event-types?event_type=user.*&from=2h", Cancellation))
            .GetProperty("items");
        var histogram = await client.GetFromJsonAsync<JsonElement>(
            $"{Path}/histogram?event_type=user.test&from=2h&interval=1h", Cancellation);

        Assert.AreEqual("user.test", types[0].GetProperty("event_type").GetString());
        Assert.AreEqual(3, types[0].GetProperty("count").GetInt64());
        Assert.IsGreaterThan(DateTime.UnixEpoch, types[0].GetProperty("last_at").GetDateTime());
        Assert.AreEqual("1h", histogram.GetProperty("interval").GetString());
        Assert.AreEqual(3, histogram.GetProperty("items").EnumerateArray().Sum(item => item.GetProperty("count").GetInt64()));
        Assert.AreEqual(
            "2d",
            (await client.GetFromJsonAsync<JsonElement>($"{Path}/histogram?interval=48h", Cancellation))
                .GetProperty("interval").GetString());
        await server.FlushAsync(Cancellation);
        Assert.AreEqual(
            3, server.Scalar("SELECT COUNT(*) FROM audit_events WHERE event_type = 'audit.read'"), "they tell of the audit log, too");
    }

    [TestMethod]
    public async Task A_file_has_a_header_with_how_far_the_database_is_behind()
    {
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        var format = AuditFormat.All.Single(format => format.Name == "csv");
        var clock = new Zotify.Logging.AspNetCore.Common.RequestClock(new ServiceCollection().BuildServiceProvider());
        var audit = new Zotify.Logging.AspNetCore.Common.AuditTrail(
            Microsoft.Extensions.Logging.Abstractions.NullLogger<Zotify.Logging.AspNetCore.Common.AuditTrail>.Instance,
            new Zotify.Logging.AspNetCore.Common.RecentReads(clock),
            clock);

        await new AuditFileResult(new AuditExport(AsyncEnumerable.Empty<AuditEvent>(), 7), format.Writer!, format, audit, Cancellation)
            .ExecuteAsync(context);

        Assert.AreEqual("7", context.Response.Headers[AuditFileResult.BehindHeader].ToString());
    }

    /// <summary>A server with numbered events, in the database.</summary>
    private async Task<TestServer> ServerAsync(int events, params string[] settings)
    {
        var server = await new TestServer { Settings = settings }.StartAsync(Cancellation);
        var logger = server.Logger("Tests");
        for (var i = 1; i <= events; i++) logger.LogInformation(new EventId(1, "user.test"), "Number {Number}, \"{Kind}\"", i, "a");
        await server.FlushAsync(Cancellation);
        return server;
    }

    /// <summary>The counts of the readings.</summary>
    private async Task<string> ReadsAsync(TestServer server, HttpClient client)
    {
        await server.FlushAsync(Cancellation);
        var page = await client.GetFromJsonAsync<JsonElement>($"{Path}?event_type=audit.read&order=asc", Cancellation);
        return string.Join(
            '|', page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("details").GetProperty("count").GetInt64()));
    }

    private async Task<string> NumbersAsync(HttpResponseMessage answer) => string.Join(
        ' ', (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation))
            .GetProperty("items").EnumerateArray().Select(item => item.GetProperty("details").GetProperty("Number")));

    private static string? LinkOf(HttpResponseMessage answer, string relation) =>
        answer.Headers.TryGetValues("Link", out var links)
            ? links.SelectMany(link => link.Split(", ")).Where(link => link.EndsWith($"; rel=\"{relation}\"", StringComparison.Ordinal))
                .Select(
                    link => new Uri(
                        answer.RequestMessage!.RequestUri!,
                        link[1..link.IndexOf('>', StringComparison.Ordinal)]).PathAndQuery).SingleOrDefault()
            : null;
}
