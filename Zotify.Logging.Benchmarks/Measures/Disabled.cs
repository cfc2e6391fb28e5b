using Zotify.Logging.Benchmarks.Contenders;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Benchmarks.Scenarios;

namespace Zotify.Logging.Benchmarks.Measures;

/// <summary>The cost of a call that no handler takes.</summary>
internal sealed class Disabled : Measure
{
    public override string Name => "disabled";

    public override string Shows => "The caller's time and bytes of a source-generated call of a level that is off.";

    public override async Task<IReadOnlyList<Goal>> RunAsync(MeasureRun run)
    {
        Contender[] contenders = [.. ContenderList.Text, new ZotifyAllHandlers()];
        var samples = await run.InterleaveChildrenAsync(
            contenders.Select(c => c.Name), name => Child.RunAsync<CallerCost>(name, "disabled"));
        var ours = ContenderList.Text[0].Name;
        Table.Print(run, "caller's time of a call of a level that is off", samples, ours);
        double Ratio(string figure) =>
            samples.Median(ours, figure) / samples.Lowest(ContenderList.Text.Skip(1).Select(c => c.Name), figure);
        return
        [
            new("steady, to the best peer", Ratio(CallerCost.Steady), 1.1),
            new("young, to the best peer", Ratio(CallerCost.Young), 1.2),
            new("allocated", samples.Median(ours, "bytes"), 0, Unit: "B"),
        ];
    }
}
