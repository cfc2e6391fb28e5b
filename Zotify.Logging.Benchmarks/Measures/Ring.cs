using Zotify.Logging.Benchmarks.Contenders;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Benchmarks.Scenarios;

namespace Zotify.Logging.Benchmarks.Measures;

/// <summary>The cost of the ring of lines below the level for a call: on, compared with off.</summary>
internal sealed class Ring : Measure
{
    private const string Time = CallerCost.Steady;

    public override string Name => "ring";

    public override string Shows =>
        "The caller's time of a source-generated call of a level that is off, in a trace and in a job, with the ring and without.";

    public override int JointRounds => 2;

    public override async Task<IReadOnlyList<Goal>> RunAsync(MeasureRun run)
    {
        Contender[] contenders = [new ZotifyRing(), new ZotifySystemLog()];
        var goals = new List<Goal>();
        foreach (var (name, shown) in ((string, string)[])[("ring-trace", "in a trace"), ("ring-job", "in a job")])
        {
            var samples = await run.InterleaveChildrenAsync(
                contenders.Select(c => c.Name), contender => Child.RunAsync<CallerCost>(contender, name));
            Table.Print(run, $"caller's time of a call below the level, {shown}", samples, contenders[0].Name);
            var on = samples.Median(contenders[0].Name, Time) - samples.Median(contenders[1].Name, Time);
            goals.Add(new($"on, compared with off, {shown}", on, 200, Unit: "ns"));
        }

        return goals;
    }
}
