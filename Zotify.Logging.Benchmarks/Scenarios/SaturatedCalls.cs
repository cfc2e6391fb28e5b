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
    public async Task<Figures> RunAsync(string folder, string[] arguments)
    {
        var producers = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        var each = int.Parse(arguments[2], CultureInfo.InvariantCulture) / producers;
        var times = new long[producers][];
        await using (var services = ContenderList.Find(arguments[0]).Start(folder))
        {
            var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Zotify.Sync");
            var threads = Enumerable.Range(0, producers)
                .Select(producer => new Thread(() => times[producer] = Time(logger, each))).ToArray();
            foreach (var thread in threads) thread.Start();
            foreach (var thread in threads) thread.Join();
        }

        // The first tenth is the warm-up.
        var all = times.SelectMany(t => t.Skip(each / 10)).ToArray();
        Array.Sort(all);
        double Quantile(double share) => Stopwatch.GetElapsedTime(0, all[(int)(share * (all.Length - 1))]).TotalMicroseconds;
        return new Figures { ["p50 µs"] = Quantile(0.5), ["p99 µs"] = Quantile(0.99), ["p99.9 µs"] = Quantile(0.999), ["worst µs"] = Quantile(1) };
    }

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
