using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// An application that logs at a rate, the first argument, in records a second, until its input ends: audit events, entries of a job of its
/// own, and entries of a job that all instances share. The other arguments are its configuration; the instance's name is one of them.
/// </summary>
internal sealed class RatedWriter : IChild
{
    public const string Started = "started";
    public const string Shared = "shared";

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    public async Task<int> RunAsync(string[] arguments)
    {
        var rate = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        var builder = Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { ContentRootPath = Environment.CurrentDirectory, ApplicationName = "writer" });
        builder.Configuration.AddCommandLine(arguments[1..]);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Logging.AddZotify().AddZotifySqlServer();
        using var host = builder.Build();
        await host.StartAsync();
        var logger = host.Services.GetRequiredService<ILogger<RatedWriter>>();
        var instance = builder.Configuration["Logging:Zotify:Instance"]!;
        await Console.Out.WriteLineAsync(Started);
        // The reader of the console waits in the call, whatever its name says.
        var ended = Task.Run(Console.In.ReadToEnd);
        var clock = Stopwatch.StartNew();
        for (var n = 0L; !ended.IsCompleted;)
        {
            for (var due = (long)(clock.Elapsed.TotalSeconds * rate); n < due; n++) Log(logger, instance, n);
            await Task.WhenAny(ended, Task.Delay(Tick, TimeProvider.System));
        }

        await host.StopAsync();
        return 0;
    }

    private static void Log(ILogger logger, string instance, long n)
    {
        if (n % 2 == 0) logger.LogInformation(new EventId(1001, "user.login"), "User {user_id} logged in as {n}", $"u{n % 50}", n);
        else logger.LogInformation("Entry {n} of {job_id}", n, n % 10 == 1 ? Shared : $"of-{instance}");
    }
}
