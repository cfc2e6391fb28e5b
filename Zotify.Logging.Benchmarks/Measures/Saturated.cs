using System.Globalization;
using Zotify.Logging.Benchmarks.Contenders;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Benchmarks.Scenarios;

namespace Zotify.Logging.Benchmarks.Measures;

/// <summary>The slowest calls while more is logged than can be written.</summary>
internal sealed class Saturated : Measure
{
    public override string Name => "saturated";

    public override string Shows => "The 99.9th percentile of a call's time while 2 producers log as fast as they can.";

    public override int Rounds => 3;

    public override async Task<IReadOnlyList<Goal>> RunAsync(MeasureRun run)
    {
        Contender[] contenders = [.. ContenderList.Text, new ZLoggerBlocking()];
        var samples = await run.InterleaveChildrenAsync(
            contenders.Select(c => c.Name), name => Child.RunAsync<SaturatedCalls>(
                name, "2", run.Of(1_000_000).ToString(CultureInfo.InvariantCulture)));
        var ours = contenders[0].Name;
        Table.Print(run, "a call's time while saturated, 2 producers", samples, ours);
        double Ratio(string figure) => samples.Median(ours, figure) / samples.Lowest(contenders.Skip(1).Select(c => c.Name), figure);
        return
        [
            new("steady p99.9 to the best peer's", Ratio(SaturatedCalls.Steady), 1),
            new("young p99.9 to the best peer's", Ratio(SaturatedCalls.Young), 1.2),
        ];
    }
}
