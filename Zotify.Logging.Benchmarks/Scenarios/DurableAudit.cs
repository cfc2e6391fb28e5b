using System.Diagnostics;
using System.Globalization;
using Zotify.Logging.Benchmarks.Floors;
using Zotify.Logging.Benchmarks.Harness;

namespace Zotify.Logging.Benchmarks.Scenarios;

/// <summary>
/// Arguments: a writer and callers. How many records the callers write to the disk, when each waits for its own, and how long the slowest
/// call took: in the first second and a half of the process, and after four seconds.
/// </summary>
internal sealed class DurableAudit : IScenario
{
    /// <summary>The rate of the first second and a half of the process.</summary>
    public const string Young = "young records/s";

    /// <summary>The rate after four seconds.</summary>
    public const string Steady = "records/s";

    // Long enough to compile the code of a database that is opened meanwhile: until then the compiler takes one of the processors.
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(2_500);
    private static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(1_500);

    public Task<Figures> RunAsync(string folder, string[] arguments)
    {
        using var writer = DurableWriters.Find(arguments[0])(folder);
        var callers = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        var (young, youngSlowest) = Count(writer, callers, Duration);
        Count(writer, callers, WarmUp);
        var (count, slowest) = Count(writer, callers, Duration);
        return Task.FromResult(new Figures
        {
            [Young] = young / Duration.TotalSeconds,
            ["young slowest, ms"] = youngSlowest.TotalMilliseconds,
            [Steady] = count / Duration.TotalSeconds,
            ["slowest, ms"] = slowest.TotalMilliseconds,
        });
    }

    private static (long Count, TimeSpan Slowest) Count(IDurableWriter writer, int callers, TimeSpan duration)
    {
        var counts = new long[callers];
        var slowest = new long[callers];
        var start = Stopwatch.GetTimestamp();
        var threads = Enumerable.Range(0, callers).Select(caller => new Thread(
            () =>
            {
                while (Stopwatch.GetElapsedTime(start) < duration)
                {
                    var called = Stopwatch.GetTimestamp();
                    writer.Write((int)counts[caller]);
                    slowest[caller] = Math.Max(slowest[caller], Stopwatch.GetTimestamp() - called);
                    counts[caller]++;
                }
            },
            maxStackSize: 256 * 1024)).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        return (counts.Sum(), Stopwatch.GetElapsedTime(0, slowest.Max()));
    }
}
