using System.Globalization;
using Zotify.Logging.Benchmarks.Contenders;
using Zotify.Logging.Benchmarks.Databases;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Benchmarks.Scenarios;

namespace Zotify.Logging.Benchmarks.Measures;

/// <summary>The first second of a process: its first calls, and its first search.</summary>
internal sealed class Young : Measure
{
    private const double SearchMilliseconds = 20;

    public override string Name => "young";

    public override string Shows =>
        "The first 100,000 calls of a process, in bursts of 100, and its first audit search, out of 1M events: the time, and how many "
            + "methods the runtime compiles; and its first search over HTTP, a second after the start. The first run creates the "
            + "databases.";

    public override int JointRounds => 3;

    public override async Task<IReadOnlyList<Goal>> RunAsync(MeasureRun run) => [.. await CallsAsync(run), .. await SearchesAsync(run)];

    private static async Task<IReadOnlyList<Goal>> CallsAsync(MeasureRun run)
    {
        Contender[] contenders = [new ZotifyAllHandlers(), .. ContenderList.Text];
        var samples = await run.InterleaveChildrenAsync(contenders.Select(c => c.Name), name => Child.RunAsync<YoungCalls>(name));
        var ours = contenders[0].Name;
        Table.Print(run, "the first 100,000 calls", samples, ours);
        double Mean(Contender contender) => samples.Median(contender.Name, YoungCalls.Mean);
        Contender[] peers = [new NLogFile(), new OpenTelemetryFile()];
        run.Meetings.Add(new(
            "one of the first 100,000 calls of a process, the first included, all handlers on, ns", samples.Median(ours, YoungCalls.Mean),
            [.. ContenderList.Text.Select(contender => (Shown(contender), Mean(contender)))]));
        double First(Contender contender) => samples.Median(contender.Name, YoungCalls.First);
        run.Meetings.Add(new(
            "from the registration to the end of the first call, all handlers on, ms", First(contenders[0]),
            [.. ContenderList.Text.Select(contender => (Shown(contender), First(contender)))]));
        run.Meetings.Add(new(
            "methods that are compiled for them", samples.Median(ours, YoungCalls.Methods),
            [.. ContenderList.Text.Select(contender => (Shown(contender), samples.Median(contender.Name, YoungCalls.Methods)))]));
        return
        [
            .. peers.Select(peer => new Goal($"a young call, all handlers, to {peer.Name}'s", Mean(contenders[0]) / Mean(peer), 1.2)),
            .. peers.Select(peer => new Goal(
                $"the first call with the start, all handlers, to {peer.Name}'s", First(contenders[0]) / First(peer), 1.2)),
        ];
    }

    /// <summary>The name beside this project with all handlers.</summary>
    private static string Shown(Contender contender) => contender is ZotifySystemLog ? "Zotify, only the system log" : contender.Name;

    private static async Task<IReadOnlyList<Goal>> SearchesAsync(MeasureRun run)
    {
        var count = run.Of(1_000_000);
        var events = count.ToString(CultureInfo.InvariantCulture);
        var file = await KeptDatabase.AuditAsync(count, run);
        var handmade = await HandmadeAuditLog.MakeAsync(count, run);
        var goals = new List<Goal>();
        foreach (var kind in FirstSearch.Kinds)
        {
            var samples = await run.InterleaveChildrenAsync(
                [FirstSearch.Ours, FirstSearch.ByHand],
                async (name, older) => await Child.RunAsync<FirstSearch>(
                    name, kind, name == FirstSearch.ByHand ? handmade : await KeptDatabase.AuditAsync(count, run, older), events));
            Table.Print(run, $"the first search, by {kind}", samples, FirstSearch.Ours);
            var ours = samples.Median(FirstSearch.Ours, FirstSearch.Time);
            run.Meetings.Add(new(
                $"the first search of a process, by {kind}, ms", ours,
                (FirstSearch.ByHand, samples.Median(FirstSearch.ByHand, FirstSearch.Time))));
            goals.Add(new($"the first search, by {kind}", ours, SearchMilliseconds, Unit: "ms"));
            var served = await run.InterleaveAsync(
                (string[])[FirstSearch.Ours], name => name, _ => ServedSearch.RunAsync(kind, file, count));
            Table.Print(run, $"the first search over HTTP, a second after the start, by {kind}", served, FirstSearch.Ours);
            var http = served.Median(FirstSearch.Ours, FirstSearch.Time);
            goals.Add(new($"the first search over HTTP, by {kind}", http, SearchMilliseconds, Unit: "ms"));
        }

        return goals;
    }
}
