using System.Globalization;
using Zotify.Logging.Benchmarks.Databases;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Benchmarks.Rows;
using Zotify.Logging.Benchmarks.Scenarios;

namespace Zotify.Logging.Benchmarks.Measures;

/// <summary>How fast log calls become rows.</summary>
internal sealed class ToRows : Measure
{
    private const int Rows = 200_000;
    private const int Million = 1_000_000;
    private const string Rate = "rows/s";

    public override string Name => "to-rows";

    public override string Shows =>
        "ILogger calls until FlushAsync(FlushTo.Database), into empty tables and tables of 1M and, with --scale 10, 10M rows, beside floors.";

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
                Table.Print(run.Output, title, samples, RowWriters.Ours);
                run.Meetings.Add(new(
                    $"`ILogger` until they are rows, {title}, rows/s", samples.Median(RowWriters.Ours, Rate),
                    (RowWriters.Prepared, samples.Median(RowWriters.Prepared, Rate)), (RowWriters.Entities, samples.Median(RowWriters.Entities, Rate))));
                goals.AddRange(Goals(kind, title, size, samples));
            }
        }

        return goals;
    }

    private static async Task<Samples> CompareAsync(MeasureRun run, RowKind kind, int size)
    {
        var ours = size == 0 ? "" : await (kind == JobRows.Kind
            ? KeptDatabase.JobsAsync(size, run.Output)
            : KeptDatabase.AuditAsync(size, run.Output));
        var floor = size == 0 ? "" : await KeptRows.MakeAsync(kind, size, run.Output);
        return await run.InterleaveChildrenAsync(
            [RowWriters.Ours, RowWriters.Prepared, RowWriters.Entities],
            name => Child.RunAsync<ToRowsRun>(
                name, kind.Name, Rows.ToString(CultureInfo.InvariantCulture), name == RowWriters.Ours ? ours : floor));
    }

    private static IEnumerable<Goal> Goals(RowKind kind, string title, int size, Samples samples)
    {
        var rate = samples.Median(RowWriters.Ours, Rate);
        if (kind == JobRows.Kind)
        {
            yield return new($"{title}, to prepared inserts", rate / samples.Median(RowWriters.Prepared, Rate), 0.8, AtMost: false);
            yield return new($"{title}, CPU", samples.Median(RowWriters.Ours, "CPU µs a row"), 25, Unit: "µs a row");
        }
        else
        {
            yield return new(title, rate, size == 0 ? 60_000 : 40_000, AtMost: false, "rows/s");
        }
    }
}
