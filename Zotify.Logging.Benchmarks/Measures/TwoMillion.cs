using System.Globalization;
using Zotify.Logging.Benchmarks.Contenders;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Benchmarks.Scenarios;

namespace Zotify.Logging.Benchmarks.Measures;

/// <summary>How fast many messages are written to the file, and how much of the machine that takes.</summary>
internal sealed class TwoMillion : Measure
{
    private const int Messages = 2_000_000;

    public override string Name => "two-million";

    public override string Shows =>
        "2,000,000 messages of 1, 2 and 4 producers, to the last byte in the file, none lost: the first of a process (young), and as many "
            + "after 4 s of them (steady).";

    public override int Rounds => 1;

    public override async Task<IReadOnlyList<Goal>> RunAsync(MeasureRun run)
    {
        string[] contenders = [.. ContenderList.Text.Select(c => c.Name), new ZLoggerBlocking().Name];
        var (ours, peers) = (contenders[0], contenders[1..]);
        var goals = new List<Goal>();
        foreach (var producers in (int[])[1, 2, 4])
        {
            var samples = await run.InterleaveChildrenAsync(
                contenders, name => Child.RunAsync<Throughput>(
                    name, producers.ToString(CultureInfo.InvariantCulture), run.Of(Messages).ToString(CultureInfo.InvariantCulture)));
            Table.Print(run, $"{producers} producers", samples, ours);
            foreach (var (figure, when) in ((string, string)[])[(Throughput.YoungRate, "the first"), (Throughput.SteadyRate, "after 4 s")])
            {
                run.Meetings.Add(new(
                    $"messages/s, {when}, {producers} producers", samples.Median(ours, figure),
                    [.. peers.Select(peer => (peer, samples.Median(peer, figure)))]));
            }

            var best = peers.MaxBy(name => samples.Median(name, Throughput.SteadyRate))!;
            double Ratio(string figure) => samples.Median(ours, figure) / samples.Median(best, figure);
            goals.Add(new(
                $"{producers} producers, steady, to the fastest peer, {best}",
                Ratio(Throughput.SteadyRate),
                producers == 1 ? 1.5 : 2,
                AtMost: false));
            goals.Add(new($"{producers} producers, steady, its processor time", Ratio(Throughput.SteadyCpu), 0.75));
            goals.Add(new($"{producers} producers, peak memory", samples.Median(ours, Throughput.Peak), 80, Unit: "MiB"));
        }

        return goals;
    }
}
