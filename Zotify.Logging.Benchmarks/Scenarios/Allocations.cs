using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Benchmarks.Contenders;
using Zotify.Logging.Benchmarks.Harness;

namespace Zotify.Logging.Benchmarks.Scenarios;

/// <summary>
/// Arguments: a contender, a case, and messages. The bytes that all threads of the process allocate for a call, until it is written. The
/// first run of the process is its youth. A second one measures the cost of starting and ending, which is subtracted.
/// </summary>
internal sealed class Allocations : IScenario
{
    /// <summary>Of a later call.</summary>
    public const string Steady = "steady bytes/call";

    private const int Few = 20_000;

    // Short bursts with pauses: no contender's queue grows.
    private const int Burst = 200;

    public async Task<Figures> RunAsync(string folder, string[] arguments)
    {
        var contender = ContenderList.Find(arguments[0]);
        var messages = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        var first = await LogAsync(contender, folder, arguments[1], Few);
        var few = await LogAsync(contender, folder, arguments[1], Few);
        var many = await LogAsync(contender, folder, arguments[1], Few + messages);
        return new Figures { ["young bytes/call"] = first / (double)Few, [Steady] = (many - few) / (double)messages };
    }

    private static async Task<long> LogAsync(Contender contender, string parent, string name, int messages)
    {
        var folder = Directory.CreateDirectory(Path.Combine(parent, Path.GetRandomFileName())).FullName;
        using var never = new ManualResetEventSlim();
        var call = Calls.ByCase[name];
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await using (var services = await contender.StartAsync(folder))
        {
            var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Zotify.Sync");
            for (var i = 0; i < messages; i++)
            {
                call(logger, i);
                if (i % Burst == 0) never.Wait(1);
            }
        }

        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }
}
