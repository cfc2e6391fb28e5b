using System.Globalization;
using Zotify.Logging.Benchmarks.Databases;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Benchmarks.Scenarios;

namespace Zotify.Logging.Benchmarks.Measures;

/// <summary>How long searches of the audit log take, and whether they take longer in a larger log.</summary>
internal sealed class AuditQueries : Measure
{
    private const string Ours = "Zotify";
    private const int Million = 1_000_000;

    private static readonly string[] ByColumn = [AuditSearches.ByUser, AuditSearches.ByType];
    private static readonly string[] ByText = [AuditSearches.Rare, AuditSearches.Rarest, AuditSearches.Absent, AuditSearches.ByTrace];

    public override string Name => "audit-queries";

    public override string Shows =>
        "The newest 50 audit events by user, by type and time, and by text, in process, and what an event takes in the database, out of 10M "
            + "and a tenth of them; each event has a trace, a span and a request of its own. The first run creates the databases.";

    // The full size takes about ten minutes and ten gigabytes to create.
    public override double Scale => 0.1;

    public override async Task<IReadOnlyList<Goal>> RunAsync(MeasureRun run)
    {
        var goals = new List<Goal>();
        var medians = new Dictionary<int, Samples>();
        foreach (var count in (int[])[run.Of(Million), run.Of(10 * Million)])
        {
            var events = string.Create(CultureInfo.InvariantCulture, $"{count:#,0} events");
            var samples = medians[count] = await run.InterleaveChildrenAsync([Ours], async (_, older) => await Child.RunAsync<AuditSearches>(
                await KeptDatabase.AuditAsync(count, run, older), count.ToString(CultureInfo.InvariantCulture)));
            Table.Print(run, $"the newest 50 of {events}", samples, Ours);
            var sizes = await run.InterleaveChildrenAsync([Ours], async (_, older) =>
                DatabaseSizes.Read(await KeptDatabase.AuditAsync(count, run, older), count));
            Table.Print(run, $"the database of {events}", sizes, Ours);
            goals.AddRange(Goals(count, events, samples, sizes));
            foreach (var figure in (string[])[AuditSearches.ByUser, AuditSearches.Common, .. ByText])
                run.Meetings.Add(new($"newest 50 of {events}, {figure}", samples.Median(Ours, figure)));
            foreach (var figure in (string[])[DatabaseSizes.Event, DatabaseSizes.IndexShare])
                run.Meetings.Add(new($"{events}, {figure}", sizes.Median(Ours, figure)));
        }

        var (small, large) = (run.Of(Million), run.Of(10 * Million));
        goals.AddRange(ByColumn.Select(figure => new Goal(
            string.Create(CultureInfo.InvariantCulture, $"{figure}, {large:#,0} to {small:#,0} events"),
            medians[large].Median(Ours, figure) / medians[small].Median(Ours, figure), 1.5)));
        return goals;
    }

    /// <summary>The goals for a size. Those of a search out of ten million events are not those of a smaller log.</summary>
    private static IEnumerable<Goal> Goals(int count, string events, Samples samples, Samples sizes)
    {
        Goal Time(string figure, double limit) => new($"{figure}, {events}", samples.Median(Ours, figure), limit, Unit: "ms");
        if (count < Million) yield break;
        yield return new($"{DatabaseSizes.Event}, {events}", sizes.Median(Ours, DatabaseSizes.Event), 700, Unit: "B");
        yield return new($"{DatabaseSizes.IndexShare}, {events}", sizes.Median(Ours, DatabaseSizes.IndexShare), 10, Unit: "%");
        if (count < 10 * Million)
        {
            foreach (var figure in ByColumn) yield return Time(figure, 1);
            yield break;
        }

        yield return Time(AuditSearches.Common, 5);
        foreach (var figure in ByText) yield return Time(figure, 50);
    }
}
