using System.Globalization;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Benchmarks.Rows;
using Zotify.Logging.Benchmarks.Scenarios;

namespace Zotify.Logging.Benchmarks.Measures;

/// <summary>How fast log calls become rows.</summary>
internal sealed class ToRows : Measure
{
    private const int Rows = 200_000;
    private const int AuditRowsOfOlder = 20_000;
    private const int Million = 1_000_000;
    private const string Rate = ToRowsRun.Steady;

    public override string Name => "to-rows";

    public override string Shows =>
        "ILogger calls until FlushAsync(FlushTo.Database), into empty tables and tables of 1M and, with --scale 10, 10M rows, compared with "
            + "tables made by hand. The inserts have as many rows in a transaction as ours. Ours has each record on the disk by the fsync of "
            + "its journal, and flushes its database at checkpoints; the others have no journal, and flush each transaction.";

    public override int Rounds => 3;

    public override async Task<IReadOnlyList<Goal>> RunAsync(MeasureRun run)
    {
        var goals = new List<Goal>();
        foreach (var kind in (RowKind[])[JobRows.Kind, AuditRows.Kind])
        {
            foreach (var size in (int[])[0, run.Of(Million)])
            {
                var samples = await CompareAsync(run, kind, size);
                var title = string.Create(CultureInfo.InvariantCulture, $"{kind.Name}, into {size:#,0} rows");
                Table.Print(run, title, samples, RowWriters.Ours);
                foreach (var (figure, when) in ((string, string)[])[(ToRowsRun.Young, ", the first 10,000 of a process, its start included"), (Rate, "")])
                {
                    run.Meetings.Add(new(
                        $"`ILogger` until they are rows, {title}{when}, rows/s", samples.Median(RowWriters.Ours, figure),
                        [.. ((string[])[RowWriters.Prepared, RowWriters.Entities]).Select(name => (name, samples.Median(name, figure)))]));
                }

                goals.AddRange(Goals(kind, title, size, samples));
            }
        }

        return goals;
    }

    private static async Task<Samples> CompareAsync(MeasureRun run, RowKind kind, int size)
    {
        string Count(OlderBuild? older) => Math.Min(
            Rows, run.Of(older is not null && kind == AuditRows.Kind ? AuditRowsOfOlder : Rows)).ToString(CultureInfo.InvariantCulture);
        if (run.Older is not null && kind == AuditRows.Kind)
            await run.Output.WriteLineAsync($"\nThe version before writes only {Count(run.Older)} events, in case it is far slower.");
        return await run.InterleaveChildrenAsync(
            [RowWriters.Ours, RowWriters.Prepared, RowWriters.Entities],
            async (name, older) => await Child.RunAsync<ToRowsRun>(
                name, kind.Name, Count(older), size == 0 ? "" : await KeptRows.MakeAsync(name, kind, size, run, older)));
    }

    private static IEnumerable<Goal> Goals(RowKind kind, string title, int size, Samples samples)
    {
        var rate = samples.Median(RowWriters.Ours, Rate);
        if (kind == JobRows.Kind)
        {
            yield return new($"{title}, to prepared inserts", rate / samples.Median(RowWriters.Prepared, Rate), 0.8, AtMost: false);
            yield return new($"{title}, CPU", samples.Median(RowWriters.Ours, "CPU µs a row"), 25, Unit: "µs a row");
        }
        else if (size is 0 or >= 10 * Million)
        {
            // What is reached with a million rows says nothing of ten million: that size has only its figure.
            yield return new(title, rate, size == 0 ? 60_000 : 40_000, AtMost: false, "rows/s");
        }
    }
}
