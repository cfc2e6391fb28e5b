using Zotify.Logging.Benchmarks.Contenders;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Benchmarks.Scenarios;

namespace Zotify.Logging.Benchmarks.Measures;

/// <summary>The cost of a source-generated call for its caller.</summary>
internal sealed class Caller : Measure
{
    private const string Time = "ns";

    public override string Name => "caller";

    public override string Shows => "The caller's time of a source-generated call (2 integers, 1 text), only the system log, in paced bursts.";

    public override async Task<IReadOnlyList<Goal>> RunAsync(MeasureRun run)
    {
        Contender[] contenders = [.. ContenderList.Text, new ZotifyAllHandlers(), .. ContenderList.Floors];
        var samples = await run.InterleaveAsync(contenders, c => c.Name, c => Child.RunAsync<CallerCost>(c.Name, "generated"));
        var ours = ContenderList.Text[0].Name;
        Table.Print(run.Output, "caller's time of a generated call", samples, ours);
        double Ratio(double other) => samples.Median(ours, Time) / other;
        double Best(Role role) => samples.Lowest(contenders.Where(c => c.Role == role).Select(c => c.Name), Time);
        return
        [
            new("to the best peer that renders inside the call", Ratio(Best(Role.RenderingPeer)), 0.8),
            new("to the best peer that defers rendering", Ratio(Best(Role.DeferringPeer)), 1.0),
            new("to the null provider that formats", Ratio(samples.Median("null provider that formats", Time)), 1.4),
        ];
    }
}
