using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>An application that logs at a rate until its input ends.</summary>
internal static class RatedApplication
{
    /// <summary>What it prints when it has started.</summary>
    public const string Started = "started";

    /// <summary>Runs it.</summary>
    /// <param name="rate">The calls a second.</param>
    /// <param name="tick">How often it logs what is due.</param>
    /// <param name="configuration">Its settings, as on a command line.</param>
    /// <param name="add">Adds its provider.</param>
    /// <param name="log">Given the host, returns the call with a number.</param>
    public static async Task<int> RunAsync(
        string rate, TimeSpan tick, string[] configuration, Action<ILoggingBuilder> add, Func<IHost, Action<long>> log)
    {
        var perSecond = int.Parse(rate, CultureInfo.InvariantCulture);
        var builder = Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { ContentRootPath = Environment.CurrentDirectory, ApplicationName = "writer" });
        builder.Configuration.AddCommandLine(configuration);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        add(builder.Logging);
        using var host = builder.Build();
        await host.StartAsync();
        var call = log(host);
        await Console.Out.WriteLineAsync(Started);
        // The reader of the console waits in the call, whatever its name says.
        var ended = Task.Run(Console.In.ReadToEnd);
        var clock = Stopwatch.StartNew();
        for (var n = 0L; !ended.IsCompleted;)
        {
            for (var due = (long)(clock.Elapsed.TotalSeconds * perSecond); n < due; n++) call(n);
            await Task.WhenAny(ended, Task.Delay(tick, TimeProvider.System));
        }

        await host.StopAsync();
        return 0;
    }
}
