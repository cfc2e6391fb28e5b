using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Benchmarks.Contenders;
using Zotify.Logging.Benchmarks.Harness;

namespace Zotify.Logging.Benchmarks.Scenarios;

/// <summary>
/// Arguments: a contender, producers, and messages. Logs the messages as fast as it can, until the last byte of the last one is in the
/// file: the first messages of the process, then others until it has run for four seconds, and as many again. A contender that loses one
/// fails.
/// </summary>
internal sealed class Throughput : IScenario
{
    /// <summary>The rate of the first messages of the process.</summary>
    public const string YoungRate = "young messages/s";

    /// <summary>The rate after four seconds.</summary>
    public const string SteadyRate = "steady messages/s";

    /// <summary>The processor time of the whole process for a message, after four seconds.</summary>
    public const string SteadyCpu = "steady CPU ns/message";

    /// <summary>The most memory that the process had resident until its first messages were written.</summary>
    public const string Peak = "peak MiB";

    private static readonly TimeSpan Youth = TimeSpan.FromSeconds(4);

    private int _files;

    public async Task<Figures> RunAsync(string folder, string[] arguments)
    {
        var contender = ContenderList.Find(arguments[0]);
        var producers = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        var messages = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        var start = Stopwatch.GetTimestamp();
        var (youngRate, youngCpu, peak) = await LogAsync(contender, folder, producers, messages);
        while (Stopwatch.GetElapsedTime(start) < Youth) await LogAsync(contender, folder, producers, messages / 4);
        var (steadyRate, steadyCpu, _) = await LogAsync(contender, folder, producers, messages);
        return new Figures
        {
            [YoungRate] = youngRate,
            ["young CPU ns/message"] = youngCpu,
            [SteadyRate] = steadyRate,
            [SteadyCpu] = steadyCpu,
            [Peak] = peak,
        };
    }

    private async Task<(double Rate, double Cpu, double Peak)> LogAsync(Contender contender, string parent, int producers, int messages)
    {
        var folder = Directory.CreateDirectory(Path.Combine(parent, $"{_files++}")).FullName;
        var former = contender is MicrosoftConsole ? new FileInfo(Path.Combine(parent, contender.FileName!)).Length : 0;
        (double, double, double) result;
        await using (var services = await contender.StartAsync(folder))
        {
            var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Zotify.Sync");
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
            result = (
                messages / seconds, (process.TotalProcessorTime - cpu).TotalNanoseconds / messages, process.PeakWorkingSet64 / 1048576.0);
        }

        // Microsoft's console goes on in the file that the output of the process is redirected into.
        var file = Path.Combine(contender is MicrosoftConsole ? parent : folder, contender.FileName ?? "");
        if (contender.FileName is not null) Verify(contender, file, former, messages);
        if (contender is not MicrosoftConsole) Directory.Delete(folder, recursive: true);
        return result;
    }

    private static void Verify(Contender contender, string file, long start, int messages)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Position = start;
        using var reader = new StreamReader(stream);
        var lines = 0;
        while (reader.ReadLine() is { } line) if (line.Contains("Kind of Blue downloaded", StringComparison.Ordinal)) lines++;
        if (lines != messages) throw new InvalidOperationException($"{contender.Name} wrote {lines} of {messages} lines.");
    }
}
