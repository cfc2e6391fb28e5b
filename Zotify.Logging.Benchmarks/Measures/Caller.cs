using Zotify.Logging.Benchmarks.Contenders;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Benchmarks.Scenarios;

namespace Zotify.Logging.Benchmarks.Measures;

/// <summary>The cost of a source-generated call for its caller.</summary>
internal sealed class Caller : Measure
{
    public override string Name => "caller";

    public override string Shows =>
        "The caller's time of a source-generated call (2 integers, 1 text), only the system log, in bursts: the first 100,000 calls of a "
            + "process (young), and calls after 3 s (steady).";

    public override int JointRounds => 2;

    public override async Task<IReadOnlyList<Goal>> RunAsync(MeasureRun run)
    {
        Contender[] contenders = [.. ContenderList.Text, new ZotifyAllHandlers(), .. ContenderList.Floors];
        var samples = await run.InterleaveChildrenAsync(
            contenders.Select(c => c.Name), name => Child.RunAsync<CallerCost>(name, "generated"));
        var ours = ContenderList.Text[0].Name;
        Table.Print(run, "caller's time of a generated call", samples, ours);
        return
        [
            .. CallerGoals.Of(run, samples, "generated"),
            new(
                "steady, to the null provider that formats",
                samples.Median(ours, CallerCost.Steady) / samples.Median("null provider that formats", CallerCost.Steady),
                1.4),
        ];
    }
}
