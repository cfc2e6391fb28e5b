using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Zotify.Logging.Database;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Queries;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

/// <summary>
/// Common searches, and an export of all, over a large audit log. The figures are printed: a machine that others use as well must not fail
/// the test.
/// </summary>
[TestClass]
public sealed class LargeAuditLogTests
{
    private static readonly int Events = 2_500 * TestScale.Factor * TestScale.Factor;
    // Few at the small size, whose times tell little: other tests wait for this one.
    private static readonly int Rounds = TestScale.Factor == 1 ? 2 : 5 * TestScale.Factor;

    private static readonly (string What, Func<JsonElement, string> Query)[] Searches =
    [
        ("the newest", _ => ""),
        ("user_id", item => $"user_id={Text(item, "user_id")}"),
        ("event_type", item => $"event_type={Text(item, "event_type")}"),
        ("event_type=user.*", _ => "event_type=user.*"),
        ("source_ip", item => $"source_ip={Text(item, "source_ip")}"),
        ("trace_id", item => $"trace_id={Text(item, "trace_id")}"),
        ("instance", item => $"instance={Text(item, "instance")}"),
        ("from and to", _ => $"from={AuditHistory.End.AddDays(-100):O}&to={AuditHistory.End.AddDays(-99):O}"),
        ("event_type and to", item => $"event_type={Text(item, "event_type")}&to={AuditHistory.End.AddDays(-200):O}"),
        ("q, a word of every event", _ => "q=from"),
        ("q, a word of 1 %", _ => "q=percentword"),
        ("q, a word of 0.01 %", _ => "q=rareword"),
        ("q, a word of none", _ => "q=nobodysays"),
        ("q, two words", _ => "q=order+percentword"),
        ("q, an id in the details", item => $"q={item.GetProperty("details").GetProperty("order").GetProperty("item").GetString()}"),
        ("q of every event, to", _ => $"q=from&to={AuditHistory.End.AddDays(-200):O}"),
        ("q of every event and user_id", item => $"q=from&user_id={Text(item, "user_id")}"),
        ("q of 1 % and event_type", item => $"q=percentword&event_type={Text(item, "event_type")}"),
    ];

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [DoNotParallelize] // It measures times and memory.
    [Timeout(1_800_000, CooperativeCancellation = true)]
    public async Task Searches_and_an_export_of_all_of_a_large_audit_log()
    {
        await using var program = new WebProcess();
        var watch = Stopwatch.StartNew();
        using (var database = new LoggingDatabase(new DatabaseOptions(), program.PathOf("logs"), [new SqliteEngineFactory()]))
        {
            await AuditHistory.WriteAsync(database, Events, Cancellation);
            TestContext.WriteLine(
                $"{Events} events written in {watch.Elapsed.TotalSeconds:0.0} s, {Events / watch.Elapsed.TotalSeconds:0} a second");
            await SearchAsync(database);
        }

        program.Start("Logging:LogLevel:Microsoft=Warning");
        var link = await program.SignInLinkAsync(Cancellation);
        using var client = new HttpClient { BaseAddress = new Uri(link.GetLeftPart(UriPartial.Authority)) };
        using (var page = await client.GetAsync(link, Cancellation)) page.EnsureSuccessStatusCode();
        // First: to measure the memory of a server that exports, not of one that has also served searches.
        await ExportAsync(client, program);
        await SearchAsync(client);
        TestContext.WriteLine($"working set of the server at most {program.PeakWorkingSet >> 20} MiB after all searches");
    }

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;

    private async Task SearchAsync(LoggingDatabase database)
    {
        var log = new AuditLog(database, new FixedReadYourWrites());
        (string What, AuditQuery Query)[] searches =
        [
            ("by user", new AuditQuery { UserIds = ["u17"] }),
            ("by type and time", new AuditQuery { EventTypes = ["user.login"], To = AuditHistory.End.AddDays(-30) }),
            ("by text, every event", new AuditQuery { Text = "from" }),
            ("by text, 1 %", new AuditQuery { Text = "percentword" }),
            ("by text, 0.01 %", new AuditQuery { Text = "rareword" }),
        ];
        foreach (var (what, query) in searches)
        {
            var times = new List<TimeSpan>();
            for (var i = 0; i < Rounds; i++)
            {
                var watch = Stopwatch.StartNew();
                var page = await log.SearchAsync(query, Cancellation);
                times.Add(watch.Elapsed);
                if (query.Text == "from") Assert.HasCount(50, page.Items);
            }

            Report($"in process, the newest 50 {what}", times);
        }
    }

    private async Task SearchAsync(HttpClient client)
    {
        var random = new Random(17);
        // Of the times before the server's own events.
        var samples = (
            await client.GetFromJsonAsync<JsonElement>(
                $"/api/logs/audit?limit=1000&to={AuditHistory.End.AddDays(-1):O}", Cancellation)).GetProperty("items");
        foreach (var (what, query) in Searches)
        {
            var times = new List<TimeSpan>();
            for (var i = 0; i < Rounds; i++)
            {
                var address = $"/api/logs/audit?{query(samples[random.Next(samples.GetArrayLength())])}";
                await SettleAsync(client);
                var watch = Stopwatch.StartNew();
                using var answer = await client.GetAsync(address, Cancellation);
                await answer.Content.ReadAsByteArrayAsync(Cancellation);
                times.Add(watch.Elapsed);
                Assert.IsTrue(answer.IsSuccessStatusCode, address);
            }

            Report($"over HTTP, {what}", times);
        }
    }

    /// <summary>
    /// Waits until the previous reading is in the database itself. Otherwise a search would wait for it, which is not measured here.
    /// </summary>
    private async Task SettleAsync(HttpClient client)
    {
        static bool IsBehind(JsonElement handler) =>
            handler.GetProperty("queue").GetProperty("length").GetInt64() > 0 || handler.GetProperty("behind").GetInt64() > 0;
        while ((await client.GetFromJsonAsync<JsonElement>("/api/logs/handlers", Cancellation))
            .GetProperty("items").EnumerateArray().Any(IsBehind))
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancellation);
    }

    private async Task ExportAsync(HttpClient client, WebProcess program)
    {
        var before = program.PeakWorkingSet;
        var watch = Stopwatch.StartNew();
        using var answer = await client.GetAsync(
            $"/api/logs/audit?format=csv&to={AuditHistory.End.AddDays(1):O}", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await using var body = await answer.Content.ReadAsStreamAsync(Cancellation);
        var (buffer, bytes, rows) = (new byte[64 * 1024], 0L, 0);
        while (await body.ReadAsync(buffer, Cancellation) is > 0 and var count)
        {
            bytes += count;
            rows += buffer.AsSpan(0, count).Count((byte)'\n');
        }

        Assert.AreEqual(Events + 1, rows, "a row of names, and a row an event");
        TestContext.WriteLine(
            $"CSV of all: {rows - 1} events, {bytes >> 20} MiB in {watch.Elapsed.TotalSeconds:0.0} s; working set of the server at most "
                + $"{before >> 20} MiB before, {program.PeakWorkingSet >> 20} MiB after");
    }

    private void Report(string what, List<TimeSpan> times)
    {
        times.Sort();
        TestContext.WriteLine(
            $"{what}: best {times[0].TotalMilliseconds:0.00} ms, median {times[times.Count / 2].TotalMilliseconds:0.00} ms, p95 "
                + $"{times[times.Count * 95 / 100].TotalMilliseconds:0.00} ms, worst {times[^1].TotalMilliseconds:0.00} ms");
    }
}
