using System.Globalization;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Benchmarks.Scenarios;

namespace Zotify.Logging.Benchmarks.Measures;

/// <summary>How fast a log is sent to many subscribers.</summary>
internal sealed class Followers : Measure
{
    private const string Ours = "Zotify";
    private const string Bare = "bare endpoint";
    private const string Rate = "events/s to all";

    public override string Name => "followers";

    public override string Shows =>
        "1,000 subscribers of the live system log at saturation, compared with a bare Kestrel endpoint that shares framed bytes.";

    public override int Rounds => 3;

    public override async Task<IReadOnlyList<Goal>> RunAsync(MeasureRun run)
    {
        var (subscribers, events) = (run.Of(1_000).ToString(CultureInfo.InvariantCulture), "5000");
        var samples = await run.InterleaveChildrenAsync(
            [Ours, Bare], contender => Child.RunAsync<Serving>((contender == Bare).ToString(), subscribers, events));
        Table.Print(run, $"{subscribers} subscribers, {events} events", samples, Ours);
        return [new("to the bare endpoint", samples.Median(Ours, Rate) / samples.Median(Bare, Rate), 0.8, AtMost: false)];
    }
}
