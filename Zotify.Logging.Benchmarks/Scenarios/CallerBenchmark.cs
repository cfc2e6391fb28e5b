using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Benchmarks.Contenders;

namespace Zotify.Logging.Benchmarks.Scenarios;

/// <summary>
/// The cost of a call for its caller: short bursts of calls, with pauses in which the consumer catches up, as in an application that does
/// more than logging. Public and not sealed because BenchmarkDotNet derives from it.
/// </summary>
public class CallerBenchmark
{
    /// <summary>The calls of a burst.</summary>
    private const int Burst = 64;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    // The runtime optimises methods that were called often, in the background.
    private const int WarmUps = 5;
    private const int CallsOfWarmUp = 2_000;
    private static readonly TimeSpan TimeToCompile = TimeSpan.FromMilliseconds(100);

    private readonly ManualResetEventSlim _never = new();
    private ServiceProvider? _services;
    private ILogger? _logger;
    private Action<ILogger, int>? _call;

    /// <summary>The contender, the case and the folder. Static, because BenchmarkDotNet creates the object.</summary>
    internal static (Contender Contender, string Case, string Folder) Subject { get; set; }

    /// <summary>
    /// How many bursts follow each other: a call that no handler takes is so short that a single burst would measure the clock.
    /// </summary>
    internal static int Bursts => Subject.Case switch
    {
        "disabled" => 256,
        "ring-trace" or "ring-job" => 16,
        _ => 1,
    };

    /// <summary>Starts the contender.</summary>
    [GlobalSetup]
    public void Start()
    {
        _services = Subject.Contender.Start(Subject.Folder);
        _logger = _services.GetRequiredService<ILoggerFactory>().CreateLogger("Zotify.Sync");
        _call = Calls.ByCase[Subject.Case];
        for (var warmUp = 0; warmUp < WarmUps; warmUp++)
        {
            for (var i = 0; i < CallsOfWarmUp; i++) _call(_logger, i);
            _never.Wait(TimeToCompile);
        }
    }

    /// <summary>Pauses.</summary>
    [IterationSetup]
    public void Rest() => _never.Wait(Pause);

    /// <summary>Calls once per message of a burst.</summary>
    [Benchmark(OperationsPerInvoke = Burst)]
    public void Call()
    {
        for (var i = 0; i < Burst * Bursts; i++) _call!(_logger!, i);
    }

    /// <summary>Ends the contender.</summary>
    [GlobalCleanup]
    public void End()
    {
        _services!.Dispose();
        _never.Dispose();
    }
}
