using System.Globalization;
using Zotify.Logging.Benchmarks.Floors;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Benchmarks.Scenarios;

namespace Zotify.Logging.Benchmarks.Measures;

/// <summary>How many events are written to the disk while their callers wait.</summary>
internal sealed class Durable : Measure
{
    private const string Rate = DurableAudit.Steady;

    public override string Name => "durable";

    public override string Shows => "Audit events whose call returns when they are on the disk, of 1, 8, 64 and 256 callers.";

    public override int Rounds => 5;

    public override async Task<IReadOnlyList<Goal>> RunAsync(MeasureRun run)
    {
        var goals = new List<Goal>();
        foreach (var callers in (int[])[1, 8, 64, 256])
        {
            var floor = callers == 1 ? DurableWriters.Single : DurableWriters.Grouped;
            var samples = await run.InterleaveChildrenAsync(
                [DurableWriters.Ours, floor, DurableWriters.Sqlite], name => Child.RunAsync<DurableAudit>(
                    name, callers.ToString(CultureInfo.InvariantCulture)));
            Table.Print(run, $"{callers} callers", samples, DurableWriters.Ours);
            foreach (var (figure, when) in ((string, string)[])[(DurableAudit.Young, ", the first 1.5 s of a process"), (Rate, "")])
            {
                run.Meetings.Add(new(
                    $"`Durable` call, {callers} threads{when}, records/s", samples.Median(DurableWriters.Ours, figure),
                    [.. ((string[])[DurableWriters.Sqlite, floor]).Select(name => (name, samples.Median(name, figure)))]));
            }

            double Ratio(string other) => samples.Median(DurableWriters.Ours, Rate) / samples.Median(other, Rate);
            goals.Add(new($"{callers} callers, to the floor ({floor})", Ratio(floor), 0.9, AtMost: false));
            double Slowest(string name) => samples.Median(name, "slowest, ms");
            goals.Add(new($"{callers} callers, the slowest call to the floor's", Slowest(DurableWriters.Ours) / Slowest(floor), 3));
            if (callers > 1) goals.Add(new($"{callers} callers, to SQLite", Ratio(DurableWriters.Sqlite), 2, AtMost: false));
        }

        return goals;
    }
}
