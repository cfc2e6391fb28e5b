using Zotify.Logging.Benchmarks.Contenders;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Benchmarks.Scenarios;

namespace Zotify.Logging.Benchmarks.Measures;

/// <summary>The cost of an event that goes to two logs.</summary>
internal sealed class AuditCall : Measure
{
    private const string Time = "ns";

    public override string Name => "audit-call";

    public override string Shows =>
        "The caller's time of an audit event, queued, written as text and as JSON, compared with peers that write only JSON.";

    public override async Task<IReadOnlyList<Goal>> RunAsync(MeasureRun run)
    {
        var samples = await run.InterleaveAsync(ContenderList.Json, c => c.Name, c => Child.RunAsync<CallerCost>(c.Name, "audit"));
        var ours = ContenderList.Json[0].Name;
        Table.Print(run.Output, "caller's time of an audit event", samples, ours);
        return
        [
            new(
                "to the best peer that writes JSON",
                samples.Median(ours, Time) / samples.Lowest(ContenderList.Json.Skip(1).Select(c => c.Name), Time),
                1)
        ];
    }
}
