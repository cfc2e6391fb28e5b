using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// Logs as fast as it can while a handler is stuck, until its queue overflows. The arguments: the overflow mode of the handler, the least
/// number of seconds, the number of threads, and whether the system log accepts all records as well. Prints what became of the stuck
/// handler's records, and the most memory of the process, in MiB.
/// </summary>
internal sealed class Outrun : IChild
{
    private const string Flood = "Flood";
    private const int CallsOfAnEvent = 1_000;

    public async Task<int> RunAsync(string[] arguments)
    {
        await using var services = new ServiceCollection()
            .AddLogging(
                logging => Configure(logging, Enum.Parse<OverflowMode>(arguments[0]), bool.Parse(arguments[3]))).BuildServiceProvider();
        var (factory, service) = (services.GetRequiredService<ILoggerFactory>(), services.GetRequiredService<LoggingService>());
        var (events, flood) = (factory.CreateLogger("Events"), factory.CreateLogger(Flood));
        var text = new string('x', 300);
        var start = Stopwatch.GetTimestamp();
        var duration = TimeSpan.FromSeconds(int.Parse(arguments[1], CultureInfo.InvariantCulture));
        var logged = 0L;
        await Task.WhenAll(
            Enumerable.Range(0, int.Parse(arguments[2], CultureInfo.InvariantCulture)).Select(thread => Task.Factory.StartNew(
            () =>
            {
                // A busy machine may need longer until the queue is full.
                for (var i = 0; Stopwatch.GetElapsedTime(start) < duration || DroppedBy(service) == 0; i++)
                {
                    // Some records are for every handler; more would fill the disk in a minute.
                    if (i % CallsOfAnEvent == 0)
                        events.LogInformation(
                            new EventId(1, "user.outran"), "Thread {Thread} of {job_id}, call {Call} {Text}", thread, "j1", i, text);
                    else flood.LogInformation("Thread {Thread}, call {Call} {Text}", thread, i, text);
                    Interlocked.Increment(ref logged);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        using var process = Process.GetCurrentProcess();
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{logged} {Stuck(service).Queued} {DroppedBy(service)} {process.PeakWorkingSet64 / 1_048_576}"));
        return 0;
    }

    private static HandlerStatus Stuck(LoggingService service) => service.Handlers.Single(handler => handler.Name == "Stuck");

    private static long DroppedBy(LoggingService service) => Stuck(service).Dropped.GetValueOrDefault(DropReason.QueueFull);

    private static void Configure(ILoggingBuilder logging, OverflowMode overflow, bool all)
    {
        logging.AddHandler<StuckHandler>("Stuck");
        logging.AddZotify(options =>
        {
            options.ShutdownTimeout = TimeSpan.FromSeconds(1);
            if (!all) options.Handler<FileStreamHandlerOptions>("System").ExcludeCategories.Add(Flood);
            options.Handler<FileStreamHandlerOptions>("System").MaxFileSize = 1_048_576;
            options.Handler<LogHandlerOptions>("Stuck").Overflow = overflow;
            options.Handler<LogHandlerOptions>("Stuck").WaitTimeout = TimeSpan.FromMilliseconds(20);
        });
    }
}
