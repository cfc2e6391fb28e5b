using System.Globalization;
using Zotify.Logging.Benchmarks.Contenders;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Benchmarks.Scenarios;

namespace Zotify.Logging.Benchmarks.Measures;

/// <summary>How fast many messages are written to the file, and how much of the machine that takes.</summary>
internal sealed class TwoMillion : Measure
{
    private const int Messages = 2_000_000;
    private const string Rate = "messages/s";
    private const string Cpu = "CPU ns/message";

    public override string Name => "two-million";

    public override string Shows => "2,000,000 messages of 1, 2 and 4 producers, to the last byte in the file, none lost.";

    public override int Rounds => 1;

    public override async Task<IReadOnlyList<Goal>> RunAsync(MeasureRun run)
    {
        Contender[] contenders = [.. ContenderList.Text, new ZLoggerBlocking()];
        var ours = contenders[0].Name;
        var goals = new List<Goal>();
        foreach (var producers in (int[])[1, 2, 4])
        {
            var samples = await run.InterleaveAsync(
                contenders, c => c.Name, c => Child.RunAsync<Throughput>(
                    c.Name, producers.ToString(CultureInfo.InvariantCulture), run.Of(Messages).ToString(CultureInfo.InvariantCulture)));
            Table.Print(run.Output, $"{producers} producers", samples, ours);
            var best = contenders.Skip(1).Select(c => c.Name).MaxBy(name => samples.Median(name, Rate))!;
            goals.Add(
                new(
                    $"{producers} producers, to the fastest peer, {best}",
                    samples.Median(ours, Rate) / samples.Median(best, Rate),
                    1.5,
                    AtMost: false));
            goals.Add(new($"{producers} producers, its processor time", samples.Median(ours, Cpu) / samples.Median(best, Cpu), 0.75));
            goals.Add(new($"{producers} producers, peak memory", samples.Median(ours, "peak MiB"), 100, Unit: "MiB"));
        }

        return goals;
    }
}
