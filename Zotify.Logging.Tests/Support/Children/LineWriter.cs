using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// An application that logs lines at a rate, the first argument, in lines a second, until its input ends. The second argument is its run,
/// which is in each line; the others are its configuration.
/// </summary>
internal sealed class LineWriter : IChild
{
    public const string Started = "started";

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    public async Task<int> RunAsync(string[] arguments)
    {
        var rate = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        var builder = Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { ContentRootPath = Environment.CurrentDirectory, ApplicationName = "writer" });
        builder.Configuration.AddCommandLine(arguments[2..]);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Logging.AddZotify();
        using var host = builder.Build();
        await host.StartAsync();
        var logger = host.Services.GetRequiredService<ILogger<LineWriter>>();
        await Console.Out.WriteLineAsync(Started);
        // The reader of the console waits in the call, whatever its name says.
        var ended = Task.Run(Console.In.ReadToEnd);
        var clock = Stopwatch.StartNew();
        for (var n = 0L; !ended.IsCompleted;)
        {
            for (var due = (long)(clock.Elapsed.TotalSeconds * rate); n < due; n++)
                logger.LogInformation("Line {n} of run {run}", n, arguments[1]);
            await Task.WhenAny(ended, Task.Delay(Tick, TimeProvider.System));
        }

        await host.StopAsync();
        return 0;
    }
}
