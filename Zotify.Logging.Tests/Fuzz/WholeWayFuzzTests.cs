using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Fuzz;

[TestClass]
public sealed class WholeWayFuzzTests
{
    private const int Calls = 150;
    private const string Handlers = "Logging:Zotify:Handlers:";

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Every_call_is_once_in_each_file_and_each_table_whatever_it_holds() =>
        await Gen.OneOf(LoggedCall.Plain, LoggedCall.Wild).Array[Calls].SampleAsync(AssertWholeAsync, iter: TestScale.Factor, threads: 1);

    private async Task AssertWholeAsync(LoggedCall[] calls)
    {
        await using var host = await new TestHost(
            ("Logging:LogLevel:Default", "Trace"),
            (Handlers + "System:MinimumLevel", "Trace"),
            (Handlers + "Audit:MinimumLevel", "Trace"),
            (Handlers + "Jobs:MinimumLevel", "Trace")).StartAsync(Cancellation);
        for (var i = 0; i < calls.Length; i++)
        {
            // Outermost and innermost: nothing between them may hide the job from its handler.
            var call =
                calls[i] with { Event = new EventId(i + 1, "user." + calls[i].Event.Name), Scopes = [.. calls[i].Scopes, KeyValuePair.Create("job_id", (object?)"j1")] };
            call.LogTo(host.Logger(call.Category));
        }

        await host.FlushAsync(FlushTo.Database, Cancellation);
        var numbers = Enumerable.Range(1, Calls).ToArray();
        CollectionAssert.AreEqual(numbers, Ids(host.AuditLines, "event_type"));
        CollectionAssert.AreEqual(numbers, Ids(host.JobLines, "event_name"));
        CollectionAssert.AreEqual(numbers, await SystemIdsAsync(host));
        foreach (var rows in (string[])["audit_events WHERE event_type", "job_logs WHERE event_name"])
        {
            Assert.AreEqual(Calls, host.Scalar($"SELECT COUNT(*) FROM {rows} LIKE 'user.%'"), rows);
            Assert.AreEqual(Calls, host.Scalar($"SELECT COUNT(DISTINCT event_id) FROM {rows} LIKE 'user.%'"), rows);
        }

        foreach (var handler in host.Service.Handlers) Assert.IsEmpty(handler.Dropped, handler.Name);
    }

    private static int[] Ids(string[] lines, string name) =>
    [
        .. lines.Select(line => JsonElement.Parse(line))
            .Where(line => line.TryGetProperty(name, out var type) && type.GetString()!.StartsWith("user.", StringComparison.Ordinal))
            .Select(line => line.GetProperty("event_id").GetInt32()),
    ];

    private async Task<int[]> SystemIdsAsync(TestHost host)
    {
        var ids = new List<int>();
        await foreach (
            var item in host.Services.GetRequiredService<SystemLogTail>()
                .ReadAsync(new SystemLogQuery { Follow = false, Tail = int.MaxValue }, Cancellation))
        {
            if (item is SystemLogEntry { EventId: > 0, EventName: { } name } entry && name.StartsWith("user.", StringComparison.Ordinal))
                ids.Add(entry.EventId.Value);
        }

        return [.. ids];
    }
}
