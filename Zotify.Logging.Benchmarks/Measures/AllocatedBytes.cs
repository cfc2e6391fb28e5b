using System.Globalization;
using Zotify.Logging.Benchmarks.Contenders;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Benchmarks.Scenarios;

namespace Zotify.Logging.Benchmarks.Measures;

/// <summary>The garbage of a call, in all threads.</summary>
internal sealed class AllocatedBytes : Measure
{
    public override string Name => "allocated";

    public override string Shows => "Bytes that the whole process allocates for a source-generated call, until it is written: the first 20,000 of a process with its start "
            + "(young), and later ones (steady).";

    public override int Rounds => 3;

    public override async Task<IReadOnlyList<Goal>> RunAsync(MeasureRun run)
    {
        Contender[] contenders = [.. ContenderList.Text, new ZotifyAllHandlers(), .. ContenderList.Floors];
        var messages = run.Of(200_000).ToString(CultureInfo.InvariantCulture);
        var samples = await run.InterleaveChildrenAsync(
            contenders.Select(c => c.Name), name => Child.RunAsync<Allocations>(name, "generated", messages));
        var ours = ContenderList.Text[0].Name;
        Table.Print(run, "allocated in the whole process", samples, ours);
        return [new("of a call", samples.Median(ours, Allocations.Steady), 130, Unit: "B")];
    }
}
