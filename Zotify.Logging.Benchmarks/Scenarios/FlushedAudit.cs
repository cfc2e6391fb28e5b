using System.Diagnostics;
using System.Globalization;
using Zotify.Logging.Benchmarks.Floors;
using Zotify.Logging.Benchmarks.Harness;

namespace Zotify.Logging.Benchmarks.Scenarios;

/// <summary>Arguments: a writer and callers. How many records the callers write to the disk, when each awaits its own.</summary>
internal sealed class FlushedAudit : IScenario
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(2_500);
    private static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(1_500);

    public async Task<Figures> RunAsync(string folder, string[] arguments)
    {
        using var writer = FlushingWriters.Find(arguments[0])(folder);
        var callers = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        var young = await CountAsync(writer, callers, Duration);
        await CountAsync(writer, callers, WarmUp);
        return new Figures
        {
            [DurableAudit.Young] = young / Duration.TotalSeconds,
            [DurableAudit.Steady] = await CountAsync(writer, callers, Duration) / Duration.TotalSeconds,
        };
    }

    private static async Task<long> CountAsync(IFlushingWriter writer, int callers, TimeSpan duration)
    {
        var start = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            for (; Stopwatch.GetElapsedTime(start) < duration; count++) await writer.WriteAsync(count);
            return (long)count;
        })));
        return counts.Sum();
    }
}
