using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// A program without a host that logs numbers, each for every handler, and ends in the way of its first argument, without waiting for
/// anything. The second argument is the count. A third one adds a stuck handler, and is its <c>ShutdownTimeout</c>, so short that the
/// others must have written before.
/// </summary>
internal sealed class LogAndEnd : IChild
{
    public async Task<int> RunAsync(string[] arguments)
    {
        var services = new ServiceCollection().AddLogging(logging => Configure(logging, arguments)).BuildServiceProvider();
        var logger = services.GetRequiredService<ILogger<LogAndEnd>>();
        var count = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        for (var i = 1; i <= count; i++)
            logger.LogInformation(new EventId(i, "user.counted"), "Number {Number} of {job_id}", i, "j1");

        if (arguments.Length == 3)
        {
            var service = services.GetRequiredService<LoggingService>();
            bool Delays(HandlerStatus handler) =>
                handler.Name == "Stuck" ? handler.State == HandlerState.Starting : handler.Written < count;
            while (service.Handlers.Any(Delays)) await Task.Yield();
        }

        switch (arguments[0])
        {
            case "dispose": services.Dispose(); break;
            case "dispose asynchronously": await services.DisposeAsync(); break;
            case "exit": Environment.Exit(3); break;
            case "throw": throw new InvalidOperationException("the program failed");
            case "throw on a thread":
                new Thread(() => throw new InvalidOperationException("the program failed")).Start();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
                break;
            case "wait":
                await Console.Out.WriteLineAsync("logged");
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
                break;
            case "log later":
                var service = services.GetRequiredService<LoggingService>();
                // When this handler runs, the logging has closed everything: it added its own handler after all that existed at the end.
                System.Runtime.Loader.AssemblyLoadContext.Default.Unloading += _ => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
                {
                    for (var i = 0; i < 2; i++) logger.LogInformation(new EventId(1, "user.late"), "Too late for {job_id}", "j1");
                    foreach (var handler in service.Handlers)
                        Console.WriteLine($"{handler.Name} {handler.Dropped[DropReason.AlreadyShutdown]}");
                };
                break;
        }

        return 0;
    }

    private static void Configure(ILoggingBuilder logging, string[] arguments)
    {
        logging.AddZotify();
        if (arguments is not [_, _, var timeout]) return;
        logging.AddZotify(options => options.ShutdownTimeout = TimeSpan.Parse(timeout, CultureInfo.InvariantCulture));
        logging.AddHandler<StuckHandler>("Stuck");
    }
}
