using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Benchmarks.Contenders;
using Zotify.Logging.Benchmarks.Harness;

namespace Zotify.Logging.Benchmarks.Scenarios;

/// <summary>
/// Arguments: a contender and a case. Time and bytes of a call in its caller's thread: of the first 100,000 calls of the process, and of
/// calls after three seconds. Nothing is warmed up before, and no runtime setting is changed.
/// </summary>
internal sealed class CallerCost : IScenario
{
    /// <summary>The mean of the first 100,000 calls: what the runtime compiles for them is in it.</summary>
    public const string Young = "young ns";

    /// <summary>The median of the bursts after three seconds.</summary>
    public const string Steady = "steady ns";

    private const int YoungBursts = 1_000;
    private const int SteadyBursts = 500;
    private static readonly TimeSpan Youth = TimeSpan.FromSeconds(3);

    public async Task<Figures> RunAsync(string folder, string[] arguments)
    {
        await using var services = await ContenderList.Find(arguments[0]).StartAsync(folder);
        using var bursts = new Bursts(services.GetRequiredService<ILoggerFactory>().CreateLogger("Zotify.Sync"), arguments[1]);
        var start = Stopwatch.GetTimestamp();
        var young = bursts.Run(YoungBursts);
        while (Stopwatch.GetElapsedTime(start) < Youth) bursts.Run(bursts: 50);
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var steady = bursts.Run(SteadyBursts);
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        return new Figures
        {
            [Young] = young.Average(),
            [Steady] = Samples.Median(steady),
            ["bytes"] = (double)bytes / (SteadyBursts * bursts.Calls),
        };
    }
}
