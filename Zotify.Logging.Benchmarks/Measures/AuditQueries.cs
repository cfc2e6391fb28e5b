using System.Diagnostics;
using System.Globalization;
using Zotify.Logging.Benchmarks.Databases;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Queries;

namespace Zotify.Logging.Benchmarks.Measures;

/// <summary>How long searches of the audit log take, and whether they take longer in a larger log.</summary>
internal sealed class AuditQueries : Measure
{
    private const int Searches = 200;

    public override string Name => "audit-queries";

    public override string Shows =>
        "The newest 50 audit events by user, by type and time, and by text, in process, out of 1M and 10M. The first run creates the "
            + "databases.";

    // The full size takes about ten minutes and ten gigabytes to create.
    public override double Scale => 0.1;

    public override async Task<IReadOnlyList<Goal>> RunAsync(MeasureRun run)
    {
        var (small, large) = (run.Of(1_000_000), run.Of(10_000_000));
        var samples = new Samples();
        foreach (var count in (int[])[small, large])
        {
            using var database = Projected.Open(await KeptDatabase.AuditAsync(count, run.Output));
            var log = new AuditLog(database, new NothingToWaitFor());
            for (var round = 0; round < run.Rounds; round++) samples.Add(Name(count), await TimeAsync(log, count));
        }

        Table.Print(run.Output, "the newest 50", samples, Name(large));
        return
        [
            .. samples.Names.Select(name => new Goal($"{name}, {Name(small)}", samples.Median(Name(small), name), 1, Unit: "ms")),
            .. samples.Names.Select(
                name => new Goal(
                    $"{name}, {Name(large)} to {Name(small)}", samples.Median(Name(large), name) / samples.Median(Name(small), name), 1.5)),
        ];

        static string Name(int count) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} events");
    }

    private static async Task<Figures> TimeAsync(AuditLog log, int count) => new()
    {
        ["by user, ms"] = await MedianAsync(log, count, at => new AuditQuery { UserIds = [SyntheticRecords.UserOf(at)] }),
        ["by type and time, ms"] = await MedianAsync(
            log,
            count,
            at =>
                new AuditQuery { EventTypes = [SyntheticRecords.EventTypes[(int)(at % SyntheticRecords.EventTypes.Count)]], To = SyntheticRecords.TimeOf(at) }),
        ["by text, ms"] = await MedianAsync(log, count, at => new AuditQuery { Text = SyntheticRecords.WordOf(at) }),
    };

    private static async Task<double> MedianAsync(AuditLog log, int count, Func<long, AuditQuery> query)
    {
        var times = new double[Searches];
        for (var i = 0; i < Searches; i++)
        {
            // Spread over the log. Each search has matches.
            var search = query(1 + ((long)count * i / Searches)) with { Limit = 50 };
            var start = Stopwatch.GetTimestamp();
            await log.SearchAsync(search, CancellationToken.None);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return Samples.Median(times);
    }
}
