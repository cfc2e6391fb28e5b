using Zotify.Logging.Benchmarks.Contenders;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Benchmarks.Scenarios;

namespace Zotify.Logging.Benchmarks.Measures;

/// <summary>The cost of an event that goes to two logs.</summary>
internal sealed class AuditCall : Measure
{
    public override string Name => "audit-call";

    public override string Shows =>
        "The caller's time of an audit event, queued, written as text and as JSON, compared with peers that write only JSON.";

    public override int JointRounds => 2;

    public override async Task<IReadOnlyList<Goal>> RunAsync(MeasureRun run)
    {
        var samples = await run.InterleaveChildrenAsync(
            ContenderList.Json.Select(c => c.Name), name => Child.RunAsync<CallerCost>(name, "audit"));
        var ours = ContenderList.Json[0].Name;
        Table.Print(run, "caller's time of an audit event", samples, ours);
        var peers = ContenderList.Json.Skip(1).Select(c => c.Name).ToArray();
        double Ratio(string figure) => samples.Median(ours, figure) / samples.Lowest(peers, figure);
        run.Meetings.Add(new(
            "an audit event, queued, to two logs, after 3 s, ns", samples.Median(ours, CallerCost.Steady),
            [.. peers.Select(peer => (peer, samples.Median(peer, CallerCost.Steady)))]));
        return
        [
            new("steady, to the best peer that writes JSON", Ratio(CallerCost.Steady), 1),
            new("young, to the best peer that writes JSON", Ratio(CallerCost.Young), 1.2),
        ];
    }
}
