using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Benchmarks.Contenders;
using Zotify.Logging.Benchmarks.Harness;

namespace Zotify.Logging.Benchmarks.Scenarios;

/// <summary>
/// Arguments: a contender, producers, and messages. Logs the messages as fast as it can, until the last byte of the last one is in the
/// file. A contender that loses one fails.
/// </summary>
internal sealed class Throughput : IScenario
{
    private const int WarmUp = 50_000;
    private static readonly TimeSpan TimeToStart = TimeSpan.FromSeconds(1);

    public async Task<Figures> RunAsync(string folder, string[] arguments)
    {
        var contender = ContenderList.Find(arguments[0]);
        var producers = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        var messages = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        // An earlier run compiles the code that a run needs.
        await RunAsync(contender, Directory.CreateDirectory(Path.Combine(folder, "warm-up")).FullName, producers, WarmUp);
        var figures = await RunAsync(contender, folder, producers, messages);
        Verify(contender, folder, messages);
        return figures;
    }

    private static async Task<Figures> RunAsync(Contender contender, string folder, int producers, int messages)
    {
        await using var services = contender.Start(folder);
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Zotify.Sync");
        // Applications log for longer than providers take to start.
        await Task.Delay(TimeToStart, TimeProvider.System);
        using var process = Process.GetCurrentProcess();
        var (clock, cpu) = (Stopwatch.StartNew(), process.TotalProcessorTime);
        var threads = Enumerable.Range(0, producers).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < messages / producers; i++) Calls.Downloaded(logger, i, messages, "Kind of Blue");
        })).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        await contender.DrainAsync(services);
        var seconds = clock.Elapsed.TotalSeconds;
        process.Refresh();
        return new Figures
        {
            ["messages/s"] = messages / seconds,
            ["CPU ns/message"] = (process.TotalProcessorTime - cpu).TotalNanoseconds / messages,
            ["peak MiB"] = process.PeakWorkingSet64 / 1048576.0,
        };
    }

    private static void Verify(Contender contender, string folder, int messages)
    {
        if (contender.FileName is not { } name) return;
        // Its output was redirected into one file, which also has the lines of the warm-up.
        var expected = messages + (contender is MicrosoftConsole ? WarmUp : 0);
        var lines = File.ReadLines(Path.Combine(folder, name))
            .Count(line => line.Contains("Kind of Blue downloaded", StringComparison.Ordinal));
        if (lines != expected) throw new InvalidOperationException($"{contender.Name} wrote {lines} of {expected} lines.");
    }
}
