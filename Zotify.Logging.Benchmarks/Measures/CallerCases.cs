using Zotify.Logging.Benchmarks.Contenders;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Benchmarks.Scenarios;

namespace Zotify.Logging.Benchmarks.Measures;

/// <summary>The cost of calls with a classic template, a scope or an exception for their caller.</summary>
internal sealed class CallerCases : Measure
{
    private const string Time = "ns";

    public override string Name => "caller-cases";

    public override string Shows => "The caller's time of a call by a classic template, with a scope, and with an exception.";

    public override int Rounds => 3;

    public override async Task<IReadOnlyList<Goal>> RunAsync(MeasureRun run)
    {
        var ours = ContenderList.Text[0].Name;
        var peers = ContenderList.Text.Skip(1).ToArray();
        var goals = new List<Goal>();
        foreach (var name in (string[])["template", "scope", "exception"])
        {
            var samples = await run.InterleaveAsync(
                [.. ContenderList.Text, .. ContenderList.Floors], c => c.Name, c => Child.RunAsync<CallerCost>(c.Name, name));
            Table.Print(run.Output, $"caller's time, {name}", samples, ours);
            double Best(Func<Contender, bool> which) => samples.Lowest(peers.Where(which).Select(c => c.Name), Time);
            goals.Add(
                new(
                    $"{name}, to the best peer that renders inside the call",
                    samples.Median(ours, Time) / Best(c => c.Role == Role.RenderingPeer),
                    0.8));
            goals.Add(new($"{name}, to the best peer", samples.Median(ours, Time) / Best(_ => true), 0.8));
        }

        return goals;
    }
}
