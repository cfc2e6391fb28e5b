using System.Diagnostics;
using System.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Benchmarks.Contenders;
using Zotify.Logging.Benchmarks.Harness;

namespace Zotify.Logging.Benchmarks.Scenarios;

/// <summary>
/// Arguments: a contender. The first 100,000 calls of a process, in bursts: how long the first one and all take, and how much the runtime
/// compiles for them.
/// </summary>
internal sealed class YoungCalls : IScenario
{
    /// <summary>The mean of all calls, the first one included.</summary>
    public const string Mean = "mean ns";

    /// <summary>From the registration until the first call has returned.</summary>
    public const string First = "ms to the first call";

    /// <summary>All methods that the runtime compiled, those of the harness included.</summary>
    public const string Methods = "methods";

    private const int BurstCount = 1_000;

    public async Task<Figures> RunAsync(string folder, string[] arguments)
    {
        using var process = Process.GetCurrentProcess();
        var start = Stopwatch.GetTimestamp();
        await using var services = await ContenderList.Find(arguments[0]).StartAsync(folder);
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Zotify.Sync");
        using var bursts = new Bursts(logger, "generated");
        var before = JitInfo.GetCompiledMethodCount();
        var firstStart = Stopwatch.GetTimestamp();
        Calls.ByCase["generated"](logger, 0);
        var first = Stopwatch.GetElapsedTime(start);
        var firstCall = Stopwatch.GetElapsedTime(firstStart).TotalNanoseconds;
        var times = bursts.Run(BurstCount);
        process.Refresh();
        return new Figures
        {
            ["median ns"] = Samples.Median(times),
            [Mean] = ((times.Sum() * bursts.Calls) + firstCall) / ((BurstCount * bursts.Calls) + 1),
            [First] = first.TotalMilliseconds,
            ["methods before it"] = before,
            [Methods] = JitInfo.GetCompiledMethodCount(),
            ["ms of compiling"] = JitInfo.GetCompilationTime().TotalMilliseconds,
            ["CPU ms"] = process.TotalProcessorTime.TotalMilliseconds,
            ["peak MiB"] = process.PeakWorkingSet64 / 1048576.0,
        };
    }
}
