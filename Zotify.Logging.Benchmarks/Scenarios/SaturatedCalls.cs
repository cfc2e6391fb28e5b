using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Benchmarks.Contenders;
using Zotify.Logging.Benchmarks.Harness;

namespace Zotify.Logging.Benchmarks.Scenarios;

/// <summary>
/// Arguments: a contender, producers, and messages. How long single calls take while all producers log as fast as they can.
/// </summary>
internal sealed class SaturatedCalls : IScenario
{
    /// <summary>The 99.9th percentile of the first tenth of the calls.</summary>
    public const string Young = "young p99.9 µs";

    /// <summary>The 99.9th percentile of the second half of the calls.</summary>
    public const string Steady = "steady p99.9 µs";

    public async Task<Figures> RunAsync(string folder, string[] arguments)
    {
        var producers = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        var each = int.Parse(arguments[2], CultureInfo.InvariantCulture) / producers;
        var times = new long[producers][];
        await using (var services = await ContenderList.Find(arguments[0]).StartAsync(folder))
        {
            var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Zotify.Sync");
            var threads = Enumerable.Range(0, producers)
                .Select(producer => new Thread(() => times[producer] = Time(logger, each))).ToArray();
            foreach (var thread in threads) thread.Start();
            foreach (var thread in threads) thread.Join();
        }

        // The young process's first tenth, and what came later.
        var young = Sorted(times.SelectMany(t => t.Take(each / 10)));
        var steady = Sorted(times.SelectMany(t => t.Skip(each / 2)));
        return new Figures
        {
            [Young] = Quantile(young, 0.999),
            ["steady p50 µs"] = Quantile(steady, 0.5),
            ["steady p99 µs"] = Quantile(steady, 0.99),
            [Steady] = Quantile(steady, 0.999),
            ["steady worst µs"] = Quantile(steady, 1),
        };
    }

    private static long[] Sorted(IEnumerable<long> times)
    {
        var sorted = times.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    private static double Quantile(long[] sorted, double share) =>
        Stopwatch.GetElapsedTime(0, sorted[(int)(share * (sorted.Length - 1))]).TotalMicroseconds;

    private static long[] Time(ILogger logger, int count)
    {
        var times = new long[count];
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            Calls.Downloaded(logger, i, count, "Kind of Blue");
            times[i] = Stopwatch.GetTimestamp() - start;
        }

        return times;
    }
}
