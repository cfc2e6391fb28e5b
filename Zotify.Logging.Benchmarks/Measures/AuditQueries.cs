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
    private const string ByUser = "by user, ms";
    private const string ByType = "by type and time, ms";
    private const string Common = "by a term of all events, ms";
    private const string Rare = "by a term of one event in 4,000, ms";
    private const string Rarest = "by a phrase of one event in 4 million, ms";
    private const string Absent = "by a term of no event, ms";

    private static readonly string[] ByColumn = [ByUser, ByType];

    public override string Name => "audit-queries";

    public override string Shows =>
        "The newest 50 audit events by user, by type and time, and by text, in process, out of 1M and 10M, and what "
            + "an event takes in the database. The first run creates the databases.";

    // The first searches of a process are slower.
    public override int JointRounds => 3;

    // The full size takes about ten minutes and ten gigabytes to create.
    public override double Scale => 0.1;

    public override async Task<IReadOnlyList<Goal>> RunAsync(MeasureRun run)
    {
        var (small, large) = (run.Of(1_000_000), run.Of(10_000_000));
        var (samples, sizes) = (new Samples(), new Samples());
        foreach (var count in (int[])[small, large])
        {
            var file = await KeptDatabase.AuditAsync(count, run.Output);
            sizes.Add(Name(count), DatabaseSizes.Read(file, count));
            using var database = Projected.Open(file);
            var log = new AuditLog(database, new NothingToWaitFor());
            for (var round = 0; round < run.Rounds; round++) samples.Add(Name(count), await TimeAsync(log, count));
        }

        Table.Print(run.Output, "the newest 50", samples, Name(large));
        Table.Print(run.Output, "the database", sizes, Name(large));
        return
        [
            .. ByColumn.Select(name => new Goal($"{name}, {Name(small)}", samples.Median(Name(small), name), 1, Unit: "ms")),
            new Goal($"{Common}, {Name(large)}", samples.Median(Name(large), Common), 5, Unit: "ms"),
            .. ((string[])[Rare, Rarest, Absent]).Select(
                name => new Goal($"{name}, {Name(large)}", samples.Median(Name(large), name), 50, Unit: "ms")),
            new Goal($"{DatabaseSizes.Event}, {Name(large)}", sizes.Median(Name(large), DatabaseSizes.Event), 700, Unit: "B"),
            new Goal($"{DatabaseSizes.IndexShare}, {Name(large)}", sizes.Median(Name(large), DatabaseSizes.IndexShare), 10, Unit: "%"),
            .. ByColumn.Select(
                name => new Goal(
                    $"{name}, {Name(large)} to {Name(small)}", samples.Median(Name(large), name) / samples.Median(Name(small), name), 1.5)),
        ];

        static string Name(int count) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} events");
    }

    private static async Task<Figures> TimeAsync(AuditLog log, int count) => new()
    {
        [ByUser] = await MedianAsync(log, count, at => new AuditQuery { UserIds = [SyntheticRecords.UserOf(at)] }),
        [ByType] = await MedianAsync(
            log,
            count,
            at =>
                new AuditQuery { EventTypes = [SyntheticRecords.EventTypes[(int)(at % SyntheticRecords.EventTypes.Count)]], To = SyntheticRecords.TimeOf(at) }),
        [Common] = await MedianAsync(log, count, _ => new AuditQuery { Text = "acted" }),
        [Rare] = await MedianAsync(log, count, at => new AuditQuery { Text = SyntheticRecords.WordOf(at) }),
        [Rarest] = await MedianAsync(
            log, count, at => new AuditQuery { Text = $"\"{SyntheticRecords.UserOf(at)} acted on {SyntheticRecords.WordOf(at)}\"" }),
        [Absent] = await MedianAsync(log, count, at => new AuditQuery { Text = $"x{at}y" }),
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
