using System.Globalization;
using Zotify.Logging.Benchmarks.Floors;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Benchmarks.Scenarios;

namespace Zotify.Logging.Benchmarks.Measures;

/// <summary>How many events reach the disk while their callers await a flush, without blocking a thread.</summary>
internal sealed class Flush : Measure
{
    private const string Rate = DurableAudit.Steady;

    public override string Name => "flush";

    public override string Shows =>
        "Audit events whose callers await FlushAsync(FlushTo.Disk), all handlers on, of 1, 8, 64 and 256 callers.";

    public override int Rounds => 5;

    public override async Task<IReadOnlyList<Goal>> RunAsync(MeasureRun run)
    {
        var goals = new List<Goal>();
        foreach (var callers in (int[])[1, 8, 64, 256])
        {
            var samples = await run.InterleaveChildrenAsync(
                [FlushingWriters.Ours, FlushingWriters.Grouped, FlushingWriters.Sqlite],
                name => Child.RunAsync<FlushedAudit>(name, callers.ToString(CultureInfo.InvariantCulture)));
            Table.Print(run, $"{callers} callers", samples, FlushingWriters.Ours);
            foreach (var (figure, when) in ((string, string)[])[(DurableAudit.Young, ", the first 1.5 s of a process"), (Rate, "")])
            {
                run.Meetings.Add(new(
                    $"audit call and `await FlushAsync(FlushTo.Disk)`, {callers} callers{when}, records/s", samples.Median(FlushingWriters.Ours, figure),
                    [.. ((string[])[FlushingWriters.Sqlite, FlushingWriters.Grouped]).Select(name => (name, samples.Median(name, figure)))]));
            }

            var ratio = samples.Median(FlushingWriters.Ours, Rate) / samples.Median(FlushingWriters.Grouped, Rate);
            goals.Add(new($"{callers} callers, to the floor ({FlushingWriters.Grouped})", ratio, 0.9, AtMost: false));
        }

        return goals;
    }
}
