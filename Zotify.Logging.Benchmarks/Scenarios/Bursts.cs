using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Benchmarks.Scenarios;

/// <summary>
/// Calls in short bursts, with pauses in which the consumer catches up, as in an application that does more than logging.
/// </summary>
/// <param name="logger">The logger.</param>
/// <param name="name">The case, of <see cref="Scenarios.Calls.ByCase"/>.</param>
internal sealed class Bursts(ILogger logger, string name) : IDisposable
{
    private const int Size = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly Action<ILogger, int> _call = Scenarios.Calls.ByCase[name];
    private readonly ManualResetEventSlim _never = new();

    /// <summary>The calls of a burst. Calls that no handler takes are so short that few of them would measure the clock.</summary>
    public int Calls { get; } = name switch
    {
        "disabled" => 16 * Size,
        "ring-trace" or "ring-job" => 4 * Size,
        _ => Size,
    };

    /// <summary>Pauses and calls, so many times.</summary>
    /// <returns>The time of a call in each burst, in nanoseconds.</returns>
    public double[] Run(int bursts)
    {
        var times = new double[bursts];
        for (var burst = 0; burst < bursts; burst++)
        {
            _never.Wait(Pause);
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Calls; i++) _call(logger, i);
            times[burst] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Calls;
        }

        return times;
    }

    public void Dispose() => _never.Dispose();
}
