using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Tests.Faults;

/// <summary>
/// Two runs of a program over one directory: the first appends, rolls and projects; the second recovers the journals of the first, and
/// prunes.
/// </summary>
internal static class FaultedRuns
{
    private const int MostStarts = 5;

    private static readonly TimeSpan PruningPoll = TimeSpan.FromMilliseconds(20);

    /// <summary>Segments of three lines or four.</summary>
    private static readonly Dictionary<string, string?> First = new()
    {
        ["Logging:Zotify:ShutdownTimeout"] = "00:00:03",
        ["Logging:Zotify:Handlers:Audit:Acknowledge"] = "Durable",
        ["Logging:Zotify:Handlers:Audit:WaitTimeout"] = "00:00:10",
        ["Logging:Zotify:Handlers:Audit:MaxFileSize"] = "1024",
        ["Logging:Zotify:Handlers:Jobs:MaxFileSize"] = "1024",
    };

    /// <summary>
    /// Retention keeps so much that no line of the second run is pruned, even if many of its calls are refused and stay in the log. The
    /// test has a copy of the lines that are pruned.
    /// </summary>
    private static readonly Dictionary<string, string?> Second = new(First) { ["Logging:Zotify:Handlers:Audit:RetainedSize"] = "24576" };

    /// <summary>Runs both.</summary>
    /// <param name="folder">The folder that the log directory is in.</param>
    /// <param name="workload">The work.</param>
    /// <param name="between">Called between the runs; false ends it there.</param>
    /// <param name="configure">Further configuration besides <c>AddZotify()</c>.</param>
    /// <param name="beforeFirstStop">Called when the first run has done its work, before it stops.</param>
    /// <param name="awaitsPruning">
    /// Whether the second run stops only once retention has deleted the first segments, or could not for a while. A run that stops at once
    /// may be over before retention begins.
    /// </param>
    public static async Task RunAsync(
        string folder,
        FaultWorkload workload,
        Func<Task<bool>> between,
        Action<ILoggingBuilder> configure,
        Func<Task>? beforeFirstStop = null,
        bool awaitsPruning = false)
    {
        await RunAsync(() => Builder(folder, First, configure).Build(), workload, first: 0, beforeFirstStop ?? (() => Task.CompletedTask));
        if (!await between()) return;
        var longest = awaitsPruning ? workload.LongestPruning : TimeSpan.Zero;
        await RunAsync(
            () => Build(folder, configure),
            workload,
            FaultWorkload.SecondRun,
            () => AwaitPruningAsync(Path.Combine(folder, TracedCall.Directory), longest));
    }

    /// <summary>A program that is not started yet, with the settings of the second run.</summary>
    public static IHost Build(string folder, Action<ILoggingBuilder> configure) => Builder(folder, Second, configure).Build();

    /// <summary>
    /// The services of a program that only reads: they open nothing for writing, which a host does as soon as it is built.
    /// </summary>
    public static ServiceProvider BuildReader(string folder) => Builder(folder, Second, _ => { }).Services.BuildServiceProvider();

    private static HostApplicationBuilder Builder(string folder, Dictionary<string, string?> settings, Action<ILoggingBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { ApplicationName = "faulted", ContentRootPath = folder });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Logging.AddZotify();
        configure(builder.Logging);
        return builder;
    }

    private static async Task RunAsync(Func<IHost> build, FaultWorkload workload, int first, Func<Task> beforeStop)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var host = build();
            try
            {
                await host.StartAsync();
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // As a service manager does: a start that failed is retried, but not for ever.
                workload.Report($"start {attempt} failed: {exception.Message}");
                if (attempt < MostStarts) continue;
                return;
            }

            var loggers = host.Services.GetRequiredService<ILoggerFactory>();
            await workload.RunAsync(loggers, host.Services.GetRequiredService<LoggingService>(), first);
            await beforeStop();
            await host.StopAsync();
            return;
        }
    }

    private static async Task AwaitPruningAsync(string logs, TimeSpan longest)
    {
        string[] first = [Path.Combine(logs, FaultStep.FirstJobs), Path.Combine(logs, FaultStep.FirstAudit)];
        var began = TimeProvider.System.GetTimestamp();
        while (first.Any(File.Exists) && TimeProvider.System.GetElapsedTime(began) < longest)
            await Task.Delay(PruningPoll, TimeProvider.System);
    }
}
