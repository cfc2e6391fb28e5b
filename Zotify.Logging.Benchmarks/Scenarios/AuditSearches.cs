using System.Diagnostics;
using System.Globalization;
using Zotify.Logging.Benchmarks.Databases;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Queries;

namespace Zotify.Logging.Benchmarks.Scenarios;

/// <summary>
/// Arguments: the file of a database, and how many events it has. The median time of searches of each kind, spread over the log, and of all
/// kinds the mean of the first one, which compiles what it needs.
/// </summary>
internal sealed class AuditSearches : IScenario
{
    public const string ByUser = "by user, ms";
    public const string ByType = "by type and time, ms";
    public const string Common = "by a term of all events, ms";
    public const string Rare = "by a term of one event in 4,000, ms";
    public const string Rarest = "by a phrase of one event in 4 million, ms";
    public const string Absent = "by a term of no event, ms";
    public const string ByTrace = "by a trace, ms";

    private const int Searches = 200;

    public async Task<Figures> RunAsync(string folder, string[] arguments)
    {
        var count = long.Parse(arguments[1], CultureInfo.InvariantCulture);
        using var database = Projected.Open(arguments[0]);
        var log = new AuditLog(database, new NothingToWaitFor());
        Dictionary<string, Func<long, AuditQuery>> kinds = new()
        {
            [ByUser] = at => new AuditQuery { UserIds = [SyntheticRecords.UserOf(at)] },
            [ByType] = at => new AuditQuery
            {
                EventTypes = [SyntheticRecords.EventTypes[(int)(at % SyntheticRecords.EventTypes.Count)]],
                To = SyntheticRecords.TimeOf(at),
            },
            [Common] = _ => new AuditQuery { Text = "acted" },
            [Rare] = at => new AuditQuery { Text = SyntheticRecords.WordOf(at) },
            [Rarest] = at => new AuditQuery { Text = $"\"{SyntheticRecords.UserOf(at)} acted on {SyntheticRecords.WordOf(at)}\"" },
            [Absent] = at => new AuditQuery { Text = $"x{at}y" },
            [ByTrace] = at => new AuditQuery { Text = SyntheticRecords.TraceOf(at) },
        };
        var (figures, first) = (new Figures(), 0.0);
        foreach (var (kind, query) in kinds)
        {
            var times = await TimesAsync(log, count, query);
            first += times[0] / kinds.Count;
            figures[kind] = Samples.Median(times);
        }

        figures["the first of each kind (young), mean, ms"] = first;
        return figures;
    }

    private static async Task<double[]> TimesAsync(AuditLog log, long count, Func<long, AuditQuery> query)
    {
        var times = new double[Searches];
        for (var i = 0; i < Searches; i++)
        {
            var search = query(1 + (count * i / Searches)) with { Limit = 50 };
            var start = Stopwatch.GetTimestamp();
            await log.SearchAsync(search, CancellationToken.None);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return times;
    }
}
